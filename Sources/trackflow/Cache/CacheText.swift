import ArtifactStore
import Foundation
import TerminalDisplay

/// Sizes and times of a cache, for people.
enum CacheText {
  /// `1.23 GB`, in powers of 1000.
  static func bytes(_ count: Int64) -> String {
    for (unit, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    where Double(count) >= size * 0.9995 {
      let value = Double(count) / size
      let digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
      return String(format: "%.\(digits)f %@", value, unit)
    }
    return "\(count) B"
  }

  /// `3 min 20 s`; `at least` where for some it is not known.
  static func cost(_ seconds: Double, untimed: Int = 0) -> String {
    if seconds == 0, untimed > 0 { return "not known" }
    return (untimed > 0 ? "at least " : "") + DurationText.text(seconds)
  }

  /// `made again in 2 min 3 s`
  static func remaking(_ seconds: Double, untimed: Int) -> String {
    seconds == 0 && untimed > 0
      ? "made again in a time that is not known"
      : "made again in \(cost(seconds, untimed: untimed))"
  }

  /// `2026-11-24 22:15`, of Greenwich.
  static func time(_ seconds: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return formatter.string(from: Date(timeIntervalSince1970: seconds))
  }

  /// `1 file`, `3 files`
  static func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number) \(word)s"
  }

  /// Lines with the columns under each other; the first and the last to the left, the others to the right.
  static func table(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    return TextTable.lines(rows, rightAligned: Set(1..<max(1, columns - 1)))
  }
}
