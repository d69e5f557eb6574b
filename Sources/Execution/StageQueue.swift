import ArtifactStore
import Foundation
import Workflow

/// The orders of one stage that wait for a worker: who may have one, how often each was tried, when it is tried again.
actor StageQueue {
  private struct Waiting {
    var order: TaskOrder
    /// Not handed out before; the time between a crash and the next attempt grows.
    var ready: ContinuousClock.Instant
  }

  private var waiting: [Waiting]
  private var attempts: [ArtifactKey: Int] = [:]
  private let maximumAttempts: Int
  private let firstDelay: Duration
  private let control: RunControl
  private let sharing: ResultSharing
  private var isStopped = false
  /// Workers that take orders, and how many there may be.
  private var workers: Int
  private var allowed: Int
  private var saidThatItWaits = false

  /// - Parameters:
  ///   - workers: how many will ask for orders.
  ///   - retries: how often an order is tried again.
  ///   - firstDelay: the time before the second attempt; each later one waits twice as long, a minute at most.
  init(
    orders: [TaskOrder], workers: Int, retries: Int, firstDelay: Duration, control: RunControl,
    sharing: ResultSharing
  ) {
    let now = ContinuousClock.now
    // Taken from the end.
    waiting = orders.reversed().map { Waiting(order: $0, ready: now) }
    maximumAttempts = retries + 1
    self.firstDelay = firstDelay
    self.control = control
    self.sharing = sharing
    self.workers = workers
    allowed = workers
  }

  /// What a worker is to do next.
  enum Step: Sendable {
    case work(TaskOrder)
    /// Another run made the result meanwhile.
    case made(TaskOrder)
  }

  /// The next order, waiting where all that are left are being made by another run or were tried a moment ago.
  ///
  /// - Returns: nil when the worker is not needed any more.
  func next() async throws -> Step? {
    while true {
      try Task.checkCancellation()
      guard !isStopped, !control.isFinishing, !waiting.isEmpty, workers <= allowed else {
        workers -= 1
        return nil
      }
      if let step = try takeOne() { return step }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private func takeOne() throws -> Step? {
    let now = ContinuousClock.now
    var blocked: ArtifactKey?
    for index in waiting.indices.reversed() where waiting[index].ready <= now {
      let order = waiting[index].order
      switch try sharing.claim(order.key) {
      case .taken:
        blocked = order.key
        continue
      case .made:
        waiting.remove(at: index)
        return .made(order)
      case .ours:
        waiting.remove(at: index)
        // A batch may bring an order that was tried before.
        attempts[order.key, default: order.attempt - 1] += 1
        var order = order
        order.attempt = attempts[order.key]!
        return .work(order)
      }
    }
    if blocked != nil, !saidThatItWaits {
      saidThatItWaits = true
      sharing.sayThatItWaits()
    }
    return nil
  }

  /// Puts an order back whose worker ended; false where it was tried often enough.
  ///
  /// - Parameter isShortOfMemory: whether fewer workers may work from now on.
  /// - Returns: the seconds until it is tried again, and how many workers there may be; nil for never.
  func retry(_ order: TaskOrder, isShortOfMemory: Bool) -> (seconds: Double, workers: Int)? {
    guard order.attempt < maximumAttempts else { return nil }
    if isShortOfMemory { allowed = max(1, allowed / 2) }
    let delay = min(.seconds(60), firstDelay * (1 << min(10, order.attempt - 1)))
    waiting.append(Waiting(order: order, ready: .now + delay))
    return (delay / .seconds(1), allowed)
  }

  /// Hands out no more orders.
  func stop() { isStopped = true }
}
