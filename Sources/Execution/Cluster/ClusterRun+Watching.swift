import ArtifactStore
import Foundation
import JSONDocument
import Slurm
import Workflow

extension ClusterRun {
  func lookWhenDue() async throws {
    guard ContinuousClock.now - lastLook >= options.queueInterval, isAnyJobLive else { return }
    try await look()
  }

  /// Asks once what has become of all jobs, and deals with those that ended without their answers.
  func look() async throws {
    defer { lastLook = .now }
    let jobs: [SlurmJob]
    do {
      jobs = try await options.queue.jobs(named: arrays.keys.sorted())
    } catch SlurmError.away(let words) {
      sayThatItIsAway(words)
      return
    }
    if let since = awaySince {
      let seconds = Int(((ContinuousClock.now - since) / .seconds(1)).rounded())
      progress.notice("Slurm's controller answers again, after \(seconds) s")
      awaySince = nil
      nextSubmission = .now
    }
    let known = Dictionary(grouping: jobs, by: \.name)
    for name in arrays.keys.sorted() {
      try await take(known[name] ?? [], of: name)
      if arrays[name]?.isOver == true { end(name) }
    }
    sayQueues()
  }

  func sayThatItIsAway(_ words: String) {
    guard awaySince == nil else { return }
    awaySince = .now
    progress.notice(
      "Slurm's controller does not answer (\(words)); the run waits for it, and jobs go on meanwhile"
    )
  }

  /// What the queue says of one array.
  private func take(_ jobs: [SlurmJob], of name: String) async throws {
    guard var array = arrays[name] else { return }
    if let job = jobs.first { array.job = job.job }
    arrays[name] = array
    let elements = Dictionary(
      jobs.compactMap { job in job.element.map { ($0, job) } },
      uniquingKeysWith: { first, _ in first })
    // One that stands for all of the array that are not told of by themselves.
    let rest = jobs.first { $0.element == nil }
    for place in array.jobs.keys.sorted() {
      guard var element = arrays[name]!.jobs[place], !element.isOver else { continue }
      var job = elements[place] ?? rest
      if job == nil, !jobs.isEmpty, element.began == nil, array.job != nil {
        // Slurm forgets an element at once that is taken out of the queue before it began.
        job = SlurmJob(name: name, job: array.job!, element: place, state: .ended(.cancelled))
      }
      let isGone = try await take(job, &element, array: arrays[name]!)
      if isGone, !element.hasEnded { await judge(&element, array: name) }
      arrays[name]!.jobs[place] = element
    }
  }

  /// Takes the queue's word on one job.
  ///
  /// - Returns: whether it ended so long ago that nothing more is to be heard of it.
  private func take(_ job: SlurmJob?, _ element: inout JobArray.Job, array: JobArray) async throws
    -> Bool
  {
    let isNew = ContinuousClock.now - array.since < .seconds(30)
    guard let job else {
      // A controller may show a new job late; one that was never there is known by then.
      if element.goneSince == nil, !isNew { element.goneSince = .now }
      return isPast(element.goneSince, array)
    }
    element.state = job.state
    element.reason = job.reason
    element.node = element.node ?? job.node
    switch job.state {
    case .waiting:
      element.goneSince = nil
      if job.reason == "DependencyNeverSatisfied" {
        try await cancel(JobReference(job: job.job, element: element.place))
        close(&element)
      } else if job.reason.hasPrefix("launch failed") {
        // It would be held until a person releases it.
        try await cancel(JobReference(job: job.job, element: element.place))
        element.state = .ended(.nodeFailure)
        return true
      } else if let words = PendingReason.isHopeless(job.reason), !array.isCancelled {
        throw RunError.neverStarts(
          stage: array.submission.stage, job: array.title(of: element.place), reason: words)
      }
      return false
    case .running:
      element.goneSince = nil
      return false
    case .ended:
      element.goneSince = element.goneSince ?? .now
      return isPast(element.goneSince, array)
    }
  }

  /// Whether answers that were written before a job's end must be visible by now.
  private func isPast(_ goneSince: ContinuousClock.Instant?, _ array: JobArray) -> Bool {
    guard let goneSince else { return false }
    return array.isCancelled || ContinuousClock.now - goneSince >= options.visibility
  }

