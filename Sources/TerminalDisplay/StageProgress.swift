import Execution
import Workflow

/// How far one stage of a run has come; all times are seconds since the run's start.
public struct StageProgress: Sendable {
  /// Where a stage stands.
  public enum Phase: Sendable { case waiting, running, done }

  public let name: String
  public private(set) var phase = Phase.waiting
  /// Results that the cache had before the run.
  public let cacheHits: Int
  /// Results that were there when the plan was last made.
  private var planned = 0
  /// Tasks that the last plan left to run.
  private var toRun = 0
  /// Tasks that gave no result, or whose event an earlier stage set aside.
  public private(set) var leftOut = 0
  /// Tasks that ended since the plan was last made.
  private var endedSincePlan = 0
  private var forecast: Double?
  /// The worker at each event in hand; the event is nil for a task over the whole study.
  private var atWork: [Int?: Int] = [:]
  /// Its jobs in a cluster's queue; nil as long as nothing is said of any.
  public private(set) var jobs: StageJobs?
  private var span: Span?
  private var secondsOfEarlierSpans = 0.0
  private var long: LongTask?

  /// From a stage's start to its end.
  private struct Span {
    var start: Double
    /// When its first task was taken: jobs of a cluster may wait for long before.
    var firstTask: Double?
    var ended = 0
    var lastEnd: Double
  }

  /// The words of a task that tells how far it is: the first, from which its pace is taken, and the latest.
  private struct LongTask {
    var first: TaskProgress
    var since: Double
    var last: TaskProgress
    var lastTime: Double
  }

  init(name: String, cacheHits: Int) {
    self.name = name
    self.cacheHits = cacheHits
  }

  mutating func take(_ outlook: StageOutlook) {
    planned = outlook.cached
    toRun = outlook.toRun
    leftOut = max(0, outlook.tasks - outlook.cached - outlook.toRun)
    forecast = outlook.seconds
    endedSincePlan = 0
    if phase != .running { phase = toRun == 0 ? .done : .waiting }
  }

  mutating func start(at time: Double) {
    phase = .running
    span = Span(start: time, lastEnd: time)
    long = nil
  }

  mutating func taskStarted(event: Int?, worker: Int, at time: Double) {
    beginAgain(at: time)
    atWork[event] = worker
    if span?.firstTask == nil { span?.firstTask = time }
  }

  mutating func taskEnded(event: Int?, at time: Double) {
    atWork.removeValue(forKey: event)
    endedSincePlan += 1
    span?.ended += 1
    span?.lastEnd = time
    // On a cluster, where stages go side by side, nobody says so before all of them are done.
    if jobs != nil, left == 0 { end(at: time) }
  }

  mutating func take(_ jobs: StageJobs, at time: Double) {
    self.jobs = jobs
    if jobs.words != nil { beginAgain(at: time) }
  }

  /// On a cluster a new plan may give a stage more to do without a word of a new beginning.
  private mutating func beginAgain(at time: Double) {
    if jobs != nil, phase != .running, left > 0 { start(at: time) }
  }

  mutating func progressed(_ progress: TaskProgress, at time: Double) {
    if let known = long, known.first.unit == progress.unit, known.last.done <= progress.done {
      long?.last = progress
      long?.lastTime = time
    } else {
      long = LongTask(first: progress, since: time, last: progress, lastTime: time)
    }
  }

  mutating func end(at time: Double) {
    if let span { secondsOfEarlierSpans += time - begin(of: span) }
    span = nil
    atWork = [:]
    phase = .done
  }

  /// Results that are there, and all that there will be.
  public var finished: Int { planned + endedSincePlan }
  public var total: Int { max(planned + toRun, finished) }
  public var left: Int { total - finished }
  /// Tasks that ended in this run.
  public var ended: Int { max(0, finished - cacheHits) }
  public var tasksAtWork: Int { atWork.count }

  /// Whether all that there is of it are jobs that wait.
  public var isQueued: Bool {
    guard phase == .running, let jobs, jobs.words != nil else { return false }
    return jobs.running == 0 && atWork.isEmpty && span?.ended == 0
  }

  /// How long the stage was at work in this run; nil if it was not.
  public func seconds(at now: Double) -> Double? {
    if let span { return secondsOfEarlierSpans + now - begin(of: span) }
    return secondsOfEarlierSpans > 0 ? secondsOfEarlierSpans : nil
  }

  /// The latest word of a stage's one long task: `12/30 epochs`.
  public var longTask: TaskProgress? { total == 1 || phase == .done ? long?.last : nil }

  /// From 0 to 1.
  public var share: Double {
    if left > 0, let longTask {
      return min(1, Double(longTask.done) / Double(max(1, longTask.total)))
    }
    return total == 0 ? 0 : Double(finished) / Double(total)
  }

  /// Seconds a task, or a step of the one long task; nil before the first.
  public var secondsEach: Double? {
    if let long, longTask != nil, left > 0 {
      let steps = long.last.done - long.first.done
      return steps > 0 ? (long.lastTime - long.since) / Double(steps) : nil
    }
    guard let span, span.ended > 0, jobs == nil || span.lastEnd - begin(of: span) >= 1 else {
      return nil
    }
    return (span.lastEnd - begin(of: span)) / Double(span.ended)
  }

  /// When its work began, in distinction from its wait in a queue.
  private func begin(of span: Span) -> Double {
    jobs == nil ? span.start : span.firstTask ?? span.lastEnd
  }

  /// How long the stage will take from now on; nil where nothing tells.
  public func secondsLeft(at now: Double) -> Double? {
    guard left > 0 else { return 0 }
    guard phase == .running, let span else { return forecast }
    // Nothing tells how long jobs will wait, or when those that were lost are handed in again.
    if let jobs, jobs.running == 0, atWork.isEmpty || jobs.waiting == 0 { return nil }
    guard let secondsEach else { return forecast.map { max(0, $0 - (now - span.start)) } }
    let steps = longTask.map { $0.total - $0.done } ?? left
    let since = now - (longTask == nil ? span.lastEnd : long?.lastTime ?? now)
    return max(0, Double(steps) * secondsEach - since)
  }
}
