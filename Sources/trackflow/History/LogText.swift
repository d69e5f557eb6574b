import Execution
import Foundation

/// Lines of a journal for people.
enum LogText {
  static let kinds = ["log", "retry", "failed", "stopped", "submit", "queue", "fault"]

  /// `   12.345  graphs, event 21003, worker 1: what it said`
  static func line(of entry: JournalEntry) -> String {
    let time = String(format: "%10.3f", entry.at)
    var place = [entry.stage, entry.event.map { "event \($0)" }].compactMap { $0 }
    if entry.what == "fault" {
      place.append("job \(entry.json["job"]?.stringValue ?? "?")")
    } else if let worker = entry.worker {
      place.append("worker \(worker)")
    }
    let subject = place.isEmpty ? "the run" : place.joined(separator: ", ")
    return "\(time)  \(subject)\(words(of: entry))"
  }

  /// What is said of the line's subject.
  private static func words(of entry: JournalEntry) -> String {
    let reason = entry.reason ?? ""
    switch entry.what {
    case "log": return ": \(entry.json["line"]?.stringValue ?? "")"
    case "retry": return " is tried again: \(reason)"
    case "failed":
      let isRefused = entry.json["cause"]?.stringValue == "refused"
      return " \(isRefused ? "is set aside" : "failed"): \(reason)"
    case "submit":
      let job = entry.json["job"]?.intValue.map { " as job \($0)" } ?? ""
      return ": \(count(entry, "tasks", "task")) in \(count(entry, "jobs", "job")) handed in\(job)"
    case "queue":
      return ": \(StageJobs(json: entry.json)?.words ?? "no job in the queue")"
    case "fault": return ": \(reason)"
    default: return " stopped: \(reason)"
    }
  }

  private static func count(_ entry: JournalEntry, _ member: String, _ one: String) -> String {
    let count = entry.json[member]?.intValue ?? 0
    return "\(count) \(one)\(count == 1 ? "" : "s")"
  }
}
