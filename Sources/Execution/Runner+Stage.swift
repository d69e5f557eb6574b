import ArtifactStore
import Foundation
import JSONDocument
import Workflow

extension Runner {
  /// Runs the tasks of one stage that are to run.
  func run(_ stage: PlannedStage, recorder: Recorder) async throws {
    let definition = stage.definition
    let isStudy = definition.kind.scope == .study
    let orders = stage.tasks.filter { $0.state.name == .toRun }.map {
      TaskOrder($0, stage: definition, threads: isStudy ? options.threads : 1)
    }
    let workers = isStudy ? 1 : min(workersAllowed(by: definition), orders.count)
    progress.stageStarted(
      definition.name, tasks: stage.tasks.count, cached: stage.count(of: .cached))
    journal.write(
      "stage",
      [
        JSONMember(name: "stage", value: .string(definition.name)),
        JSONMember(name: "tasks", value: .integer(orders.count)),
        JSONMember(name: "cached", value: .integer(stage.count(of: .cached))),
        JSONMember(name: "workers", value: .integer(workers)),
      ])
    let queue = StageQueue(
      orders: orders, workers: workers, retries: definition.limits.retries ?? options.retries,
      firstDelay: options.firstDelay, control: control, sharing: sharing)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<workers {
          group.addTask {
            try await work(worker, on: definition, queue: queue, recorder: recorder)
          }
        }
        try await group.waitForAll()
      }
    } catch {
      await recorder.write()
      throw error
    }
    await recorder.write()
    progress.stageEnded(definition.name)
  }

  /// As many as the run and the stage say, and as there is memory for.
  private func workersAllowed(by stage: StageDefinition) -> Int {
    let wanted = min(options.workers, stage.limits.workers ?? .max)
    guard let memory = stage.limits.memory else { return wanted }
    let fitting = max(1, MemoryPressure.available / max(1, memory.bytes))
    if fitting < wanted {
      progress.notice(
        "\(stage.name): \(fitting) workers instead of \(wanted), for each may take \(memory.text)")
    }
    return min(wanted, fitting)
  }

  /// One worker's share of a stage; a process that ends too early is replaced.
  private func work(
    _ worker: Int, on stage: StageDefinition, queue: StageQueue, recorder: Recorder
  ) async throws {
    let journal = journal
    let process = WorkerProcess(command: command, limits: stage.limits) { order, line in
      journal.writeLog(stage: stage.name, event: order?.event, worker: worker, line: line)
    }
    let stops = stage.limits.onError == .stop
    let isStudy = stage.kind.scope == .study
    // The first order is taken before a process is started for it: another run may have made it.
    var first = try await nextOrder(of: queue, recorder: recorder)
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
            guard let order = try await nextOrder(of: queue, recorder: recorder) else { return nil }
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
      await settle(undone.order, undone.failure, worker, stops, queue: queue, recorder: recorder)
      first = try await nextOrder(of: queue, recorder: recorder)
    }
  }

  /// The next order that a worker is needed for; results that others made are noted on the way.
  private func nextOrder(of queue: StageQueue, recorder: Recorder) async throws -> TaskOrder? {
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
    _ order: TaskOrder, _ failure: TaskFailure, _ worker: Int, _ stops: Bool, queue: StageQueue,
    recorder: Recorder
  ) async {
    let isShort = failure.cause == .outOfMemory
    if let retry = await queue.retry(order, isShortOfMemory: isShort) {
      let fewer = isShort ? ", with \(retry.workers) worker\(retry.workers == 1 ? "" : "s")" : ""
      progress.notice(
        "\(order.title): \(failure.reason); it is tried again in \(Int(retry.seconds.rounded(.up))) s\(fewer)"
      )
      journal.write("retry", order.journalMembers + failure.journalMembers)
      return
    }
    let times = order.attempt == 1 ? "" : ", \(order.attempt) times"
    let last = TaskFailure(cause: failure.cause, reason: failure.reason + times)
    if await recorder.take(.failed(last), on: order, worker: worker, stopsOnFailure: stops) {
      await queue.stop()
    }
  }
}

extension TaskOrder {
  /// `graphs, event 21000`
  var title: String { stage + (event.map { ", event \($0)" } ?? "") }

  var journalMembers: [JSONMember] {
    var members = [JSONMember(name: "stage", value: .string(stage))]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    members.append(JSONMember(name: "key", value: .string(key.hex)))
    return members
  }
}
