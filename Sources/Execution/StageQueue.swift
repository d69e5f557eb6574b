import Workflow

/// The orders of one stage that wait for a worker, and how often each was tried.
actor StageQueue {
  private var waiting: [TaskOrder]
  private var attempts: [String: Int] = [:]
  private let maximumAttempts: Int
  private(set) var isStopped = false

  init(orders: [TaskOrder], maximumAttempts: Int) {
    // Taken from the end.
    waiting = orders.reversed()
    self.maximumAttempts = maximumAttempts
  }

  func next() -> TaskOrder? {
    guard !isStopped, let order = waiting.popLast() else { return nil }
    attempts[order.key.hex, default: 0] += 1
    return order
  }

  /// Puts an order back whose worker ended; false where it was tried often enough.
  func retry(_ order: TaskOrder) -> Bool {
    guard attempts[order.key.hex, default: 0] < maximumAttempts else { return false }
    waiting.append(order)
    return true
  }

  /// Hands out no more orders.
  func stop() { isStopped = true }
}
