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
  /// Artifacts that the catalog is not told of yet: one transaction takes many.
  private var unwritten: [ArtifactRecord] = []
  private var lastWritten = ContinuousClock.now
  /// Every task that ended, in the order of ending.
  private(set) var records: [TaskRecord] = []
  /// Artifacts beside the tasks' results, such as checkpoints.
  private(set) var published: [ArtifactKey] = []
  /// Why tasks gave no result in this run.
  private(set) var failures: [ArtifactKey: String] = [:]
  /// What stops the whole run.
  private(set) var fatal: (any Error)?

  init(store: ObjectStore, catalog: Catalog, journal: RunJournal, progress: any RunProgress) {
    self.store = store
    self.catalog = catalog
    self.journal = journal
    self.progress = progress
  }

  func started(_ order: TaskOrder, worker: Int) {
    startTimes[order.key] = journal.seconds
    var members = order.journalMembers + [JSONMember(name: "worker", value: .integer(worker))]
    if order.attempt > 1 {
      members.append(JSONMember(name: "attempt", value: .integer(order.attempt)))
    }
    journal.write("start", members)
    progress.taskStarted(stage: order.stage, event: order.event, worker: worker)
  }

  /// Takes a message; true if the run, or with `stopsOnFailure` the stage, has to stop.
  func take(_ message: WorkerMessage, on order: TaskOrder, worker: Int, stopsOnFailure: Bool)
    -> Bool
  {
    var stops = false
    do {
      switch message {
      case .progress(let progress):
        self.progress.taskProgressed(stage: order.stage, progress)
        journal.writeProgress(order, progress)
      case .published(let key):
        let description = try store.description(of: key)
        published.append(key)
        try enter(
          ArtifactRecord(
            key: key, kind: description.kind, keyText: description.keyText.canonicalText))
      case .done(let cost):
        try enter(
          ArtifactRecord(
            key: order.key, kind: order.kind, keyText: order.keyText.canonicalText,
            seconds: cost.seconds, cpuSeconds: cost.cpuSeconds, peakMemory: cost.peakMemory))
        finish(order, worker: worker, cost: cost, failure: nil)
      case .failed(let failure):
        try fail(order, failure)
        stops = stopsOnFailure && failure.cause != .damagedInput
        finish(order, worker: worker, cost: nil, failure: failure)
      }
    } catch {
      fatal = fatal ?? Self.fatal(error)
    }
    return stops || fatal != nil
  }

  /// A result that another run made while this one waited for it.
  func made(_ order: TaskOrder) {
    journal.write("shared", order.journalMembers)
    progress.taskEnded(stage: order.stage, event: order.event)
  }

  /// Tells the catalog of what it does not know yet.
  func write() {
    do {
      try catalog.record(unwritten)
      unwritten = []
      lastWritten = .now
    } catch {
      fatal = fatal ?? Self.fatal(error)
    }
  }

  /// A damaged catalog keeps its own error: it can be made anew, and the run begun again.
  private static func fatal(_ error: any Error) -> any Error {
    if case ArtifactError.damagedCatalog = error { return error }
    return RunError.catalog(reason: "\(error)")
  }

  private func enter(_ record: ArtifactRecord) throws {
    var record = record
    let path = store.path(of: record.key)
    record.stamp = FileSystem.stamp(of: path)
    guard record.stamp != nil else { throw ArtifactError.notFound(path: path) }
    unwritten.append(record)
    if unwritten.count >= 64 || ContinuousClock.now - lastWritten > .milliseconds(500) { write() }
  }

  private func fail(_ order: TaskOrder, _ failure: TaskFailure) throws {
    switch failure.cause {
    case .refused:
      try catalog.reject(order.key, kind: order.kind, reason: failure.reason)
      progress.notice("\(order.title) is set aside: \(failure.reason)")
    case .damagedInput:
      // Forgotten here, the input is checked in full by the next plan, and made again if need be.
      write()
      try catalog.forget(order.inputs.map(\.key))
      progress.notice("\(order.title): \(failure.reason); what it needs is made again")
    case .storage:
      fatal = fatal ?? RunError.storage(reason: failure.reason)
    case .failed, .crashed, .outOfMemory, .timeLimit:
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
        peakMemory: cost?.peakMemory, failure: failure))
    var members = order.journalMembers
    if let cost {
      members += [
        JSONMember(name: "seconds", value: .number(cost.seconds)),
        JSONMember(name: "cpuSeconds", value: .number(cost.cpuSeconds)),
        JSONMember(name: "peakMemory", value: .integer(cost.peakMemory)),
      ]
    }
    if let failure { members += failure.journalMembers }
    journal.write(failure == nil ? "done" : "failed", members)
    progress.taskEnded(stage: order.stage, event: order.event)
  }
}

extension TaskFailure {
  var journalMembers: [JSONMember] {
    [
      JSONMember(name: "cause", value: .string(cause.rawValue)),
      JSONMember(name: "reason", value: .string(reason)),
    ]
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
  /// The most memory of its worker so far, in bytes.
  public var peakMemory: Int?
  public var failure: TaskFailure?
}