  /// Deals with a job that ended before it had answered for all of its tasks.
  private func judge(_ element: inout JobArray.Job, array name: String) async {
    let array = arrays[name]!
    let title = array.title(of: element.place)
    let words = array.job.map { array.folder.lastWords(element: element.place, job: $0) } ?? ""
    var end: JobEnd? = if case .ended(let end) = element.state { end } else { nil }
    // A controller forgets jobs, and a batch script's end may hide how its program ended.
    if end == nil || end == .failed { end = JobLog.end(toldBy: words) ?? end }
    let open = element.open.sorted()
    arrays[name]!.hasFallen = true
    // Taken out from here, or with what it waited for: its tasks are handed in anew when they can be.
    if array.isCancelled || end == .cancelled && !hasBegun(element) && hasFallenNeeds(array) {
      return close(&element)
    }
    let fault = JobFault(
      .init(
        end: end, node: element.node, hasProgress: element.hasProgress,
        hasTaskInHand: !element.inHand.isEmpty,
        lastWord: words.split(separator: "\n").last.map { String($0.prefix(300)) },
        timeLimit: ledger.stages.first { $0.definition.name == array.submission.stage }
          .flatMap { definition.jobSettings(of: $0.definition).time?.text }))
    let inHand = element.inHand
    element.open = []
    close(&element)
    for key in inHand { ledger.attempts[key, default: 0] += 1 }
    say(fault, title: title, stage: array.submission.stage, element, tasks: open.count)
    await settle(fault, open: open, inHand: inHand, lane: element.lane ?? 0, title: title)
  }

  private func hasBegun(_ element: JobArray.Job) -> Bool { element.began != nil }

  /// Whether an array that it waits for did not come to its end.
  private func hasFallenNeeds(_ array: JobArray) -> Bool {
    array.submission.needs.contains { arrays[$0]?.hasFallen ?? fallen.contains($0) }
  }

  /// Does with the open tasks of a job that ended early what the rule says.
  private func settle(
    _ fault: JobFault, open: [ArtifactKey], inHand: Set<ArtifactKey>, lane: Int, title: String
  ) async {
    switch fault {
    case .mishap(let words):
      for key in open {
        if ledger.mishaps[key, default: 0] >= options.mishaps, let order = order(for: key) {
          let times = ledger.mishaps[key]! + 1
          await giveUp(
            order, TaskFailure(cause: .crashed, reason: "\(times) jobs came to nothing; \(words)"),
            lane: lane)
        } else {
          mishap(key, words)
        }
      }
    case .goesOn:
      for key in open { ledger.uncover(key) }
    case .fault(let failure):
      for key in open {
        ledger.uncover(key)
        guard inHand.contains(key) || inHand.isEmpty, let order = order(for: key) else { continue }
        ledger.faults[key, default: 0] += 1
        let most = ledger.stage(of: key)?.definition.limits.retries ?? retries
        if ledger.faults[key]! > most {
          let times = ledger.faults[key]! == 1 ? "" : ", \(ledger.faults[key]!) times"
          let last = TaskFailure(cause: failure.cause, reason: failure.reason + times)
          await giveUp(order, last, lane: lane)
        } else {
          ledger.ready[key] = .now + delay(ledger.faults[key]!)
        }
      }
    case .wantOfMemory(let words):
      for key in open {
        ledger.uncover(key)
        guard inHand.contains(key) || inHand.isEmpty, let order = order(for: key) else { continue }
        await giveMoreMemory(to: order, TaskFailure(cause: .outOfMemory, reason: words))
      }
    case .cancelled:
      for key in open { ledger.withhold(key) }
      cancelledJob = cancelledJob ?? title
    }
  }

  /// A task whose job came to nothing through no fault of its own.
  func mishap(_ key: ArtifactKey, _ words: String) {
    ledger.mishaps[key, default: 0] += 1
    ledger.uncover(key)
    ledger.ready[key] = .now + delay(ledger.mishaps[key]!)
  }

  /// The time before a task is handed in again.
  func delay(_ times: Int) -> Duration {
    min(.seconds(60), .seconds(1) * (1 << min(10, times - 1)))
  }

