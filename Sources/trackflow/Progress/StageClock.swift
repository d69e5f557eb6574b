import Foundation
import Workflow

/// How far a stage has come, how fast it goes and how long it will take.
struct StageClock {
  let name: String
  let tasks: Int
  let cached: Int
  private let start = ContinuousClock.now
  private var ended = 0
  /// The latest word of a long task, and the count and time of its first.
  private var long: (first: TaskProgress, since: ContinuousClock.Instant, last: TaskProgress)?

  init(name: String, tasks: Int, cached: Int) {
    self.name = name
    self.tasks = tasks
    self.cached = cached
  }

  mutating func taskEnded() { ended += 1 }

  mutating func progressed(_ progress: TaskProgress) {
    if let known = long, known.first.unit == progress.unit {
      long = (known.first, known.since, progress)
    } else {
      long = (progress, .now, progress)
    }
  }

  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// From 0 to 1.
  var share: Double {
    if let long, tasks - cached == 1, ended == 0 {
      return Double(long.last.done) / Double(max(1, long.last.total))
    }
    return Double(cached + ended) / Double(max(1, tasks))
  }

  /// `45/100 events  3.2/s  17 s left`, or `3/30 epochs  14 s each  6 min 18 s left  loss 0.35`
  var text: String {
    if let long, tasks - cached == 1, ended == 0 {
      let elapsed = (ContinuousClock.now - long.since) / .seconds(1)
      let done = long.last.done - long.first.done
      return [
        "\(long.last.done)/\(long.last.total) \(long.last.unit)",
        Self.rate(done: done, left: long.last.total - long.last.done, seconds: elapsed),
        long.last.note,
      ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
    let left = tasks - cached - ended
    let count = "\(cached + ended)/\(tasks) " + (tasks == 1 ? "task" : "events")
    let rate = Self.rate(done: ended, left: left, seconds: seconds)
    return rate.isEmpty ? count : "\(count)  \(rate)"
  }

  /// `100 events, 37 from the cache, in 12.3 s`
  var summary: String {
    let count = tasks == 1 ? "" : "\(tasks) events, "
    let fromCache = cached > 0 ? "\(cached) from the cache, " : ""
    return "\(count)\(fromCache)in \(DurationText.text(seconds))"
  }

  private static func rate(done: Int, left: Int, seconds: Double) -> String {
    guard done > 0, seconds > 0 else { return "" }
    let rate = Double(done) / seconds
    // What is slower than one a second is told by its time.
    let pace =
      rate < 1
      ? "\(DurationText.text(1 / rate)) each"
      : String(format: rate < 10 ? "%.1f/s" : "%.0f/s", rate)
    return "\(pace)  \(DurationText.text(Double(left) / rate)) left"
  }
}

/// Durations for people.
enum DurationText {
  static func text(_ seconds: Double) -> String {
    if seconds < 10 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
