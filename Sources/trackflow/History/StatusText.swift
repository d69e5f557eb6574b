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
    for stage in journal.stages {
      rows.append([
        "  \(stage.name)", "\(stage.finished)/\(stage.tasks.map(String.init) ?? "?")",
        words(of: stage, isCurrent: journal.current == stage.name && state == .running, now: now),
      ])
      below[rows.count] = details(of: stage, state: state, now: now)
    }
    let table = HistoryText.table(rows, rightAligned: [1])
    return [head]
      + table.enumerated().flatMap { index, line in
        [line] + (below[index + 1] ?? []).map { "      \($0)" }
      }
  }

  private static func words(of stage: JournalState.Stage, isCurrent: Bool, now: Double) -> String {
    var parts: [String] = []
    if stage.cached > 0 { parts.append("\(stage.cached) from the cache") }
    if stage.shared > 0 { parts.append("\(stage.shared) made by another run") }
    if isCurrent, (stage.left ?? 1) > 0 {
      parts.append("\(stage.workers) worker\(stage.workers == 1 ? "" : "s")")
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
      for task in stage.running.prefix(most) {
        var words = task.event.map { "event \($0)" } ?? "whole study"
        words += " for \(NumberText.duration(now - task.since))"
        if let worker = task.worker { words += ", worker \(worker)" }
        if task.attempt > 1 { words += ", attempt \(task.attempt)" }
        if let progress = task.progress {
          words += ", \(progress.done)/\(progress.total) \(progress.unit)"
          if !progress.note.isEmpty { words += " (\(progress.note))" }
        }
        lines.append(words)
      }
    }
    for failure in stage.setAside.prefix(most) {
      lines.append("set aside: \(failure.event.map { "event \($0): " } ?? "")\(failure.reason)")
    }
    if stage.setAside.count > most { lines.append("and \(stage.setAside.count - most) more") }
    return lines
  }

  static func json(
    of run: RunRecord, state: RunState, journal: JournalState, now: Double
  ) -> JSONValue {
    .object(
      (RunText.json(of: run, state: state).members ?? []) + [
        JSONMember(name: "at", value: .number(now)),
        JSONMember(name: "stage", value: journal.current.map { .string($0) } ?? .null),
        JSONMember(
          name: "stages", value: .array(journal.stages.map { json(of: $0, now: now) })),
      ])
  }

  private static func json(of stage: JournalState.Stage, now: Double) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "stage": .string(stage.name), "tasks": stage.tasks.map { .integer($0) } ?? .null,
      "finished": .integer(stage.finished), "cached": .integer(stage.cached),
      "done": .integer(stage.done), "shared": .integer(stage.shared),
      "retries": .integer(stage.retries), "workers": .integer(stage.workers),
      "rate": number(stage.rate(at: now)), "secondsLeft": number(stage.secondsLeft(at: now)),
      "running": .array(
        stage.running.map { task in
          [
            "event": task.event.map { .integer($0) } ?? .null,
            "worker": task.worker.map { .integer($0) } ?? .null,
            "seconds": .number(now - task.since), "attempt": .integer(task.attempt),
            "done": task.progress.map { .integer($0.done) } ?? .null,
            "total": task.progress.map { .integer($0.total) } ?? .null,
          ]
        }),
      "setAside": .array(
        stage.setAside.map {
          [
            "event": $0.event.map { .integer($0) } ?? .null, "cause": .string($0.cause),
            "reason": .string($0.reason),
          ]
        }),
    ]
  }
}
