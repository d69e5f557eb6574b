import ArtifactStore
import Foundation
import JSONDocument
import Synchronization
import SystemPackage
import Workflow

/// Carries out the plan of a workflow with local worker processes, stage after stage.
public struct Runner: Sendable {
  public struct Options: Sendable {
    /// Worker processes for stages that go event by event.
    public var workers: Int
    /// Threads of a task over the whole study.
    public var threads: Int
    /// How often a task is tried whose worker ends without an answer.
    public var maximumAttempts = 3

    public init(workers: Int, threads: Int) {
      self.workers = workers
      self.threads = threads
    }
  }

  private let store: ObjectStore
  private let catalog: Catalog
  private let command: WorkerCommand
  private let options: Options
  private let journal: RunJournal
  private let log: FileDescriptor
  private let progress: any RunProgress

  /// - Parameter logPath: takes what workers write to their standard error.
  public init(
    store: ObjectStore, catalog: Catalog, command: WorkerCommand, options: Options,
    journal: RunJournal, logPath: String, progress: any RunProgress
  ) throws {
    self.store = store
    self.catalog = catalog
    self.command = command
    self.options = options
    self.journal = journal
    self.progress = progress
    log = try FileDescriptor.open(
      FilePath(logPath), .writeOnly, options: [.create, .append, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  /// Runs until every stage has its results.
  ///
  /// - Returns: the plan as it ended, and what was run.
  /// - Throws: `RunError` where the run can't go on; what was done until then is in the cache.
  public func run(_ planner: Planner) async throws -> RunOutcome {
    defer { try? log.close() }
    var outcome = RunOutcome()
    let recorder = Recorder(store: store, catalog: catalog, journal: journal, progress: progress)
    var failures: [ArtifactKey: String] = [:]
    var rounds: [String: Int] = [:]
    while true {
      let plan = try planner.plan(failures: failures)
      outcome.plan = plan
      progress.planned(plan.outlook)
      if let blocked = plan.firstImpossible {
        throw RunError.impossible(stage: blocked.stage, reason: blocked.reason, outcome: outcome)
      }
      guard let stage = plan.stages.first(where: { $0.count(of: .toRun) > 0 }) else { break }
      rounds[stage.definition.name, default: 0] += 1
      guard rounds[stage.definition.name]! <= 4 else {
        throw RunError.failed(
          stage: stage.definition.name,
          reason: "its results are damaged or gone again right after they are made")
      }
      try await run(stage, recorder: recorder)
      failures.merge(await recorder.failures) { $1 }
      outcome.records = await recorder.records
      if let error = await recorder.fatal { throw error }
    }
    return outcome
  }

  private func run(_ stage: PlannedStage, recorder: Recorder) async throws {
    let name = stage.definition.name
    let isStudy = stage.definition.kind.scope == .study
    let tasks = stage.tasks.filter { $0.state.name == .toRun }
    for task in tasks {
      if let key = task.key, FileSystem.stamp(of: store.path(of: key)) != nil {
        let path = try store.setAside(key)
        progress.notice("a damaged artifact was set aside as \(path)")
      }
    }
    let orders = tasks.map {
      TaskOrder($0, stage: stage.definition, threads: isStudy ? options.threads : 1)
    }
    progress.stageStarted(name, tasks: stage.tasks.count, cached: stage.count(of: .cached))
    journal.write(
      "stage",
      [
        JSONMember(name: "stage", value: .string(name)),
        JSONMember(name: "tasks", value: .integer(orders.count)),
      ])
    let queue = StageQueue(orders: orders, maximumAttempts: options.maximumAttempts)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<min(isStudy ? 1 : options.workers, orders.count) {
        group.addTask { try await work(worker, queue: queue, recorder: recorder) }
      }
      try await group.waitForAll()
    }
    progress.stageEnded(name)
  }

  /// One worker's share of a stage; a process that ends too early is replaced.
  private func work(_ worker: Int, queue: StageQueue, recorder: Recorder) async throws {
    let process = WorkerProcess(command: command, log: log)
    while true {
      let undone: (order: TaskOrder, ending: String)?
      do {
        undone = try await process.run(
          next: {
            guard let order = await queue.next() else { return nil }
            await recorder.started(order, worker: worker)
            progress.taskStarted(stage: order.stage, event: order.event, worker: worker)
            return order
          },
          message: { order, message in
            if await recorder.take(message, on: order, worker: worker) { await queue.stop() }
          })
      } catch let error as CancellationError {
        throw error
      } catch {
        throw RunError.workerNotStarted(executable: command.executable, reason: "\(error)")
      }
      try Task.checkCancellation()
      guard let undone else { return }
      if await queue.retry(undone.order) {
        progress.notice("\(undone.order.title): \(undone.ending); it is tried again")
        journal.write("retry", undone.order.journalMembers)
      } else {
        let failure = TaskFailure(
          cause: .crashed,
          reason: "\(undone.ending), \(options.maximumAttempts) times; see the run's workers.log")
        if await recorder.take(.failed(failure), on: undone.order, worker: worker) {
          await queue.stop()
        }
      }
    }
  }
}

extension TaskOrder {
  /// `graphs, event 21000`
  var title: String { stage + (event.map { ", event \($0)" } ?? "") }

  var journalMembers: [JSONMember] {
    var members = [JSONMember(name: "stage", value: .string(stage))]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    members.append(JSONMember(name: "key", value: .string(key.hex)))
    return members
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
}
