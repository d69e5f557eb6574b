import ArtifactStore
import Synchronization

/// The order that a worker has: one that was taken before its process started, then the one that it works on.
final class OrderInHand: Sendable {
  private let state: Mutex<(first: TaskOrder?, key: ArtifactKey?)>

  init(_ first: TaskOrder) { state = Mutex((first, first.key)) }

  /// The order that the process was started for, once.
  func takeFirst() -> TaskOrder? {
    state.withLock { state in
      defer { state.first = nil }
      return state.first
    }
  }

  func set(_ order: TaskOrder) { state.withLock { $0.key = order.key } }
  func clear() { state.withLock { $0.key = nil } }

  /// Whose claim is held.
  var key: ArtifactKey? { state.withLock { $0.key } }
}
