import JSONDocument
import Reporting

/// A made-up history of nights.
enum SampleNights {
  static let firstNight = 1_735_699_800.0  // 2025-01-01T02:50:00Z

  /// A report whose numbers are shifted, event by event and a little more with every event.
  static func report(shift: Double = 0, host: String = "node1", version: String = "0.1.0")
    -> RunReport
  {
    var report = SampleReport.report
    report.workflow = "sample"
    report.results.headline.setAside = []
    report.results.headline.eventsAsked = 3
    report.run.host = host
    report.run.trackflowVersion = version
    for index in report.results.tracks[0].events.indices {
      report.results.tracks[0].events[index].score! += shift * (1 + 0.1 * Double(index))
    }
    for index in report.run.stages.indices { report.run.stages[index].cached = 0 }
    return report
  }

  static func id(_ day: Int) -> String { "202501\(day < 10 ? "0" : "")\(day)T025000Z" }

  /// A night of January 2025 before it is judged.
  static func night(_ day: Int, _ report: RunReport = report()) -> Night {
    let started = firstNight + Double(day - 1) * 86400
    var night = Night(
      id: id(day), workflow: "sample", started: started, ended: started + 200,
      programDigest: String(repeating: day < 20 ? "0a" : "1b", count: 32))
    night.take(report)
    night.report = "nights/\(night.id)/report.html"
    return night
  }

  static func failed(_ day: Int, _ reason: String) -> Night {
    let started = firstNight + Double(day - 1) * 86400
    return Night(
      id: id(day), workflow: "sample", started: started, ended: started + 10, state: .failed,
      reason: reason)
  }

  static let thresholds: [(name: String, tolerance: NightJudgement.Tolerance)] = [
    ("score", .absolute(0.005)), ("fakeRate", .absolute(0.01)), ("time", .percent(20)),
    ("events", .absolute(0)),
  ]

  static func judged(_ night: Night, after nights: [Night], changes: [String] = ["none"]) -> Night {
    var night = night
    let history = NightHistory(workflow: "sample", nights: nights)
    night.judgement = history.lastGood(before: night).map {
      NightJudgement(of: night, against: $0, thresholds: thresholds, changes: changes)
    }
    return night
  }

  /// A good night, a better one, one that failed, and a regression.
  static var history: NightHistory {
    var nights = [night(1)]
    nights.append(
      judged(
        night(2, report(shift: 0.01)), after: nights,
        changes: ["workflow: tracks.threshold 0.75 -> 0.7", "machine: cores 4 -> 8"]))
    nights.append(failed(3, "the workflow <b>small</b> can't be read"))
    nights.append(
      judged(
        night(4, report(shift: -0.02)), after: nights,
        changes: ["program: another build, 0a0a0a0a -> 1b1b1b1b"]))
    return NightHistory(
      workflow: "sample", nights: nights,
      unreadable: ["history/cut.json:1:1: an object was expected"])
  }
}
