import Execution
import Workflow

/// A run's progress as lines for a log: one at each stage's start and end, and seldom one between.
public struct PlainLines: Sendable {
  /// Seconds that pass at least before a stage's next line.
  public static let pause = 10.0
  /// The same for a stage whose jobs are in a cluster's queue, of which there may be many at a time.
  public static let queuePause = 30.0

  private var board = RunBoard()
  private var lastLines: [String: Double] = [:]
  /// What was said last of each stage's jobs.
  private var saidJobs: [String: StageJobs] = [:]

  public init() {}

  public mutating func planned(_ stages: [StageOutlook]) { board.planned(stages) }

  /// `graphs: 63 events to run, 37 from the cache`
  public mutating func stageStarted(
    _ name: String, tasks: Int, cached: Int, at time: Double
  ) -> String? {
    board.stageStarted(name, tasks: tasks, cached: cached, at: time)
    lastLines[name] = time
    let words = board.stage(name)?.outlook(at: time) ?? []
    return "\(name): \(words.joined(separator: ", "))"
  }

  public mutating func taskStarted(stage: String, event: Int?, worker: Int, at time: Double) {
    board.timePassed(to: time)
    board.taskStarted(stage: stage, event: event, worker: worker)
  }

  /// `graphs: 45/100 events  3.2/s  17 s left`
  public mutating func taskEnded(stage: String, event: Int?, at time: Double) -> String? {
    let wasRunning = isRunning(stage)
    board.taskEnded(stage: stage, event: event, at: time)
    if wasRunning, !isRunning(stage) { return lastWord(of: stage, at: time) }
    return lineNowAndThen(stage, at: time)
  }

  /// `train: 12/30 epochs  14 s each  4 min 12 s left  loss 0.35`
  public mutating func taskProgressed(
    stage: String, _ progress: TaskProgress, at time: Double
  ) -> String? {
    board.taskProgressed(stage: stage, progress, at: time)
    return lineNowAndThen(stage, at: time)
  }

  /// `graphs: 45/100 events  3.2/s  17 s left  3 jobs run, 12 wait (others go first)`
  public mutating func jobsChanged(_ jobs: StageJobs, at time: Double) -> String? {
    board.jobsChanged(jobs, at: time)
    return queueLine(of: jobs.stage, at: time)
  }

  /// What is left to be said of queues that changed a while ago.
  public mutating func timePassed(to time: Double) -> [String] {
    board.timePassed(to: time)
    return board.stages.compactMap { queueLine(of: $0.name, at: time) }
  }

  /// `graphs: done, 100 events, 37 from the cache, in 12.3 s`; nil where that was said.
  public mutating func stageEnded(_ name: String, at time: Double) -> String? {
    let wasRunning = isRunning(name)
    board.stageEnded(name, at: time)
    return wasRunning ? lastWord(of: name, at: time) : nil
  }

  private func isRunning(_ name: String) -> Bool { board.stage(name)?.phase == .running }

  private mutating func lastWord(of name: String, at time: Double) -> String {
    lastLines[name] = time
    saidJobs[name] = board.stage(name)?.jobs
    let words = ["done"] + (board.stage(name)?.summary(at: time) ?? [])
    return "\(name): \(words.joined(separator: ", "))"
  }

  private mutating func queueLine(of name: String, at time: Double) -> String? {
    guard let stage = board.stage(name), stage.phase == .running, let jobs = stage.jobs else {
      return nil
    }
    let said = saidJobs[name]
    // That it waits for stages before it goes without saying.
    guard jobs != said, jobs.words != nil, said != nil || !jobs.isHeldByOthers else { return nil }
    // The first word on a stage's jobs need not wait.
    return said == nil ? line(of: stage, at: time) : lineNowAndThen(name, at: time)
  }

  private mutating func lineNowAndThen(_ name: String, at time: Double) -> String? {
    guard let stage = board.stage(name) else { return nil }
    let pause = stage.jobs == nil ? Self.pause : Self.queuePause
    guard time - lastLines[name, default: 0] > pause else { return nil }
    return line(of: stage, at: time)
  }

  private mutating func line(of stage: StageProgress, at time: Double) -> String {
    lastLines[stage.name] = time
    saidJobs[stage.name] = stage.jobs
    let note = stage.longTask?.note ?? ""
    let words = [
      stage.count, stage.pace, stage.timeLeft(at: time), stage.jobs?.words,
      note.isEmpty ? nil : note,
    ]
    return "\(stage.name): \(words.compactMap { $0 }.joined(separator: "  "))"
  }
}
