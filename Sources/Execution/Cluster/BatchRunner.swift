import ArtifactStore
import Foundation
import JSONDocument
import Workflow

/// Carries out a batch on a node of a cluster: publishes artifacts into the shared cache, and writes what
/// became of each task into a journal, which the driver reads. It never opens the catalog.
public struct BatchRunner: Sendable {
  private let path: String
  private let file: BatchFile
  private let store: ObjectStore
  private let command: WorkerCommand

  /// - Throws: `ArtifactError`, `BatchError.unreadable`.
  public init(path: String, store: ObjectStore, command: WorkerCommand) throws {
    self.path = path
    self.store = store
    self.command = command
    file = try BatchFile(path: path)
  }

  /// Does every order of the batch; a task that fails does not keep the others from being done.
  ///
  /// - Parameter instructionSet: that of the numeric kernels on this node.
  /// - Throws: `BatchError`, and what keeps the batch from going on, such as a cache that can't be written.
  public func run(at place: BatchPlace, instructionSet: String) async throws {
    let results = BatchFolder.results(ofBatch: path, place)
    let journal = try RunJournal(path: results, isSynced: true)
    journal.write(
      "batch",
      [
        JSONMember(name: "node", value: .string(place.node)),
        JSONMember(name: "job", value: .integer(place.job)),
        JSONMember(name: "element", value: .integer(place.element)),
        JSONMember(name: "instructionSet", value: .string(instructionSet)),
        JSONMember(name: "time", value: .number(Date().timeIntervalSince1970)),
      ])
    let progress = BatchProgress()
    progress.notice(
      "\(file.orders.count) tasks of \(file.stage), job \(place.job)_\(place.element) on \(place.node)"
    )
    let recorder = Recorder(store: store, catalog: nil, journal: journal, progress: progress)
    let orders = try await ordersWithInputs(recorder)
    let work = StageWork(
      stage: file.stage, scope: file.scope, limits: file.limits, command: command,
      retries: file.retries, firstDelay: .seconds(1), control: RunControl(),
      sharing: ResultSharing(
        store: store, claims: nil, sayThatItWaits: {}, notice: { progress.notice($0) }),
      recorder: recorder, retriesWantOfMemory: false)
    try await work.run(orders, workers: min(file.workers, orders.count))
    if let error = await recorder.fatal { throw error }
    journal.write("ended")
    guard journal.isWhole else { throw BatchError.unwritable(path: results) }
  }

  /// The orders whose inputs are there, after a wait for those that a shared file system shows late; the others are answered.
  private func ordersWithInputs(_ recorder: Recorder) async throws -> [TaskOrder] {
    let deadline = ContinuousClock.now + .seconds(file.inputWait)
    var missing = Set(file.orders.flatMap { $0.inputs.map(\.key) })
    while true {
      missing = missing.filter { FileSystem.stamp(of: store.path(of: $0)) == nil }
      guard !missing.isEmpty, ContinuousClock.now < deadline else { break }
      try await Task.sleep(for: .milliseconds(250))
    }
    var orders: [TaskOrder] = []
    for order in file.orders {
      guard let input = order.inputs.first(where: { missing.contains($0.key) }) else {
        orders.append(order)
        continue
      }
      let failure = TaskFailure(
        cause: .damagedInput,
        reason: "its input \(store.path(of: input.key)) is not there")
      _ = await recorder.take(.failed(failure), on: order, worker: 0, stopsOnFailure: false)
    }
    return orders
  }
}

/// What a batch says in its job's output: what a person should know.
private struct BatchProgress: RunProgress {
  func stageStarted(_ name: String, tasks: Int, cached: Int) {}
  func taskEnded(stage: String, event: Int?) {}
  func taskProgressed(stage: String, _ progress: TaskProgress) {}
  func stageEnded(_ name: String) {}
  func notice(_ text: String) {
    FileHandle.standardError.write(Data("trackflow: \(text)\n".utf8))
  }
}
