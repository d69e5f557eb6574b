import Synchronization

/// How a person stops a run: first the tasks in hand are finished, then everything ends at once.
public final class RunControl: Sendable {
  private let finishing = Atomic(false)

  public init() {}

  /// Hands out no more tasks; a training ends at its next checkpoint.
  public func finish() { finishing.store(true, ordering: .relaxed) }

  public var isFinishing: Bool { finishing.load(ordering: .relaxed) }
}
