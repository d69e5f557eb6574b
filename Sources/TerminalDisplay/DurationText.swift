import Foundation

/// Durations for people.
public enum DurationText {
  /// `3.4 s`, `17 s`, `6 min 18 s`, `2 h 5 min`.
  public static func text(_ seconds: Double) -> String {
    seconds < 9.95 ? String(format: "%.1f s", seconds) : whole(seconds)
  }

  /// The same in whole seconds, for what changes while one looks at it.
  public static func whole(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// `3.2/s`; what is slower than one a second is told by its time, `14 s each`.
  public static func pace(secondsEach: Double) -> String {
    if secondsEach > 1 { return "\(text(secondsEach)) each" }
    let rate = 1 / max(secondsEach, 1e-6)
    return String(format: rate < 10 ? "%.1f/s" : "%.0f/s", rate)
  }
}
