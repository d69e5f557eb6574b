import Execution
import Foundation
import Synchronization
import Workflow

/// Progress as plain lines with the time of day, for logs.
public final class PlainProgress: RunDisplay {
  private let start = ContinuousClock.now
  private let lines = Mutex(PlainLines())
  private let write: @Sendable (String) -> Void

  /// - Parameter write: takes each line, without a line break.
  public init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  public func planned(_ stages: [StageOutlook]) { lines.withLock { $0.planned(stages) } }

  public func stageStarted(_ name: String, tasks: Int, cached: Int) {
    say { $0.stageStarted(name, tasks: tasks, cached: cached, at: $1) }
  }

  public func taskEnded(stage: String, event: Int?) {
    say { $0.taskEnded(stage: stage, event: event, at: $1) }
  }

  public func taskProgressed(stage: String, _ progress: TaskProgress) {
    say { $0.taskProgressed(stage: stage, progress, at: $1) }
  }

  public func stageEnded(_ name: String) { say { $0.stageEnded(name, at: $1) } }

  public func notice(_ text: String) { write(stamped(text)) }

  public func runEnded() {}

  private func say(_ line: (inout PlainLines, Double) -> String?) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    lines.withLock { lines in
      if let text = line(&lines, seconds) { write(stamped(text)) }
    }
  }

  private func stamped(_ text: String) -> String {
    "\(Timestamp.text(Date())) \(TextWidth.printable(text))"
  }
}

/// The time of day in a log.
public enum Timestamp {
  /// ISO 8601 in local time with the zone's offset: `2026-11-24T22:15:03+00:00`.
  public static func text(_ date: Date, zone: TimeZone = .current) -> String {
    let offset = zone.secondsFromGMT(for: date)
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down)) + offset
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let minutes = abs(offset) / 60
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02d%@%02d:%02d", Int(parts.tm_year) + 1900,
      Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min),
      Int(parts.tm_sec), offset < 0 ? "-" : "+", minutes / 60, minutes % 60)
  }
}