  /// Hands a task in again that ran out of memory, with twice as much, up to the most that its stage may have.
  func giveMoreMemory(to order: TaskOrder, _ failure: TaskFailure) async {
    guard let stage = ledger.stage(of: order.key)?.definition else { return }
    let settings = definition.jobSettings(of: stage)
    let usual = settings.jobMemory(limits: stage.limits, scope: stage.kind.scope)
    let first = usual?.bytes ?? 2_000_000_000
    let had = ledger.memory[order.key] ?? first
    let most = settings.maxMemory?.bytes ?? 4 * first
    guard had < most else {
      let limit = MemorySize(bytes: had).text
      return await giveUp(
        order,
        TaskFailure(
          cause: .outOfMemory,
          reason: "\(failure.reason), with \(limit), the most that it may have (\"maxMemory\")"))
    }
    let next = min(most, 2 * had)
    ledger.memory[order.key] = next
    ledger.attempts[order.key, default: 0] += 1
    ledger.uncover(order.key)
    progress.notice(
      "\(order.title): \(failure.reason); it is handed in again with \(MemorySize(bytes: next).text)"
    )
    journal.write("retry", order.journalMembers + failure.journalMembers)
  }

  // MARK: - Saying it

  private func say(
    _ fault: JobFault, title: String, stage: String, _ element: JobArray.Job, tasks: Int
  ) {
    let left = "\(tasks) task\(tasks == 1 ? "" : "s")"
    let words: String
    switch fault {
    case .mishap(let reason): words = "\(reason); \(left) are handed in again"
    case .goesOn(let reason): words = "\(reason); \(left) go on in a new job"
    case .fault(let failure): words = "\(failure.reason)"
    case .wantOfMemory(let reason): words = reason
    case .cancelled(let reason): words = "\(reason); it is not handed in again by this run"
    }
    progress.notice("\(stage), job \(title): \(words)")
    journal.write(
      "fault",
      [
        JSONMember(name: "stage", value: .string(stage)),
        JSONMember(name: "job", value: .string(title)),
        JSONMember(name: "node", value: element.node.map { .string($0) } ?? .null),
        JSONMember(name: "worker", value: element.lane.map { .integer($0) } ?? .null),
        JSONMember(name: "reason", value: .string(words)),
      ])
  }

  /// Says of each stage how many of its jobs wait and run, and why they wait.
  private func sayQueues() {
    for stage in begun.sorted() {
      let live = arrays.values.filter { $0.submission.stage == stage }.flatMap(\.live)
      let waiting = live.filter { $0.state == .waiting }
      let reasons = Dictionary(grouping: waiting, by: \.reason).mapValues(\.count)
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let queue = StageJobs(
        stage: stage, waiting: waiting.count, running: live.count { $0.state == .running },
        reasons: reasons.filter { !$0.key.isEmpty }.map { .init(reason: $0.key, jobs: $0.value) })
      guard saidQueues[stage] != queue else { continue }
      saidQueues[stage] = queue
      progress.jobsChanged(queue)
      journal.write("queue", queue.journalMembers)
    }
  }

  // MARK: - Taking out of the queue

  private func cancel(_ job: JobReference) async throws {
    do {
      try await options.queue.cancel([job], waitingOnly: false)
    } catch SlurmError.away(let words) {
      sayThatItIsAway(words)
    }
  }

  /// Takes all jobs of this run, and those that it found again, out of the queue.
  func cancelAll(waitingOnly: Bool) async throws {
    for name in arrays.keys { arrays[name]!.isCancelled = true }
    let jobs = arrays.values.compactMap { $0.job.map { JobReference(job: $0) } }
    guard !jobs.isEmpty else { return }
    do {
      try await options.queue.cancel(jobs, waitingOnly: waitingOnly)
    } catch SlurmError.away(let words) {
      sayThatItIsAway(words)
    }
  }

  /// Takes out those of this run's arrays that nothing is wanted of any more.
  func cancelUnwanted() async throws {
    for name in arrays.keys.sorted() where !arrays[name]!.isAdopted && !arrays[name]!.isCancelled {
      let array = arrays[name]!
      guard array.live.allSatisfy({ $0.open.allSatisfy { ledger.wanted[$0] == nil } }),
        !array.live.isEmpty, let job = array.job
      else { continue }
      arrays[name]!.isCancelled = true
      try await cancel(JobReference(job: job))
    }
  }
}
