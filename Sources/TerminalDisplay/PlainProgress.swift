import Dispatch
import Execution
import Foundation
import Synchronization
import Workflow

/// Progress as plain lines with the time of day, for logs.
public final class PlainProgress: RunDisplay {
  private let start = ContinuousClock.now
  private let lines = Mutex(PlainLines())
  private let write: @Sendable (String) -> Void
  /// Says what is left to be said of a cluster's queue; it goes from the first word on one.
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)

  /// - Parameter write: takes each line, without a line break.
  public init(write: @escaping @Sendable (String) -> Void = PlainProgress.writeToStandardError) {
    self.write = write
  }

  public static let writeToStandardError: @Sendable (String) -> Void = { line in
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }

  public func planned(_ stages: [StageOutlook]) { lines.withLock { $0.planned(stages) } }

  public func stageStarted(_ name: String, tasks: Int, cached: Int) {
    say { $0.stageStarted(name, tasks: tasks, cached: cached, at: $1) }
  }

  public func taskStarted(stage: String, event: Int?, worker: Int) {
    say {
      $0.taskStarted(stage: stage, event: event, worker: worker, at: $1)
      return nil
    }
  }

  public func taskEnded(stage: String, event: Int?) {
    say { $0.taskEnded(stage: stage, event: event, at: $1) }
  }

  public func taskProgressed(stage: String, _ progress: TaskProgress) {
    say { $0.taskProgressed(stage: stage, progress, at: $1) }
  }

  public func stageEnded(_ name: String) { say { $0.stageEnded(name, at: $1) } }

  public func jobsChanged(_ jobs: StageJobs) {
    say { $0.jobsChanged(jobs, at: $1) }
    startTimer()
  }

  public func notice(_ text: String) { write(stamped(text)) }

  public func runEnded() { stopTimer() }

  deinit { stopTimer() }

  private func startTimer() {
    timer.withLock { timer in
      guard timer == nil else { return }
      let source = DispatchSource.makeTimerSource()
      source.schedule(
        deadline: .now() + PlainLines.pause, repeating: PlainLines.pause, leeway: .seconds(1))
      source.setEventHandler { [weak self] in self?.sayAll { $0.timePassed(to: $1) } }
      source.resume()
      timer = source
    }
  }

  private func stopTimer() {
    timer.withLock { timer in
      timer?.cancel()
      timer = nil
    }
  }

  private func say(_ line: (inout PlainLines, Double) -> String?) {
    sayAll { lines, seconds in line(&lines, seconds).map { [$0] } ?? [] }
  }

  private func sayAll(_ said: (inout PlainLines, Double) -> [String]) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    lines.withLock { lines in
      for text in said(&lines, seconds) { write(stamped(text)) }
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
