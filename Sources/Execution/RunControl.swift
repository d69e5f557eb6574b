import Synchronization

/// How a person stops a run: first the tasks in hand are finished, then everything ends at once.
public final class RunControl: Sendable {
  private let finishing = Atomic(false)
  private let leaving = Atomic(false)

  public init() {}

  /// Hands out no more tasks; a training ends at its next checkpoint.
  public func finish() { finishing.store(true, ordering: .relaxed) }

  /// The machine ends the run: what works elsewhere goes on without it.
  public func leave() { leaving.store(true, ordering: .relaxed) }

  public var isLeaving: Bool { leaving.load(ordering: .relaxed) }

  public var isFinishing: Bool { finishing.load(ordering: .relaxed) }
}
