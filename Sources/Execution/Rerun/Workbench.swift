import ArtifactStore
import Synchronization
import Workflow

/// Does tasks in this process, with a store of their own.
struct Workbench: Sendable {
  let kinds: [any StageKind]
  let scratch: ObjectStore

  /// Does a task and publishes its result.
  func perform(_ order: TaskOrder) throws {
    let result = try run(order) { _ in }
    try scratch.publish(
      Artifact(
        kind: order.kind, keyText: order.keyText, summary: result.summary, arrays: result.arrays))
  }

  /// Does a task.
  ///
  /// - Parameter publish: takes what it publishes beside its result; what it throws of `FoundPublished` ends the task.
  /// - Throws: `FoundPublished`, `RerunError`.
  func run(
    _ order: TaskOrder, publish: @escaping @Sendable (Artifact) throws -> Void
  ) throws -> StageResult {
    guard let kind = kinds.first(where: { $0.name == order.kind }) else {
      throw RerunError.unknownKind(kind: order.kind, artifact: order.key)
    }
    let task = StageTask(
      stage: order.stage, key: order.key, keyText: order.keyText, parameters: order.parameters,
      event: order.event, files: order.files, dataset: order.dataset, inputs: order.inputs,
      threads: order.threads, store: scratch, report: { _ in }, publish: publish)
    do {
      return try kind.run(task)
    } catch let found as FoundPublished {
      throw found
    } catch {
      throw RerunError.failed(kind: kind.name, event: order.event, reason: "\(error)")
    }
  }
}

/// Ends a training whose checkpoint was what was wanted.
struct FoundPublished: Error {
  var artifact: Artifact
}

/// What went wrong on several threads.
final class Failures: Sendable {
  private let errors = Mutex<[any Error]>([])

  var isEmpty: Bool { errors.withLock { $0.isEmpty } }
  var first: (any Error)? { errors.withLock { $0.first } }
  func add(_ error: any Error) { errors.withLock { $0.append(error) } }
}
