/// A finished run in a few plain lines, for the end of a run on the terminal.
public enum ReportSummary {
  /// The lines: score, its change since the run before, ceiling, region, where the score is lost, events, and what was set aside with its reason; of a run
  /// that scores no tracks how well it tells edges apart.
  ///
  /// Control characters from outside are replaced, so that no line can play tricks on a terminal.
  public static func lines(of report: RunReport) -> [String] {
    let headline = report.results.headline
    var lines: [String] = []
    if let score = headline.score, score.isFinite {
      let value = NumberText.score(score, uncertainty: headline.scoreUncertainty)
      let builder = headline.trackBuilder.map { ", tracks of stage \($0)" } ?? ""
      lines.append("\(report.workflow): score \(value) of \(headline.scoreOf)\(builder)")
    } else if let edges = report.edgeHeadline {
      lines.append("\(report.workflow): \(words(of: edges)), edges of stage \(edges.stage)")
    } else {
      lines.append("\(report.workflow): no score")
    }
    if let change = report.run.change { lines.append(words(of: change)) }
    if let ceiling = headline.ceiling {
      let kept = report.keptForCeiling
      lines.append(
        "ceiling \(NumberText.score(ceiling)) (the score if exactly the true \(kept) were kept)")
    }
    if let region = headline.region {
      let ceiling = region.ceiling.map { ", ceiling \(NumberText.score($0))" } ?? ""
      lines.append("region: score \(NumberText.score(region.score)) of \(region.scoreOf)\(ceiling)")
    }
    if let waterfall = report.headlineWaterfall { lines += self.lines(of: waterfall.mean) }
    if let edges = report.edgeHeadline {
      lines.append("events: \(edges.eventsClassified) of \(edges.eventsAsked) classified")
    } else {
      lines.append("events: \(headline.eventsScored) of \(headline.eventsAsked) scored")
    }
    lines += report.results.scans.flatMap(\.lines)
    for training in report.results.training {
      lines.append("training of stage \(training.stage): \(words(of: training))")
    }
    for group in SetAsideGroup.groups(of: headline.setAside) {
      lines.append("set aside: \(group.words)")
    }
    return lines.map(plain)
  }

  /// The ceilings step by step and the losses, primaries and secondaries in columns if they are known.
  private static func lines(of ledger: RunReport.Ledger) -> [String] {
    func row(_ name: String, _ columns: [String]) -> String {
      let padded = name + String(repeating: " ", count: max(0, 32 - name.count))
      return columns.reduce(padded) { line, column in
        line + String(repeating: " ", count: max(1, 13 - column.count)) + column
      }
    }
    let isSplit = (ledger.steps + ledger.losses).contains { $0.primary != nil }
    func rows(_ entries: [RunReport.LedgerEntry]) -> [String] {
      entries.map { entry in
        let parts = isSplit ? [entry.primary, entry.secondary] : []
        return row("  " + entry.words, (parts + [entry.sum]).map(NumberText.share))
      }
    }
    let columns = (isSplit ? ["primaries", "secondaries"] : []) + ["sum"]
    let losses = ledger.losses.isEmpty ? [] : [row("lost", columns)] + rows(ledger.losses)
    return [row("score at most, after", columns)] + rows(ledger.steps) + losses
  }

  /// Such as "change: +0.0012 ± 0.0004 since run x, over 10 events that both have: 7 better, 3 worse;
  /// tracks.threshold 0.5 -> 0.7, and 2 more differences".
  private static func words(of change: RunReport.Change) -> String {
    var words = "change: \(change.words) since run \(change.run), over \(change.extent)"
    if let first = change.differences.first {
      let more = change.differences.count - 1
      words += "; \(first)"
      if more > 0 { words += ", and \(more) more difference\(more == 1 ? "" : "s")" }
    }
    return words
  }

  /// Such as "message-passing network, hidden width 64, 4 passes, 60,737 parameters, 134 kFLOP an
  /// edge; the weights are those of epoch 25 of 30".
  private static func words(of training: RunReport.Training) -> String {
    let network = training.network
    var words = "\(network.name) network, \(network.shape), \(network.size)"
    if let best = training.bestEpoch {
      words += "; the weights are those of epoch \(best) of \(training.curve.count)"
    }
    return training.stoppedEarly ? "\(words), stopped early" : words
  }

  /// Such as "edge AUC 0.9950, accuracy 0.9800, purity 0.9790, efficiency 0.9810 above 0.5".
  private static func words(of edges: RunReport.EdgeMeans) -> String {
    let cut = edges.threshold.map { " above \(NumberText.asSet($0))" } ?? ""
    return "edge AUC \(NumberText.score(edges.auc)), accuracy \(NumberText.score(edges.accuracy)), "
      + "purity \(NumberText.score(edges.purity)), efficiency \(NumberText.score(edges.efficiency))\(cut)"
  }

  /// The text on one line, without what a terminal would take for a command.
  static func plain(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      let isSpace = scalar == "\n" || scalar == "\t" || scalar == "\r"
      line.unicodeScalars.append(isSpace ? " " : scalar.isHarmless ? scalar : "\u{FFFD}")
    }
    return line
  }
}
