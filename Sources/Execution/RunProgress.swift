import Workflow

/// What watches a run: a terminal, a log, nobody.
public protocol RunProgress: Sendable {
  /// The plan was made, or made anew: every stage in order, with what is left of it.
  func planned(_ stages: [StageOutlook])
  func stageStarted(_ name: String, tasks: Int, cached: Int)
  /// A worker took a task in hand; after a crash it may be taken again.
  func taskStarted(stage: String, event: Int?, worker: Int)
  func taskEnded(stage: String, event: Int?)
  func taskProgressed(stage: String, _ progress: TaskProgress)
  func stageEnded(_ name: String)
  /// The jobs of a stage in a cluster's queue are others than before.
  func jobsChanged(_ jobs: StageJobs)
  /// Something that a person should know now: a retry, an event set aside, a wait.
  func notice(_ text: String)
}

extension RunProgress {
  public func planned(_ stages: [StageOutlook]) {}
  public func taskStarted(stage: String, event: Int?, worker: Int) {}
  public func jobsChanged(_ jobs: StageJobs) {}
}

/// Watches nothing.
public struct NoProgress: RunProgress {
  public init() {}
  public func stageStarted(_ name: String, tasks: Int, cached: Int) {}
  public func taskEnded(stage: String, event: Int?) {}
  public func taskProgressed(stage: String, _ progress: TaskProgress) {}
  public func stageEnded(_ name: String) {}
  public func notice(_ text: String) {}
}
