import ArtifactStore
import Foundation
import JSONDocument
import Slurm
import Workflow

extension ClusterRun {
  /// Reads what jobs have answered since the last time.
  func collect() async throws {
    for name in arrays.keys.sorted() {
      let files = resultFiles(of: arrays[name]!)
      for (place, job) in files {
        guard var element = arrays[name]?.jobs[place], !element.isOver else { continue }
        arrays[name]!.job = arrays[name]!.job ?? job
        let path = arrays[name]!.folder.results(element: place, job: job)
        // A job that was begun anew writes its file anew.
        if element.reader?.path != path { element.reader = JournalReader(path: path) }
        let (entries, isAnew) = element.reader!.read()
        if isAnew { element.hasEnded = false }
        for entry in entries { await take(entry, array: name, job: job, &element) }
        try await settle(&element, array: name)
        arrays[name]!.jobs[place] = element
      }
      if arrays[name]!.isOver { end(name) }
    }
  }

  private func resultFiles(of array: JobArray) -> [(place: Int, job: Int)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: array.folder.results)) ?? []
    return names.compactMap { name in
      let parts = name.split(separator: ".")[0].split(separator: "-")
      guard parts.count == 2, let place = Int(parts[0]), let job = Int(parts[1]) else { return nil }
      return (place, job)
    }.sorted { $0 < $1 }
  }

  private func take(
    _ entry: JournalEntry, array name: String, job: Int, _ element: inout JobArray.Job
  ) async {
    switch entry.what {
    case "batch": begin(entry, array: name, job: job, &element)
    case "ended": element.hasEnded = true
    default:
      guard let key = entry.key, let order = order(for: key) else {
        if let line = entry.json["line"]?.stringValue, let stage = entry.stage {
          recorder.said(line, stage: stage, event: entry.event, worker: element.lane ?? 0)
        }
        return
      }
      await take(entry, on: order, array: name, &element)
    }
  }

  /// A job says that it has begun.
  private func begin(
    _ entry: JournalEntry, array name: String, job: Int, _ element: inout JobArray.Job
  ) {
    let node = entry.json["node"]?.stringValue ?? "?"
    if let lane = element.lane, let before = element.node { lanes.free(lane, on: before) }
    element.node = node
    element.state = .running
    element.lane = lanes.take(on: node)
    element.began = entry.json["time"]?.doubleValue.map { $0 - entry.at }
    jobs.append(
      ClusterJobRecord(
        stage: arrays[name]!.submission.stage, job: "\(job)_\(element.place)", node: node,
        instructionSet: entry.json["instructionSet"]?.stringValue ?? "?",
        tasks: element.open.count))
  }

  /// What a job says of one of its tasks.
  private func take(
    _ entry: JournalEntry, on order: TaskOrder, array name: String, _ element: inout JobArray.Job
  ) async {
    let (key, lane) = (order.key, element.lane ?? 0)
    let at = seconds(of: entry, element)
    switch entry.what {
    case "start":
      element.inHand.insert(key)
      await recorder.started(order, worker: lane, node: element.node, at: at)
    case "progress":
      guard let progress = TaskProgress(journal: entry) else { return }
      _ = await recorder.take(
        .progress(progress), on: order, worker: lane, stopsOnFailure: false)
    case "published":
      guard let beside = entry.json["beside"]?.stringValue.flatMap(ArtifactKey.init(hex:)) else {
        return
      }
      element.hasProgress = true
      guard FileSystem.stamp(of: store.path(of: beside)) != nil else { return }
      _ = await recorder.take(
        .published(key: beside), on: order, worker: lane, stopsOnFailure: false)
      // A training that a person stops goes on from here later.
      if isFinishing, order.event == nil, let job = arrays[name]!.job {
        arrays[name]!.isCancelled = true
        try? await options.queue.cancel([JobReference(job: job)], waitingOnly: false)
      }
    case "done", "shared":
      element.inHand.remove(key)
      element.unseen.append((key, TaskCost(journal: entry), at))
    case "failed":
      element.inHand.remove(key)
      guard element.open.remove(key) != nil, let failure = TaskFailure(journal: entry) else {
        return
      }
      element.hasProgress = true
      await fail(order, failure, job: arrays[name]!.title(of: element.place), lane: lane)
    case "retry":
      element.inHand.remove(key)
      guard let failure = TaskFailure(journal: entry) else { return }
      recorder.retried(order, failure, words: "\(failure.reason); it is tried again there")
    default: break
    }
  }

  /// The time of a job's line in seconds since the run's start, as far as the clocks agree.
  private func seconds(of entry: JournalEntry, _ element: JobArray.Job) -> Double {
    guard let began = element.began else { return journal.seconds }
    return min(max(0, began + entry.at - started), journal.seconds)
  }

  /// Enters the results that are there, whole, and waits for those that are not to be seen yet.
  private func settle(_ element: inout JobArray.Job, array name: String) async throws {
    let store = store
    let seen = Concurrently.map(element.unseen.map(\.key)) { key in
      Result { try store.check(key) }
    }
    var unseen: [(key: ArtifactKey, cost: TaskCost?, at: Double)] = []
    for (answer, result) in zip(element.unseen, seen) {
      switch result {
      case .success:
        element.open.remove(answer.key)
        element.hasProgress = true
        guard let order = order(for: answer.key) else {
          ledger.uncover(answer.key)
          continue
        }
        if let cost = answer.cost {
          _ = await recorder.take(
            .done(cost), on: order, worker: element.lane ?? 0, at: answer.at,
            stopsOnFailure: false)
        } else {
          await recorder.made(order)
        }
        ledger.finish(answer.key)
      case .failure(ArtifactError.notFound): unseen.append(answer)
      case .failure(let error):
        if (try? store.setAside(answer.key)) != nil {
          progress.notice("a damaged artifact was set aside: \(error)")
        }
        element.open.remove(answer.key)
        mishap(answer.key, "its artifact is damaged")
      }
    }
    element.unseen = unseen
    if element.hasEnded, element.unseen.isEmpty { close(&element) }
  }

  /// A task that its job gives up.
  private func fail(_ order: TaskOrder, _ failure: TaskFailure, job: String, lane: Int) async {
    switch failure.cause {
    case .outOfMemory:
      await giveMoreMemory(to: order, failure)
    case .storage:
      mishap(order.key, failure.reason)
    case .damagedInput:
      // What it needs failed, came late, or is damaged: the next plan tells.
      ledger.mishaps[order.key, default: 0] += 1
      _ = await recorder.take(.failed(failure), on: order, worker: lane, stopsOnFailure: false)
      ledger.uncover(order.key)
      ledger.ready[order.key] = .now + delay(ledger.mishaps[order.key]!)
      needsPlan = true
    default: await giveUp(order, failure, lane: lane)
    }
  }

  /// A task that gives no result in this run.
  func giveUp(_ order: TaskOrder, _ failure: TaskFailure, lane: Int = 0) async {
    let stops = ledger.stage(of: order.key)?.definition.limits.onError == .stop
    _ = await recorder.take(.failed(failure), on: order, worker: lane, stopsOnFailure: stops)
    ledger.fail(order.key)
    needsPlan = true
  }

  /// A job that has answered for all.
  func close(_ element: inout JobArray.Job) {
    guard !element.isOver else { return }
    element.isOver = true
    if let lane = element.lane, let node = element.node { lanes.free(lane, on: node) }
    for key in element.open { ledger.uncover(key) }
  }

  /// An array of which nothing more is expected.
  func end(_ name: String) {
    if arrays[name]!.hasFallen { fallen.insert(name) }
    try? FileManager.default.removeItem(atPath: arrays[name]!.folder.batches)
    arrays[name] = nil
  }
}

extension TaskProgress {
  fileprivate init?(journal entry: JournalEntry) {
    guard let done = entry.json["done"]?.intValue, let total = entry.json["total"]?.intValue,
      let unit = entry.json["unit"]?.stringValue, let note = entry.json["note"]?.stringValue
    else { return nil }
    self.init(done: done, total: total, unit: unit, note: note)
  }
}

extension TaskCost {
  fileprivate init?(journal entry: JournalEntry) {
    guard let seconds = entry.json["seconds"]?.doubleValue,
      let cpu = entry.json["cpuSeconds"]?.doubleValue,
      let memory = entry.json["peakMemory"]?.intValue
    else { return nil }
    self.init(seconds: seconds, cpuSeconds: cpu, peakMemory: memory)
  }
}

extension TaskFailure {
  fileprivate init?(journal entry: JournalEntry) {
    guard let cause = entry.json["cause"]?.stringValue.flatMap(Cause.init(rawValue:)),
      let reason = entry.reason
    else { return nil }
    self.init(cause: cause, reason: reason)
  }
}
