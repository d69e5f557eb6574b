/// A number that says in one figure how well a run did, and that nights are compared by.
public struct HeadlineNumber: Sendable {
  /// How its values are written.
  enum Form: Sendable { case share, percent, count, seconds }

  /// As in `nightly.thresholds` of a workflow and in `index.json`, such as `fakeRate`.
  public let name: String
  /// What it is, with its denominator.
  let meaning: String
  /// What it is called on the page and the terminal.
  public let words: String
  public let unit: String
  public let isLargerBetter: Bool
  let form: Form
  let values: @Sendable (RunReport) -> Values

  /// What a report has of a number.
  enum Values {
    /// By event, and the stage that they are of.
    case byEvent([Int: Double], stage: String)
    /// One value of the whole run, without an uncertainty.
    case whole(Double)
    case none
  }

  /// The meaning, unit and better direction in a sentence, for a schema.
  public var description: String {
    "\(words): \(meaning). Unit: \(unit); \(isLargerBetter ? "more" : "less") is better."
  }

  public static func named(_ name: String) -> HeadlineNumber? { all.first { $0.name == name } }

  /// Every number, in the order in which they are shown.
  public static let all: [HeadlineNumber] = [
    tracks(
      "score", "Score", "TrackML score of the full event, the share of the hits' weights", \.score),
    tracks("ceiling", "Ceiling", "the score if exactly the true edges were kept", \.ceiling),
    tracks(
      "regionScore", "Score in the region", "TrackML score of the part that the graphs cover",
      \.regionScore),
    tracks(
      "efficiency", "Efficiency", "particles found / particles to be found", \.efficiency, .percent),
    tracks(
      "fakeRate", "Fake rate", "tracks of no particle / tracks", \.fakeRate, .percent,
      isLargerBetter: false),
    tracks(
      "duplicateRate", "Duplicate rate", "further tracks of a particle found already / tracks",
      \.duplicateRate, .percent, isLargerBetter: false),
    edges("edgeAUC", "Edge AUC", "area under the ROC curve of the classified edges", \.auc),
    edges(
      "edgeAveragePrecision", "Edge average precision",
      "mean purity over the steps of efficiency", \.averagePrecision),
    edges("edgePurity", "Edge purity", "true edges kept / edges kept", \.purity, .percent),
    edges(
      "edgeEfficiency", "Edge efficiency", "true edges kept / true edges", \.efficiency, .percent),
    edges("edgeAccuracy", "Edge accuracy", "edges told rightly / edges", \.accuracy, .percent),
    HeadlineNumber(
      name: "events", meaning: "held-out events that were scored or had their edges classified",
      words: "Events", unit: "count", isLargerBetter: true, form: .count
    ) { report in
      .whole(Double(report.edgeHeadline?.eventsClassified ?? report.results.headline.eventsScored))
    },
    HeadlineNumber(
      name: "time", meaning: "from the run's start to its end, where nothing was in the cache",
      words: "Time", unit: "s", isLargerBetter: false, form: .seconds
    ) { report in report.isComputedAnew ? .whole(report.run.seconds) : .none },
    HeadlineNumber(
      name: "processorTime", meaning: "processor time of all tasks, where nothing was in the cache",
      words: "Processor time", unit: "s", isLargerBetter: false, form: .seconds
    ) { report in
      guard report.isComputedAnew else { return .none }
      return .whole(report.run.stages.compactMap(\.cpuSeconds).reduce(0, +))
    },
  ]

  private static func tracks(
    _ name: String, _ words: String, _ meaning: String,
    _ value: @escaping @Sendable (RunReport.TrackEvent) -> Double?, _ form: Form = .share,
    isLargerBetter: Bool = true
  ) -> HeadlineNumber {
    HeadlineNumber(
      name: name, meaning: meaning, words: words, unit: "of 1", isLargerBetter: isLargerBetter,
      form: form
    ) { report in
      let stage = report.results.headline.trackBuilder
      guard let tracks = report.results.tracks.first(where: { $0.stage == stage }) else {
        return .none
      }
      return .byEvent(present(tracks.events.map { ($0.event, value($0)) }), stage: tracks.stage)
    }
  }

  private static func edges(
    _ name: String, _ words: String, _ meaning: String,
    _ value: @escaping @Sendable (RunReport.EdgeEvent) -> Double?, _ form: Form = .share
  ) -> HeadlineNumber {
    HeadlineNumber(
      name: name, meaning: meaning, words: words, unit: "of 1", isLargerBetter: true, form: form
    ) { report in
      let stage = report.edgeHeadline?.stage ?? report.results.edges.first?.stage
      guard let edges = report.results.edges.first(where: { $0.stage == stage }) else {
        return .none
      }
      return .byEvent(present(edges.events.map { ($0.event, value($0)) }), stage: edges.stage)
    }
  }

  private static func present(_ pairs: [(Int, Double?)]) -> [Int: Double] {
    Dictionary(
      pairs.compactMap { event, value in value.map { (event, $0) } }.filter(\.1.isFinite),
      uniquingKeysWith: { first, _ in first })
  }
}

extension HeadlineNumber {
  /// A value as it is shown, with its unit where that is not a share of 1.
  public func text(_ value: Double?, uncertainty: Double? = nil) -> String {
    guard let value, value.isFinite else { return NumberText.none }
    switch form {
    case .share: return NumberText.score(value, uncertainty: uncertainty)
    case .percent:
      let bar = uncertainty.map { " ± \(NumberText.fixed($0 * 100, decimals: 2))" } ?? ""
      return "\(NumberText.percent(value))\(bar) %"
    case .count: return NumberText.grouped(rounding: value)
    case .seconds: return NumberText.duration(value)
    }
  }

  /// A difference as it is shown, with its sign: `+0.0012 ± 0.0004`, `-1.20 ± 0.11 %`.
  func differenceText(_ value: Double?, uncertainty: Double? = nil) -> String {
    guard let value else { return NumberText.none }
    if value == 0 { return "none" }
    let sign = value > 0 ? "+" : ""
    guard form == .percent else { return sign + text(value, uncertainty: uncertainty) }
    // So many decimals that a small change is not shown as 0.
    let size = [value, uncertainty ?? 0].map { abs($0) * 100 }.filter { $0 > 0 }.min() ?? 1
    let decimals = min(8, max(2, 1 - NumberText.decimalExponent(of: size)))
    let bar = uncertainty.map { " ± " + NumberText.fixed($0 * 100, decimals: decimals) } ?? ""
    return "\(sign)\(NumberText.fixed(value * 100, decimals: decimals))\(bar) %"
  }

  /// What its axis is called.
  var axisLabel: String {
    switch form {
    case .share: words.lowercasedFirst
    case .percent: "\(words.lowercasedFirst) (%)"
    case .count: "\(words.lowercasedFirst) (count)"
    case .seconds: "\(words.lowercasedFirst) (s)"
    }
  }

  /// What a value is multiplied with on the axis.
  var axisScale: Double { form == .percent ? 100 : 1 }
}

extension RunReport {
  /// Whether no result of the run was there before it, so that its time is the time of the work.
  var isComputedAnew: Bool {
    run.stages.contains { $0.ran > 0 } && run.stages.allSatisfy { $0.cached == 0 }
  }
}

extension String {
  /// "Fake rate" as "fake rate"; "AUC" stays.
  fileprivate var lowercasedFirst: String {
    guard let first, dropFirst().first?.isLowercase == true else { return self }
    return first.lowercased() + dropFirst()
  }
}
