import Execution
import Workflow

/// A run's progress as lines for a log: one at each stage's start and end, and seldom one between.
public struct PlainLines: Sendable {
  /// Seconds that pass at least before a stage's next line.
  public static let pause = 10.0

  private var board = RunBoard()
  private var lastLine = 0.0

  public init() {}

  public mutating func planned(_ stages: [StageOutlook]) { board.planned(stages) }

  /// `graphs: 63 events to run, 37 from the cache`
  public mutating func stageStarted(
    _ name: String, tasks: Int, cached: Int, at time: Double
  ) -> String? {
    board.stageStarted(name, tasks: tasks, cached: cached, at: time)
    lastLine = time
    let words = board.stage(name)?.outlook(at: time) ?? []
    return "\(name): \(words.joined(separator: ", "))"
  }

  /// `graphs: 45/100 events  3.2/s  17 s left`
  public mutating func taskEnded(stage: String, event: Int?, at time: Double) -> String? {
    board.taskEnded(stage: stage, event: event, at: time)
    return lineNowAndThen(stage, at: time)
  }

  /// `train: 12/30 epochs  14 s each  4 min 12 s left  loss 0.35`
  public mutating func taskProgressed(
    stage: String, _ progress: TaskProgress, at time: Double
  ) -> String? {
    board.taskProgressed(stage: stage, progress, at: time)
    return lineNowAndThen(stage, at: time)
  }

  /// `graphs: done, 100 events, 37 from the cache, in 12.3 s`
  public mutating func stageEnded(_ name: String, at time: Double) -> String? {
    board.stageEnded(name, at: time)
    lastLine = time
    let words = ["done"] + (board.stage(name)?.summary(at: time) ?? [])
    return "\(name): \(words.joined(separator: ", "))"
  }

  private mutating func lineNowAndThen(_ name: String, at time: Double) -> String? {
    guard time - lastLine > Self.pause, let stage = board.stage(name) else { return nil }
    lastLine = time
    let note = stage.longTask?.note ?? ""
    let words = [
      stage.count, stage.pace, stage.timeLeft(at: time), note.isEmpty ? nil : note,
    ]
    return "\(name): \(words.compactMap { $0 }.joined(separator: "  "))"
  }
}
