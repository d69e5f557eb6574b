import ArtifactStore
import JSONDocument
import Workflow

/// Enters what workers report into the catalog, the journal and the run's record.
actor Recorder {
  private let store: ObjectStore
  /// Nil on a node, where the journal is all that is written.
  private let catalog: Catalog?
  private let journal: RunJournal
  private let progress: any RunProgress
  private var starts: [ArtifactKey: (at: Double, node: String?)] = [:]
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

  init(store: ObjectStore, catalog: Catalog?, journal: RunJournal, progress: any RunProgress) {
    self.store = store
    self.catalog = catalog
    self.journal = journal
    self.progress = progress
  }

  /// - Parameters:
  ///   - node: the machine of a cluster that it is done on.
  ///   - at: when it was begun, in seconds since the run's start; now where nil.
  func started(_ order: TaskOrder, worker: Int, node: String? = nil, at: Double? = nil) {
    starts[order.key] = (at ?? journal.seconds, node)
    var members = order.journalMembers + [JSONMember(name: "worker", value: .integer(worker))]
    if order.attempt > 1 {
      members.append(JSONMember(name: "attempt", value: .integer(order.attempt)))
    }
    if let node { members.append(JSONMember(name: "node", value: .string(node))) }
    journal.write("start", members)
    progress.taskStarted(stage: order.stage, event: order.event, worker: worker)
  }

  /// Takes a message; true if the run, or with `stopsOnFailure` the stage, has to stop.
  ///
  /// - Parameter at: when the task ended, in seconds since the run's start; now where nil.
  func take(
    _ message: WorkerMessage, on order: TaskOrder, worker: Int, at: Double? = nil,
    stopsOnFailure: Bool
  ) -> Bool {
    var stops = false
    do {
      switch message {
      case .progress(let progress):
        self.progress.taskProgressed(stage: order.stage, progress)
        journal.writeProgress(order, progress)
      case .published(let key):
        journal.write(
          "published", order.journalMembers + [JSONMember(name: "beside", value: .string(key.hex))])
        published.append(key)
        guard catalog != nil else { break }
        let description = try store.description(of: key)
        try enter(
          ArtifactRecord(
            key: key, kind: description.kind, keyText: description.keyText.canonicalText))
      case .done(let cost):
        try enter(
          ArtifactRecord(
            key: order.key, kind: order.kind, keyText: order.keyText.canonicalText,
            seconds: cost.seconds, cpuSeconds: cost.cpuSeconds, peakMemory: cost.peakMemory))
        finish(order, worker: worker, at: at, cost: cost, failure: nil)
      case .failed(let failure):
        try fail(order, failure)
        stops = stopsOnFailure && failure.cause != .damagedInput
        finish(order, worker: worker, at: at, cost: nil, failure: failure)
      }
    } catch {
      fatal = fatal ?? Self.fatal(error)
    }
    return stops || fatal != nil
  }

  /// A line that a worker said on its standard error.
  nonisolated func said(_ line: String, stage: String, event: Int?, worker: Int) {
    journal.writeLog(stage: stage, event: event, worker: worker, line: line)
  }

  /// An order that is tried again.
  nonisolated func retried(_ order: TaskOrder, _ failure: TaskFailure, words: String) {
    progress.notice("\(order.title): \(words)")
    journal.write("retry", order.journalMembers + failure.journalMembers)
  }

  /// A result that another run made while this one waited for it.
  func made(_ order: TaskOrder) {
    journal.write("shared", order.journalMembers)
    progress.taskEnded(stage: order.stage, event: order.event)
  }

  /// Tells the catalog of what it does not know yet.
  func write() {
    do {
      try catalog?.record(unwritten)
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
    guard catalog != nil else { return }
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
      try catalog?.reject(order.key, kind: order.kind, reason: failure.reason)
      progress.notice("\(order.title) is set aside: \(failure.reason)")
    case .damagedInput:
      // Forgotten here, the input is checked in full by the next plan, and made again if need be.
      write()
      try catalog?.forget(order.inputs.map(\.key))
      progress.notice("\(order.title): \(failure.reason); what it needs is made again")
    case .storage:
      fatal = fatal ?? RunError.storage(reason: failure.reason)
    case .failed, .crashed, .outOfMemory, .timeLimit:
      failures[order.key] = failure.reason
      progress.notice("\(order.title) failed: \(failure.reason)")
    }
  }

  private func finish(
    _ order: TaskOrder, worker: Int, at: Double?, cost: TaskCost?, failure: TaskFailure?
  ) {
    let end = at ?? journal.seconds
    let start = starts.removeValue(forKey: order.key)
    records.append(
      TaskRecord(
        stage: order.stage, event: order.event, worker: worker, node: start?.node,
        start: start?.at ?? end, end: end, cpuSeconds: cost?.cpuSeconds,
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
  /// The machine of a cluster that it was done on; nil for this one.
  public var node: String?
  public var start: Double
  public var end: Double
  public var cpuSeconds: Double?
  /// The most memory of its worker so far, in bytes.
  public var peakMemory: Int?
  public var failure: TaskFailure?
}
