import ArtifactStore
import JSONDocument
import Workflow

/// Enters what workers report into the catalog, the journal and the run's record.
actor Recorder {
  private let store: ObjectStore
  private let catalog: Catalog
  private let journal: RunJournal
  private let progress: any RunProgress
  private var startTimes: [ArtifactKey: Double] = [:]
  /// Every task that ended, in the order of ending.
  private(set) var records: [TaskRecord] = []
  /// Why tasks gave no result in this run.
  private(set) var failures: [ArtifactKey: String] = [:]
  /// What stops the whole run.
  private(set) var fatal: RunError?

  init(store: ObjectStore, catalog: Catalog, journal: RunJournal, progress: any RunProgress) {
    self.store = store
    self.catalog = catalog
    self.journal = journal
    self.progress = progress
  }

  func started(_ order: TaskOrder, worker: Int) {
    startTimes[order.key] = journal.seconds
    journal.write(
      "start", order.journalMembers + [JSONMember(name: "worker", value: .integer(worker))])
  }

  /// Takes a message; true if the run has to stop.
  func take(_ message: WorkerMessage, on order: TaskOrder, worker: Int) -> Bool {
    do {
      switch message {
      case .progress(let progress):
        self.progress.taskProgressed(stage: order.stage, progress)
      case .published(let key):
        try enter(key, cost: nil)
      case .done(let cost):
        try enter(order.key, cost: cost)
        finish(order, worker: worker, cost: cost, failure: nil)
      case .failed(let failure):
        try fail(order, failure)
        finish(order, worker: worker, cost: nil, failure: failure)
      }
    } catch {
      fatal = fatal ?? .catalog(reason: "\(error)")
    }
    return fatal != nil
  }

  private func enter(_ key: ArtifactKey, cost: TaskCost?) throws {
    let description = try store.description(of: key)
    try catalog.record([
      ArtifactRecord(
        key: key, kind: description.kind, keyText: description.keyText.canonicalText,
        stamp: FileSystem.stamp(of: store.path(of: key)), seconds: cost?.seconds,
        cpuSeconds: cost?.cpuSeconds)
    ])
  }

  private func fail(_ order: TaskOrder, _ failure: TaskFailure) throws {
    switch failure.cause {
    case .refused:
      try catalog.reject(order.key, kind: order.kind, reason: failure.reason)
      progress.notice("\(order.title) is set aside: \(failure.reason)")
    case .damagedInput:
      // Forgotten here, the input is checked in full by the next plan, and made again if need be.
      try catalog.forget(order.inputs.map(\.key))
      progress.notice("\(order.title): \(failure.reason); what it needs is made again")
    case .storage:
      fatal = fatal ?? .storage(reason: failure.reason)
    case .failed, .crashed:
      failures[order.key] = failure.reason
      progress.notice("\(order.title) failed: \(failure.reason)")
    }
  }

  private func finish(_ order: TaskOrder, worker: Int, cost: TaskCost?, failure: TaskFailure?) {
    let now = journal.seconds
    records.append(
      TaskRecord(
        stage: order.stage, event: order.event, worker: worker,
        start: startTimes[order.key] ?? now, end: now, cpuSeconds: cost?.cpuSeconds,
        failure: failure))
    var members = order.journalMembers
    if let cost {
      members += [
        JSONMember(name: "seconds", value: .number(cost.seconds)),
        JSONMember(name: "cpuSeconds", value: .number(cost.cpuSeconds)),
        JSONMember(name: "peakMemory", value: .integer(cost.peakMemory)),
      ]
    }
    if let failure {
      members += [
        JSONMember(name: "cause", value: .string(failure.cause.rawValue)),
        JSONMember(name: "reason", value: .string(failure.reason)),
      ]
    }
    journal.write(failure == nil ? "done" : "failed", members)
    progress.taskEnded(stage: order.stage, event: order.event)
  }
}

/// One task that a run did, with its times in seconds since the run's start.
public struct TaskRecord: Sendable, Equatable {
  public var stage: String
  public var event: Int?
  public var worker: Int
  public var start: Double
  public var end: Double
  public var cpuSeconds: Double?
  public var failure: TaskFailure?
}

/// What a run came to.
public struct RunOutcome: Sendable {
  /// The plan as it stood at the end: cached tasks have results, the others say why not.
  public var plan = Plan(stages: [])
  public var records: [TaskRecord] = []

  /// The tasks that were set aside, with the stage and reason.
  public var setAside: [(stage: String, event: Int?, reason: String)] {
    plan.stages.flatMap { stage in
      stage.tasks.compactMap { task in
        guard case .setAside(let reason) = task.state else { return nil }
        return (stage.definition.name, task.event, reason)
      }
    }
  }
}

/// Why a run could not go on.
public enum RunError: Error, CustomStringConvertible {
  case workerNotStarted(executable: String, reason: String)
  case storage(reason: String)
  case catalog(reason: String)
  case failed(stage: String, reason: String)
  /// A stage has nothing left to work on, or its one task failed.
  case impossible(stage: String, reason: String, outcome: RunOutcome)

  public var description: String {
    switch self {
    case .workerNotStarted(let executable, let reason):
      "a worker (\(executable)) could not be started: \(reason)"
    case .storage(let reason):
      "\(reason). What was finished is in the cache; make room or mend it, then run again"
    case .catalog(let reason): "the catalog could not be written: \(reason)"
    case .failed(let stage, let reason): "stage \(stage): \(reason)"
    case .impossible(let stage, let reason, _): "stage \(stage) can't run: \(reason)"
    }
  }
}
