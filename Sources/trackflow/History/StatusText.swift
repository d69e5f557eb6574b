import ArtifactStore
import Execution
import JSONDocument
import Reporting

/// How far a run has come, in words and as JSON.
enum StatusText {
  static func lines(
    of run: RunRecord, state: RunState, journal: JournalState, now: Double
  ) -> [String] {
    var head = "\(run.id): \(state.words)"
    head +=
      state == .running ? " for \(NumberText.duration(now))" : " after \(NumberText.duration(now))"
    head += " (process \(run.process.process) on \(run.process.host))"
    if let reason = run.reason ?? journal.reason, state != .running { head += ": \(reason)" }
    var rows: [[String]] = []
    var below: [Int: [String]] = [:]
    let atWork = Set(journal.atWork)
    for stage in journal.stages {
      rows.append([
        "  \(stage.name)", "\(stage.finished)/\(stage.tasks.map(String.init) ?? "?")",
        words(of: stage, isAtWork: state == .running && atWork.contains(stage.name), now: now),
      ])
      below[rows.count] = details(of: stage, state: state, now: now)
    }
    let table = HistoryText.table(rows, rightAligned: [1])
    return [head]
      + table.enumerated().flatMap { index, line in
        [line] + (below[index + 1] ?? []).map { "      \($0)" }
      }
  }

  private static func words(of stage: JournalState.Stage, isAtWork: Bool, now: Double) -> String {
    var parts: [String] = []
    if stage.cached > 0 { parts.append("\(stage.cached) from the cache") }
    if stage.shared > 0 { parts.append("\(stage.shared) made by another run") }
    if isAtWork, (stage.left ?? 1) > 0 {
      parts.append(
        stage.isOnCluster
          ? stage.jobs?.words ?? "no job in the queue"
          : "\(stage.workers) worker\(stage.workers == 1 ? "" : "s")")
      if let rate = stage.rate(at: now) {
        parts.append(
          rate < 1 ? "\(NumberText.duration(1 / rate)) each" : "\(NumberText.significant(rate))/s")
      }
      if let left = stage.secondsLeft(at: now) {
        parts.append("\(NumberText.duration(left)) left")
      }
    } else if let started = stage.started, let ended = stage.ended, stage.done > 0 {
      parts.append("\(stage.done) done in \(NumberText.duration(ended - started))")
    } else if let left = stage.left, left > 0 {
      parts.append("waits" + (stage.forecast.map { ", about \(NumberText.duration($0))" } ?? ""))
    }
    if stage.faultCount > 0 {
      parts.append("\(stage.faultCount) job\(stage.faultCount == 1 ? "" : "s") ended early")
    }
    if stage.retries > 0 { parts.append("\(stage.retries) tried again") }
    if !stage.setAside.isEmpty { parts.append("\(stage.setAside.count) set aside") }
    return parts.joined(separator: ", ")
  }

  /// The most tasks and reasons that are told one by one.
  private static let most = 8

  private static func details(
    of stage: JournalState.Stage, state: RunState, now: Double
  ) -> [String] {
    var lines: [String] = []
    if state == .running {
      lines += stage.running.prefix(most).map { words(of: $0, now: now) }
      if stage.running.count > most {
        lines.append("and \(stage.running.count - most) more at work")
      }
    }
    lines += stage.faults.map { fault in
      let time =
        state == .running
        ? "\(NumberText.duration(now - fault.at)) ago" : "after \(NumberText.duration(fault.at))"
      return "job \(fault.job), \(time): \(fault.reason)"
    }
    for failure in stage.setAside.prefix(most) {
      lines.append("set aside: \(failure.event.map { "event \($0): " } ?? "")\(failure.reason)")
    }
    if stage.setAside.count > most { lines.append("and \(stage.setAside.count - most) more") }
    return lines
  }

  /// `event 21003 for 12 s, on n2, attempt 2, 3/30 epochs (loss 0.35)`
  private static func words(of task: JournalState.Running, now: Double) -> String {
    var words = task.event.map { "event \($0)" } ?? "whole study"
    words += " for \(NumberText.duration(now - task.since))"
    if let node = task.node {
      words += ", on \(node)"
    } else if let worker = task.worker {
      words += ", worker \(worker)"
    }
    if task.attempt > 1 { words += ", attempt \(task.attempt)" }
    if let progress = task.progress {
      words += ", \(progress.done)/\(progress.total) \(progress.unit)"
      if !progress.note.isEmpty { words += " (\(progress.note))" }
    }
    return words
  }
}
