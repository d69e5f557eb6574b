import ArtifactStore
import Foundation
import JSONDocument
import Workflow

/// Orders of one stage, carried out by worker processes on this machine: those of a run, or of a batch on a node.
struct StageWork: Sendable {
  let stage: String
  let scope: StageScope
  let limits: StageLimits
  let command: WorkerCommand
  /// How often a task is tried again whose worker ended without an answer.
  let retries: Int
  /// The time before the second attempt; each later one waits twice as long.
  let firstDelay: Duration
  let control: RunControl
  let sharing: ResultSharing
  let recorder: Recorder
  /// Whether a task that was short of memory is tried again here, with fewer workers beside it.
  var retriesWantOfMemory = true

  /// Carries the orders out, or as many as the run still wants.
  func run(_ orders: [TaskOrder], workers: Int) async throws {
    let queue = StageQueue(
      orders: orders, workers: workers, retries: retries, firstDelay: firstDelay, control: control,
      sharing: sharing)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<workers {
        group.addTask { try await work(worker, queue: queue) }
      }
      try await group.waitForAll()
    }
  }

  /// One worker's share; a process that ends too early is replaced.
  private func work(_ worker: Int, queue: StageQueue) async throws {
    let (recorder, stage) = (recorder, stage)
    let process = WorkerProcess(command: command, limits: limits) { order, line in
      recorder.said(line, stage: stage, event: order?.event, worker: worker)
    }
    let stops = limits.onError == .stop
    let isStudy = scope == .study
    // The first order is taken before a process is started for it: another run may have made it.
    var first = try await nextOrder(of: queue)
    while let order = first {
      let held = OrderInHand(order)
      let undone: (order: TaskOrder, failure: TaskFailure)?
      do {
        undone = try await process.run(
          next: {
            if let order = held.takeFirst() {
              await recorder.started(order, worker: worker)
              return order
            }
            guard let order = try await nextOrder(of: queue) else { return nil }
            held.set(order)
            await recorder.started(order, worker: worker)
            return order
          },
          message: { order, message in
            let mustStop = await recorder.take(
              message, on: order, worker: worker, stopsOnFailure: stops)
            if mustStop { await queue.stop() }
            switch message {
            case .done, .failed:
              held.clear()
              sharing.release(order.key)
            case .published where isStudy:
              // A training that a person stops goes on from here later.
              return control.isFinishing
            case .published, .progress: break
            }
            return false
          })
      } catch {
        if let key = held.key { sharing.release(key) }
        if error is CancellationError || error is RunError || error is ArtifactError { throw error }
        try Task.checkCancellation()
        throw RunError.workerNotStarted(executable: command.executable, reason: "\(error)")
      }
      if let key = held.key { sharing.release(key) }
      try Task.checkCancellation()
      guard let undone, !(isStudy && control.isFinishing) else { return }
      await settle(undone.order, undone.failure, worker, stops, queue: queue)
      first = try await nextOrder(of: queue)
    }
  }

  /// The next order that a worker is needed for; results that others made are noted on the way.
  private func nextOrder(of queue: StageQueue) async throws -> TaskOrder? {
    while let step = try await queue.next() {
      switch step {
      case .work(let order): return order
      case .made(let order): await recorder.made(order)
      }
    }
    return nil
  }

  /// Tries an order again whose worker ended, or gives it up.
  private func settle(
    _ order: TaskOrder, _ failure: TaskFailure, _ worker: Int, _ stops: Bool, queue: StageQueue
  ) async {
    let isShort = failure.cause == .outOfMemory
    if !isShort || retriesWantOfMemory,
      let retry = await queue.retry(order, isShortOfMemory: isShort)
    {
      let fewer = isShort ? ", with \(retry.workers) worker\(retry.workers == 1 ? "" : "s")" : ""
      let seconds = Int(retry.seconds.rounded(.up))
      recorder.retried(
        order, failure, words: "\(failure.reason); it is tried again in \(seconds) s\(fewer)")
      return
    }
    let times = order.attempt == 1 ? "" : ", \(order.attempt) times"
    let last = TaskFailure(cause: failure.cause, reason: failure.reason + times)
    if await recorder.take(.failed(last), on: order, worker: worker, stopsOnFailure: stops) {
      await queue.stop()
    }
  }
}
