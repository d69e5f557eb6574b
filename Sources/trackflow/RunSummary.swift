import ArtifactStore
import Execution
import JSONDocument
import Reporting
import Stages

/// What a run says at its end, in words and as JSON.
enum RunSummary {
  /// Says on standard output what came of a run.
  static func say(
    outcome: RunOutcome, files: StudyReport.Files, folder: String, json: Bool, quiet: Bool
  ) {
    if json {
      print(self.json(outcome: outcome, files: files, folder: folder).prettyText)
    } else if !quiet {
      for line in lines(outcome: outcome, files: files, folder: folder) { print(line) }
    }
  }

  static func lines(outcome: RunOutcome, files: StudyReport.Files, folder: String) -> [String] {
    var lines = ReportSummary.lines(of: files.report)
    if outcome.records.isEmpty {
      lines.append(nothingDone)
    }
    for path in files.submissions { lines.append("submission  \(path)") }
    lines.append("results     \(folder)")
    for path in files.displays { lines.append("display     \(path)") }
    if let gallery = files.gallery { lines.append("gallery     \(gallery)") }
    if let html = files.html { lines.append("report      \(html)") }
    return lines
  }

  static func json(outcome: RunOutcome, files: StudyReport.Files, folder: String) -> JSONValue {
    let headline = files.report.results.headline
    return [
      "workflow": .string(files.report.workflow),
      "score": headline.score.map { .number($0) } ?? .null,
      "scoreUncertainty": headline.scoreUncertainty.map { .number($0) } ?? .null,
      "scoreOf": .string(headline.scoreOf),
      "change": files.report.json["run"]?["change"] ?? .null,
      "ceiling": headline.ceiling.map { .number($0) } ?? .null,
      "eventsScored": .integer(headline.eventsScored),
      "eventsAsked": .integer(headline.eventsAsked),
      "edges": .array(files.report.edgeMeans.map(json(of:))),
      "scans": files.report.json["results"]?["scans"] ?? .array([]),
      "setAside": .array(
        headline.setAside.map { aside in
          [
            "event": aside.event.map { .integer($0) } ?? .null, "stage": .string(aside.stage),
            "reason": .string(aside.reason),
          ]
        }),
      "tasksRun": .integer(outcome.records.count { $0.failure == nil }),
      "tasksCached": .integer(
        outcome.plan.stages.reduce(0) { $0 + $1.count(of: .cached) }
          - outcome.records.count { $0.failure == nil }),
      "cluster": cluster(of: files.report.run),
      "runFolder": .string(folder),
      "reportJSON": files.json.map { .string($0) } ?? .null,
      "reportHTML": files.html.map { .string($0) } ?? .null,
      "submissions": .array(files.submissions.map { .string($0) }),
      "displays": .array(files.displays.map { .string($0) }),
      "gallery": files.gallery.map { .string($0) } ?? .null,
    ]
  }

  /// The cluster in a few numbers; the report has the rest. Null for a run on this machine alone.
  private static func cluster(of run: RunReport.Run) -> JSONValue {
    guard let cluster = run.cluster else { return .null }
    return [
      "name": .string(cluster.name), "manager": .string(cluster.manager),
      "nodes": .array(cluster.nodes.map { .string($0.name) }), "jobs": .integer(cluster.jobCount),
    ]
  }

  /// What a run says that found nothing to do, and whose reports are those of an earlier one.
  static func lines(repeating run: RunRecord) -> [String] {
    var lines = (run.summary["lines"]?.arrayValue ?? []).compactMap(\.stringValue)
    lines.removeAll { $0 == nothingDone }
    let files = lines.firstIndex { $0.hasPrefix("submission ") || $0.hasPrefix("results ") }
    lines.insert(nothingDone, at: files ?? lines.count)
    return lines
  }

  private static let nothingDone = "nothing had to be done: all results were in the cache"

  static func json(repeating run: RunRecord, cached: Int) -> JSONValue {
    .object(
      (run.summary["json"]?.members ?? []).map { member in
        switch member.name {
        case "tasksRun": JSONMember(name: member.name, value: 0)
        case "tasksCached": JSONMember(name: member.name, value: .integer(cached))
        default: member
        }
      })
  }

  private static func json(of edges: RunReport.EdgeMeans) -> JSONValue {
    func measured(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "stage": .string(edges.stage), "auc": measured(edges.auc),
      "accuracy": measured(edges.accuracy), "purity": measured(edges.purity),
      "efficiency": measured(edges.efficiency),
      "eventsClassified": .integer(edges.eventsClassified),
      "eventsAsked": .integer(edges.eventsAsked),
    ]
  }
}
