import Execution
import Workflow

/// What a display knows of a run; the time is handed in, so that a drawing depends on nothing else.
public struct RunBoard: Sendable {
  public private(set) var stages: [StageProgress] = []
  /// Seconds since the run's start.
  public private(set) var now = 0.0
  /// Whether the run is over, done or not.
  public private(set) var isOver = false

  public init() {}

  public mutating func planned(_ outlooks: [StageOutlook]) {
    stages = outlooks.map { outlook in
      var stage =
        stage(outlook.name) ?? StageProgress(name: outlook.name, cacheHits: outlook.cached)
      stage.take(outlook)
      return stage
    }
  }

  public mutating func stageStarted(_ name: String, tasks: Int, cached: Int, at time: Double) {
    now = time
    if stage(name) == nil {
      var stage = StageProgress(name: name, cacheHits: cached)
      stage.take(
        StageOutlook(
          name: name, tasks: tasks, cached: cached, toRun: tasks - cached, seconds: nil))
      stages.append(stage)
    }
    change(name) { $0.start(at: time) }
  }

  public mutating func taskStarted(stage name: String, event: Int?, worker: Int) {
    let now = now
    change(name) { $0.taskStarted(event: event, worker: worker, at: now) }
  }

  public mutating func taskEnded(stage name: String, event: Int?, at time: Double) {
    now = time
    change(name) { $0.taskEnded(event: event, at: time) }
  }

  public mutating func taskProgressed(
    stage name: String, _ progress: TaskProgress, at time: Double
  ) {
    now = time
    change(name) { $0.progressed(progress, at: time) }
  }

  public mutating func jobsChanged(_ jobs: StageJobs, at time: Double) {
    now = time
    change(jobs.stage) { $0.take(jobs, at: time) }
  }

  public mutating func stageEnded(_ name: String, at time: Double) {
    now = time
    change(name) { $0.end(at: time) }
  }

  public mutating func timePassed(to time: Double) { now = time }

  public mutating func runEnded(at time: Double) {
    now = time
    isOver = true
  }

  public func stage(_ name: String) -> StageProgress? { stages.first { $0.name == name } }

  /// How long the run will take from now on.
  ///
  /// - Returns: the time for the stages of which it is known, and whether those are all; nil where it is known of none.
  public var timeLeft: (seconds: Double, isWhole: Bool)? {
    let unfinished = stages.filter { $0.left > 0 }
    let known = unfinished.compactMap { stage in
      stage.secondsLeft(at: now).map { (seconds: $0, isRunning: stage.phase == .running) }
    }
    guard !known.isEmpty || unfinished.isEmpty else { return nil }
    // Stages at work go side by side; the others come after each other.
    let atWork = known.filter(\.isRunning).map(\.seconds).max() ?? 0
    let later = known.filter { !$0.isRunning }.map(\.seconds).reduce(0, +)
    return (atWork + later, known.count == unfinished.count)
  }

  private mutating func change(_ name: String, _ body: (inout StageProgress) -> Void) {
    guard let index = stages.firstIndex(where: { $0.name == name }) else { return }
    body(&stages[index])
  }
}
