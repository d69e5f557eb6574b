import ArtifactStore
import Foundation
import JSONDocument
import Workflow

/// Carries out the plan of a workflow: with worker processes on this machine, stage after stage, or on a cluster.
public struct Runner: Sendable {
  public struct Options: Sendable {
    /// Worker processes for stages that go event by event.
    public var workers: Int
    /// Threads of a task over the whole study.
    public var threads: Int
    /// Whether stages that don't depend on a failed one still run.
    public var keepGoing = false
    /// How often a task is tried again whose worker ended without an answer, where the stage doesn't say.
    public var retries = 2
    /// The time before the second attempt; each later one waits twice as long.
    public var firstDelay: Duration = .seconds(1)

    public init(workers: Int, threads: Int) {
      self.workers = workers
      self.threads = threads
    }
  }

  let store: ObjectStore
  let catalog: Catalog
  let command: WorkerCommand
  let options: Options
  let journal: RunJournal
  let progress: any RunProgress
  let control: RunControl
  private let runID: String
  let sharing: ResultSharing
  private let cluster: ClusterOptions?

  /// - Parameters:
  ///   - runID: the run's name in the cache.
  ///   - claims: keeps apart what this run and others on the cache make; nil where it has the cache alone.
  ///   - cluster: where the tasks are to be done on a cluster.
  ///   - others: names the runs that this one may have to wait for.
  public init(
    store: ObjectStore, catalog: Catalog, command: WorkerCommand, options: Options,
    journal: RunJournal, progress: any RunProgress, control: RunControl = RunControl(),
    runID: String = "", claims: ResultClaims? = nil, cluster: ClusterOptions? = nil,
    others: @escaping @Sendable () -> String = { "another run" }
  ) {
    self.store = store
    self.catalog = catalog
    self.command = command
    self.options = options
    self.journal = journal
    self.progress = progress
    self.control = control
    self.runID = runID
    self.cluster = cluster
    sharing = ResultSharing(
      store: store, claims: claims,
      sayThatItWaits: { progress.notice("waiting for results that \(others()) is making") },
      notice: { progress.notice($0) })
  }

  /// Runs until every stage has its results.
  ///
  /// - Parameter first: the plan as the cache stands now; made here where nil.
  /// - Returns: the plan as it ended, and what was run.
  /// - Throws: `RunError` where the run can't go on, `CancellationError` where a person stopped it;
  ///   what was done until then is in the cache.
  public func run(_ planner: Planner, from first: Plan? = nil) async throws -> RunOutcome {
    let recorder = Recorder(store: store, catalog: catalog, journal: journal, progress: progress)
    guard let cluster else {
      try OpenFiles.makeRoom(workers: options.workers)
      return try await run(planner, from: first, recorder: recorder) { plan in
        let stage = plan.stages.first { $0.count(of: .toRun) > 0 }
        if let stage { try await run(stage, recorder: recorder) }
      }
    }
    let work = ClusterRun(
      cluster, definition: planner.definition, store: store, runID: runID,
      retries: options.retries, journal: journal, progress: progress, control: control,
      recorder: recorder)
    do {
      var outcome = try await run(planner, from: first, recorder: recorder) { plan in
        try await work.carryOut(plan)
      }
      outcome.cluster = await work.record
      await work.cleanUp()
      return outcome
    } catch {
      await work.leave(because: error)
      throw error
    }
  }

  /// Makes plans, and lets them be carried out, until nothing is left to run.
  private func run(
    _ planner: Planner, from first: Plan?, recorder: Recorder,
    carryOut: (Plan) async throws -> Void
  ) async throws -> RunOutcome {
    var outcome = RunOutcome()
    var failures: [ArtifactKey: String] = [:]
    var rounds: [String: Int] = [:]
    // On a cluster a plan is also made anew when single tasks failed.
    let mostRounds = cluster == nil ? 4 : 1000
    var forecasts: StageForecasts?
    while true {
      // Why tasks have to run, and what they will take, is asked for once.
      let isFirst = forecasts == nil
      var plan =
        try isFirst ? first ?? planner.plan() : planner.plan(failures: failures, explains: false)
      forecasts = forecasts ?? StageForecasts(of: plan)
      forecasts?.apply(to: &plan)
      outcome.plan = plan
      let outlook = plan.outlook(workers: cluster == nil ? options.workers : nil)
      journal.writePlan(outlook)
      progress.planned(outlook)
      if let error = plan.stoppingError { throw error }
      let impossible = plan.firstImpossible
      if let impossible, !options.keepGoing {
        throw RunError.impossible(
          stage: impossible.stage, reason: impossible.reason, outcome: outcome)
      }
      guard let stage = plan.stages.first(where: { $0.count(of: .toRun) > 0 }) else {
        if let impossible {
          throw RunError.impossible(
            stage: impossible.stage, reason: impossible.reason, outcome: outcome)
        }
        break
      }
      guard !catalog.isReadOnly else {
        throw RunError.storage(
          reason:
            "the cache \(store.root) can't be written, and \(stage.definition.name) has tasks to"
            + " run; choose another with --cache")
      }
      rounds[stage.definition.name, default: 0] += 1
      guard rounds[stage.definition.name]! <= mostRounds else {
        throw RunError.failed(
          stage: stage.definition.name,
          reason: "its results are damaged or gone again right after they are made")
      }
      try await carryOut(plan)
      failures.merge(await recorder.failures) { $1 }
      outcome.records = await recorder.records
      outcome.published = await recorder.published
      if let error = await recorder.fatal { throw error }
      if control.isFinishing { throw CancellationError() }
    }
    try recordResults(of: outcome.plan, workflow: planner.definition.name)
    return outcome
  }

  /// Remembers what the workflow uses now, for the reasons of later plans.
  private func recordResults(of plan: Plan, workflow: String) throws {
    guard !catalog.isReadOnly else { return }
    for stage in plan.stages {
      let results = stage.tasks.compactMap { task in
        task.state == .cached ? task.key.map { (event: task.event, key: $0) } : nil
      }
      try catalog.recordResults(
        workflow: workflow, stage: stage.definition.name, results, run: runID)
    }
  }
}

extension Plan {
  /// The first task over the whole study that nothing is left for.
  var firstImpossible: (stage: String, reason: String)? {
    for stage in stages {
      for task in stage.tasks {
        if case .impossible(let reason) = task.state { return (stage.definition.name, reason) }
        // A study without its one result stops everything behind it.
        if task.event == nil, case .setAside(let reason) = task.state {
          return (stage.definition.name, reason)
        }
      }
    }
    return nil
  }

  /// The error of a stage that is to stop on errors.
  var stoppingError: RunError? {
    for stage in stages where stage.definition.limits.onError == .stop {
      for task in stage.tasks {
        if case .setAside(let reason) = task.state {
          return .stopped(stage: stage.definition.name, event: task.event, reason: reason)
        }
      }
    }
    return nil
  }
}
