import ArgumentParser
import ArtifactStore
import JSONDocument
import Reporting
import Workflow

struct RunsCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what two runs did differently, and how their results differ event by event.",
    discussion: HelpText.discussion(
      """
      Differences are those of the second run from the first, in means over the events that both \
      scored, with the standard error of the mean of the differences.
      """,
      examples: [
        "runs compare last-2 last",
        "runs compare 20261124T081500Z-full last --events",
      ], exits: [.badData, .missingInput]))

  @Argument(help: ArgumentHelp("The run to compare with.", valueName: "run"))
  var first: String

  @Argument(help: ArgumentHelp("The run that is compared.", valueName: "run"))
  var second: String

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print the scores of every event.")
  var events = false

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    do {
      let history = try History(cacheOptions)
      let runs = (try history.registry.find(first), try history.registry.find(second))
      let comparison = RunComparison(
        runs, reports: (try history.report(of: runs.0), try history.report(of: runs.1)))
      if json {
        print(comparison.json.prettyText)
      } else {
        for line in comparison.lines(withEvents: events) { print(HistoryText.plain(line)) }
      }
    } catch {
      throw failing(error)
    }
  }
}

/// What two runs did differently, and what came of it.
struct RunComparison {
  private let ids: (String, String)
  private let changes: DefinitionDifference
  private let provenance: ProvenanceDifference
  private let results: ReportComparison

  init(_ runs: (RunRecord, RunRecord), reports: (RunReport, RunReport)) {
    ids = (runs.0.id, runs.1.id)
    changes = DefinitionDifference(from: runs.0.definition, to: runs.1.definition)
    provenance = ProvenanceDifference(reports.0.run, reports.1.run)
    results = ReportComparison(reports.0, reports.1)
  }

  var json: JSONValue {
    [
      "first": .string(ids.0), "second": .string(ids.1), "changes": changes.json,
      "provenance": provenance.json, "results": results.json,
    ]
  }

  func lines(withEvents: Bool) -> [String] {
    var lines = ["\(ids.0) -> \(ids.1)", "workflow"]
    lines += changes.changes.isEmpty ? ["  the same"] : changes.changes.map { "  \($0.words)" }
    lines += ["data"] + dataLines
    let code = provenance.program + provenance.machine
    lines += ["program and machine"] + (code.isEmpty ? ["  the same"] : code.map { "  \($0)" })
    lines += ["results"] + resultLines
    if withEvents {
      for figure in results.figures where figure.isHeadline {
        lines += eventLines(of: figure)
      }
    }
    return lines
  }

  private var dataLines: [String] {
    if provenance.isOfSameData { return ["  the same files"] }
    return list(provenance.changedFiles, "has other content now")
      + list(provenance.onlyFirst, "was read by the first only")
      + list(provenance.onlySecond, "was read by the second only")
  }

  private func list(_ files: [String], _ words: String) -> [String] {
    files.prefix(5).map { "  \($0) \(words)" }
      + (files.count > 5 ? ["  and \(files.count - 5) more"] : [])
  }

  private var resultLines: [String] {
    var lines: [String] = []
    for stage in results.onlyFirst { lines.append("  only the first has results of \(stage)") }
    for stage in results.onlySecond { lines.append("  only the second has results of \(stage)") }
    for figure in results.figures where figure.isHeadline {
      let difference = figure.difference
      guard !difference.isOfSameEvents else { continue }
      lines.append(
        "  ATTENTION: \(figure.stage) is not of the same events: \(difference.events.count) in both"
          + side(difference.onlyFirst, "first") + side(difference.onlySecond, "second")
          + "; what follows is over those in both")
    }
    if results.figures.isEmpty { return lines + ["  nothing that both have"] }
    let rows = results.figures.map { figure -> [String] in
      let difference = figure.difference
      return [
        "  \(figure.stage)", figure.name, NumberText.score(difference.firstMean),
        NumberText.score(difference.secondMean), Self.signed(difference),
        difference.t.map { "t = \(NumberText.fixed($0, decimals: 1))" } ?? "",
        "\(figure.better) better, \(figure.worse) worse of \(difference.events.count)",
      ]
    }
    return lines
      + HistoryText.table(
        [["  STAGE", "FIGURE", "FIRST", "SECOND", "DIFFERENCE", "", "EVENTS"]] + rows,
        rightAligned: [2, 3])
  }

  private func side(_ events: [Int], _ name: String) -> String {
    events.isEmpty ? "" : ", only the \(name) has \(EventRanges.words(events))"
  }

  /// `+0.0012 ± 0.0004`; `0` where every event is the same.
  private static func signed(_ difference: PairedDifference) -> String {
    guard let mean = difference.mean else { return NumberText.score(nil) }
    if difference.larger + difference.smaller == 0 { return "none" }
    return (mean > 0 ? "+" : "")
      + NumberText.score(mean, uncertainty: difference.standardError)
  }

  private func eventLines(of figure: ReportComparison.Figure) -> [String] {
    let rows = figure.difference.events.map { event in
      [
        "  \(event.event)", NumberText.fixed(event.first, decimals: 6),
        NumberText.fixed(event.second, decimals: 6),
        (event.difference > 0 ? "+" : "") + NumberText.fixed(event.difference, decimals: 6),
      ]
    }
    return ["\(figure.name) of \(figure.stage) by event"]
      + HistoryText.table(
        [["  EVENT", "FIRST", "SECOND", "DIFFERENCE"]] + rows, rightAligned: [1, 2, 3])
  }
}
