/// A run in a few lines of Markdown, for chat, mail and pull requests.
public enum MarkdownReport {
  /// Where the summary's reader finds the rest, by paths from the summary's folder.
  public struct Links: Sendable {
    public var report: String?
    public var index: String?

    public init(report: String? = nil, index: String? = nil) {
      self.report = report
      self.index = index
    }
  }

  /// The summary of a finished run.
  ///
  /// - Parameter night: adds how the night was judged, and the changes of its numbers.
  public static func text(of report: RunReport, night: Night? = nil, links: Links = Links())
    -> String
  {
    var own = night ?? Night(id: report.run.id, workflow: report.workflow, started: 0)
    if night == nil { own.take(report) }
    var lines = ["### " + headline(of: report, night: night), ""]
    lines += missing(in: report)
    lines += table(of: own) + [""]
    if night == nil, let change = report.run.change { lines += self.lines(of: change) + [""] }
    if let judgement = night?.judgement {
      lines.append("Compared with the night \(MarkdownText.plain(judgement.comparedWith)):")
      lines += list(judgement.changes)
      lines.append("")
    }
    if let accepted = night?.accepted {
      lines += ["Accepted: \(MarkdownText.plain(accepted))", ""]
    }
    lines.append(footer(of: report, links))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The summary of a night that came to no results.
  public static func text(ofFailed night: Night, links: Links = Links()) -> String {
    var lines = [
      "### \(MarkdownText.plain(night.workflow)): the night \(night.id) \(night.verdict)"
    ]
    lines += ["", MarkdownText.code(night.reason ?? "no reason is known"), ""]
    if let index = links.index { lines.append(MarkdownText.link("All nights", to: index)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Such as "full: score 0.9451 ± 0.0012 of the full event".
  private static func headline(of report: RunReport, night: Night?) -> String {
    let headline = report.results.headline
    var text = MarkdownText.plain(report.workflow) + ": "
    if let score = headline.score, score.isFinite {
      let value = NumberText.score(score, uncertainty: headline.scoreUncertainty)
      text += "score \(value) of \(MarkdownText.plain(headline.scoreOf))"
    } else if let edges = report.edgeHeadline {
      text += "edge AUC \(NumberText.score(edges.auc))"
    } else {
      text += "no score"
    }
    guard let night else { return text }
    return text + (night.isRegression ? ", **REGRESSION**" : ", \(night.verdict)")
  }

  /// The headline against that of the run before, and what the two did differently.
  private static func lines(of change: RunReport.Change) -> [String] {
    [
      "Since the run \(MarkdownText.code(change.run)): \(change.figure) \(change.words),"
        + " \(change.extent)"
    ] + list(change.differences)
  }

  /// A line of code each; of many the first ten.
  private static func list(_ items: [String]) -> [String] {
    items.prefix(10).map { "- \(MarkdownText.code($0))" }
      + (items.count > 10 ? ["- and \(items.count - 10) more"] : [])
  }

  /// How many events are missing, and what was set aside.
  private static func missing(in report: RunReport) -> [String] {
    guard let banner = HTMLReport.banner(of: report).first else { return [] }
    let groups = SetAsideGroup.groups(of: report.results.headline.setAside)
    // The banner's words are numbers and words of this program's own.
    return ["**\(banner.message.text)**", ""]
      + list(groups.map(\.words)) + [""]
  }

  private static func table(of night: Night) -> [String] {
    let judgement = night.judgement
    let rows = night.numbers.compactMap { number -> [String]? in
      guard let headline = HeadlineNumber.named(number.name) else { return nil }
      let value = headline.text(number.value, uncertainty: number.uncertainty)
      guard let judgement else { return [headline.words, value] }
      let difference = judgement.differences.first { $0.name == number.name }
      return [
        headline.words, value,
        difference.map {
          headline.differenceText($0.mean, uncertainty: $0.standardError)
        } ?? NumberText.none,
        difference.map { $0.isRegression ? "**regression**" : $0.verdict } ?? "not compared",
      ]
    }
    return judgement == nil
      ? MarkdownText.table(["number", "value"], rows: rows, isNumber: [1])
      : MarkdownText.table(
        ["number", "value", "change", "verdict"], rows: rows, isNumber: [1, 2])
  }

  private static func footer(of report: RunReport, _ links: Links) -> String {
    let run = report.run
    var parts = [
      "trackflow \(MarkdownText.plain(run.trackflowVersion)) on \(MarkdownText.code(run.host))",
      "\(MarkdownText.plain(run.started)), \(NumberText.duration(run.seconds))",
    ]
    if let path = links.report { parts.append(MarkdownText.link("report", to: path)) }
    if let path = links.index { parts.append(MarkdownText.link("all nights", to: path)) }
    return parts.joined(separator: "; ")
  }
}
