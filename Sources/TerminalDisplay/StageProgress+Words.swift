/// The words for a stage that the terminal and the plain lines share.
extension StageProgress {
  /// `45/100 events`, or `12/30 epochs` of a long task.
  public var count: String {
    if left > 0, let longTask { return "\(longTask.done)/\(longTask.total) \(longTask.unit)" }
    return "\(finished)/\(total) " + (total == 1 ? "task" : "events")
  }

  /// `3.2/s`; nil before the first task ended.
  public var pace: String? { secondsEach.map { DurationText.pace(secondsEach: $0) } }

  /// `17 s left`; nil where nothing tells.
  public func timeLeft(at now: Double) -> String? {
    guard left > 0, let seconds = secondsLeft(at: now) else { return nil }
    return "\(DurationText.whole(max(1, seconds))) left"
  }

  /// `37 from the cache`; nil where none was.
  public var hits: String? {
    if cacheHits == 0 { return nil }
    if cacheHits < finished || left > 0 { return "\(cacheHits) from the cache" }
    return finished == 1 ? "from the cache" : "all from the cache"
  }

  /// `100 events`, `30 epochs`; nil for a single task that told of no steps.
  private var work: String? {
    // Of a job on a cluster the last steps may never have been told.
    if phase == .done, cacheHits == 0, jobs == nil, let longTask, longTask.done > 0, total == 1 {
      return "\(longTask.done) \(longTask.unit)"
    }
    if total == 0 { return "no events" }
    return total == 1 ? nil : "\(total) events"
  }

  private var omissions: String? { leftOut == 0 ? nil : "\(leftOut) left out" }

  /// What a stage that is done comes to, part by part: `100 events`, `37 from the cache`, `in 12.3 s`.
  public func summary(at now: Double) -> [String] {
    let time = seconds(at: now).map { "in \(DurationText.text($0))" }
    return [work, hits, omissions, time].compactMap { $0 }
  }

  /// What waits to be done, part by part: `63 events to run`, `37 from the cache`.
  public func outlook(at now: Double) -> [String] {
    let work = "\(left) " + (left == 1 ? "task" : "events") + " to run"
    let time = secondsLeft(at: now).map { "about \(DurationText.whole(max(1, $0)))" }
    return [work, time, jobs?.words, hits, omissions].compactMap { $0 }
  }
}
