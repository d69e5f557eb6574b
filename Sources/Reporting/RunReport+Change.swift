import JSONDocument

extension RunReport {
  /// How the headline differs from that of an earlier run of the workflow, over the events of both.
  public struct Change: Sendable, Equatable {
    /// The earlier run.
    public var run: String
    /// When it started, in ISO 8601.
    public var started: String
    /// What is compared: `score` or `edge AUC`.
    public var figure: String
    /// One an event that both have, sorted.
    public var events: [Event]
    /// How many events only one of the two has.
    public var onlyBefore: Int
    public var onlyNow: Int
    /// The mean of the differences, this run's less the earlier one's; nil without a common event.
    public var mean: Double?
    /// Its standard error; nil with fewer than two events.
    public var standardError: Double?
    /// What the two did differently, each in words.
    public var differences: [String]

    /// One event's values.
    public struct Event: Sendable, Equatable {
      public var event: Int
      public var before: Double
      public var now: Double

      public var difference: Double { now - before }
    }

    /// How many events became better, and how many worse.
    public var better: Int { events.count { $0.difference > 0 } }
    public var worse: Int { events.count { $0.difference < 0 } }
  }
}

extension RunReport.Change {
  /// Holds a run against an earlier one; nil where they have no headline of one sort.
  ///
  /// - Parameter differences: what the two did differently.
  public init?(from before: RunReport, to now: RunReport, differences: [String]) {
    guard let old = before.headlineByEvent, let new = now.headlineByEvent, old.figure == new.figure
    else { return nil }
    let difference = PairedDifference(old.values, new.values)
    self.init(
      run: before.run.id, started: before.run.started, figure: new.figure,
      events: difference.events.map { Event(event: $0.event, before: $0.first, now: $0.second) },
      onlyBefore: difference.onlyFirst.count, onlyNow: difference.onlySecond.count,
      mean: difference.mean, standardError: difference.standardError, differences: differences)
  }

  /// Such as "+0.0012 ± 0.0004", or "none" where every event is the same.
  var words: String {
    guard let mean else { return NumberText.none }
    guard better + worse > 0 else { return "none" }
    return (mean > 0 ? "+" : "") + NumberText.score(mean, uncertainty: standardError)
  }

  /// What the difference is over, such as "10 events that both have: 7 better, 3 worse".
  var extent: String {
    guard !events.isEmpty else { return "no event that both have" }
    let counted = "\(events.count) event\(events.count == 1 ? "" : "s") that both have"
    let counts = better + worse > 0 ? ": \(better) better, \(worse) worse" : ""
    let others = onlyBefore + onlyNow
    let rest = others == 0 ? "" : "; \(others) more are in one of them alone"
    return counted + counts + rest
  }
}

extension RunReport {
  /// What the headline is the mean of, by event; nil for a run without one.
  fileprivate var headlineByEvent: (figure: String, values: [Int: Double])? {
    func byEvent(_ pairs: [(Int, Double?)]) -> [Int: Double] {
      Dictionary(
        pairs.compactMap { event, value in value.map { (event, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    if let tracks = headlineTracks {
      return (ReportComparison.Figure.score, byEvent(tracks.events.map { ($0.event, $0.score) }))
    }
    guard let stage = edgeHeadline?.stage,
      let edges = results.edges.first(where: { $0.stage == stage })
    else { return nil }
    return (ReportComparison.Figure.auc, byEvent(edges.events.map { ($0.event, $0.auc) }))
  }
}

extension RunReport.Change {
  var json: JSONValue {
    .object([
      "run": .string(run), "started": .string(started), "figure": .string(figure),
      "mean": .measured(mean), "standardError": .measured(standardError),
      "better": .integer(better), "worse": .integer(worse), "onlyBefore": .integer(onlyBefore),
      "onlyNow": .integer(onlyNow),
      "differences": .array(differences.map { .string($0) }),
      "events": .array(
        events.map {
          .object([
            "event": .integer($0.event), "before": .number($0.before), "now": .number($0.now),
          ])
        }),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    run = try fields.string("run")
    started = try fields.string("started")
    figure = try fields.string("figure")
    mean = try fields.optionalNumber("mean")
    standardError = try fields.optionalNumber("standardError")
    onlyBefore = try fields.integer("onlyBefore")
    onlyNow = try fields.integer("onlyNow")
    differences = try fields.strings("differences")
    events = try fields.objects("events") { event throws(ReportError) in
      Event(
        event: try event.integer("event"), before: try event.number("before"),
        now: try event.number("now"))
    }
  }
}
