extension HTMLReport {
  /// The warning that events are missing from the score, or from its edges; empty where none is.
  static func banner(of report: RunReport) -> [BannerView] {
    let headline = report.results.headline
    let edges = report.edgeHeadline
    let done = edges?.eventsClassified ?? headline.eventsScored
    let asked = edges?.eventsAsked ?? headline.eventsAsked
    guard !headline.setAside.isEmpty || done < asked else { return [] }
    let message =
      edges == nil
      ? "\(done) of \(asked) events were scored. The score says nothing about the others."
      : "\(done) of \(asked) events had their edges classified. The figures say nothing about the others."
    let groups = SetAsideGroup.groups(of: headline.setAside)
    return [BannerView(message: Markup(message), reasons: groups.map { Markup($0.words) })]
  }

  static func cards(of report: RunReport) -> [CardView] {
    let time = timeCard(report.run)
    let change = report.run.change.map { [changeCard($0)] } ?? []
    if let edges = report.edgeHeadline { return edgeCards(edges) + change + [time] }
    let headline = report.results.headline
    var cards = [scoreCard(headline)] + change
    if let ceiling = headline.ceiling {
      let kept = report.keptForCeiling
      var note = "the score if exactly the true \(kept) were kept"
      if kept == "triplets" {
        note += "; tracks that are extended beyond them can pass it"
      } else if let score = headline.score, ceiling > 0 {
        note += "; \(NumberText.fixed(score / ceiling * 100, decimals: 1)) % of it is reached"
      }
      cards.append(
        CardView(
          label: Markup("Ceiling of the \(kept == "edges" ? "graphs" : kept)"),
          value: Markup(NumberText.score(ceiling)),
          note: Markup(note)))
    }
    if let region = headline.region {
      let ceiling = region.ceiling.map { "; ceiling \(NumberText.score($0))" } ?? ""
      cards.append(
        CardView(
          label: Markup("Score in the region"), value: Markup(NumberText.score(region.score)),
          note: Markup(region.scoreOf + ceiling)))
    }
    let isWhole = headline.eventsScored == headline.eventsAsked && headline.setAside.isEmpty
    let asides = headline.setAside.count
    cards.append(
      CardView(
        kind: Markup(isWhole ? "plain" : "alarm"), label: Markup("Events scored"),
        value: Markup("\(headline.eventsScored) of \(headline.eventsAsked)"),
        note: Markup(isWhole ? "every event that was asked for" : "\(asides) set aside")))
    return cards + [time]
  }

  private static func changeCard(_ change: RunReport.Change) -> CardView {
    var note = "\(change.extent)"
    if change.standardError != nil, change.better + change.worse > 0 {
      note += "; ± is the standard error of the differences' mean"
    }
    note += "; run \(change.run)"
    return CardView(
      label: Markup(
        change.figure == ReportComparison.Figure.score
          ? "Change since the run before" : "Change of the AUC since the run before"),
      value: Markup(change.words), note: Markup(note))
  }

  private static func timeCard(_ run: RunReport.Run) -> CardView {
    let tasks = run.stages.reduce(0) { $0 + $1.tasks }
    let cached = run.stages.reduce(0) { $0 + $1.cached }
    return CardView(
      label: Markup("Time"), value: Markup(NumberText.duration(run.seconds)),
      note: Markup(
        "\(NumberText.grouped(tasks)) tasks, \(NumberText.grouped(cached)) from the cache; "
          + (run.cluster.map {
            "\(plural($0.jobCount, "job")) on \(plural($0.nodes.count, "node"))"
          } ?? plural(run.workers, "worker"))))
  }

  /// The cards of a run that scores no tracks.
  private static func edgeCards(_ edges: RunReport.EdgeMeans) -> [CardView] {
    func card(_ label: String, _ value: Double?, _ note: String, kind: String = "plain") -> CardView
    {
      CardView(
        kind: Markup(kind), label: Markup(label),
        value: Markup(NumberText.score(value)),
        note: Markup(note))
    }
    let cut = edges.threshold.map { ", cut at probability \(NumberText.asSet($0))" } ?? ""
    let isWhole = edges.eventsClassified == edges.eventsAsked
    return [
      card(
        "AUC of the edges", edges.auc,
        "mean over \(plural(edges.eventsClassified, "event")); stage \(edges.stage)", kind: "main"),
      card("Accuracy", edges.accuracy, "edges told rightly / all edges\(cut)"),
      card("Purity", edges.purity, "true edges kept / edges kept"),
      card("Efficiency", edges.efficiency, "true edges kept / true edges"),
      CardView(
        kind: Markup(isWhole ? "plain" : "alarm"), label: Markup("Events classified"),
        value: Markup("\(edges.eventsClassified) of \(edges.eventsAsked)"),
        note: Markup(
          isWhole
            ? "every event that was asked for"
            : "\(edges.eventsAsked - edges.eventsClassified) set aside")),
    ]
  }

  private static func scoreCard(_ headline: RunReport.Headline) -> CardView {
    guard let score = headline.score, score.isFinite else {
      return CardView(
        kind: Markup("main"), label: Markup("TrackML score"), value: Markup("no score"),
        note: Markup("this run scored no event"))
    }
    var note =
      headline.eventsScored == 1
      ? "1 event" : "mean over \(headline.eventsScored) events"
    if headline.scoreUncertainty != nil { note += "; ± is the standard error of that mean" }
    if let builder = headline.trackBuilder { note += "; tracks of stage \(builder)" }
    let meter = MeterView(
      fill: percentOfBar(score),
      mark: headline.ceiling.map { [percentOfBar($0)] } ?? [])
    return CardView(
      kind: Markup("main"), label: Markup("TrackML score of \(headline.scoreOf)"),
      value: Markup(NumberText.score(score, uncertainty: headline.scoreUncertainty)),
      note: Markup(note + (headline.ceiling == nil ? "" : "; the mark is the ceiling")),
      meter: [meter])
  }

  private static func percentOfBar(_ value: Double) -> Markup {
    Markup(NumberText.fixed(min(1, max(0, value.isFinite ? value : 0)) * 100, decimals: 2))
  }

  static func plural(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// Events that were set aside at one stage for one reason.
struct SetAsideGroup {
  var stage: String
  var reason: String
  var events: [Int]

  /// The groups in the order in which they first come.
  static func groups(of setAside: [RunReport.SetAside]) -> [SetAsideGroup] {
    var groups: [SetAsideGroup] = []
    var places: [[String]: Int] = [:]
    for item in setAside {
      let place = places[[item.stage, item.reason]] ?? groups.count
      if place == groups.count {
        places[[item.stage, item.reason]] = place
        groups.append(SetAsideGroup(stage: item.stage, reason: item.reason, events: []))
      }
      if let event = item.event { groups[place].events.append(event) }
    }
    return groups
  }

  /// Such as "event 1003 at graphs: no hit is selected".
  var words: String {
    let names = events.map(String.init).joined(separator: ", ")
    let what =
      events.isEmpty ? "" : events.count == 1 ? "event \(names) at " : "events \(names) at "
    return "\(what)\(stage): \(reason)"
  }
}
