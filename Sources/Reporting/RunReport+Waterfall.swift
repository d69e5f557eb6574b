import JSONDocument

extension RunReport {
  /// Where the score is lost: what can be scored step by step, and the final loss by category.
  public struct Waterfall: Sendable, Equatable {
    /// Means over events.
    public var mean: Ledger
    public var events: [WaterfallEvent]

    public init(mean: Ledger, events: [WaterfallEvent]) {
      self.mean = mean
      self.events = events
    }
  }

  /// The waterfall of one event.
  public struct WaterfallEvent: Sendable, Equatable {
    public var event: Int
    public var ledger: Ledger

    public init(event: Int, ledger: Ledger) {
      self.event = event
      self.ledger = ledger
    }
  }

  /// Shares of the event's weight, by name.
  public struct Ledger: Sendable, Equatable {
    /// What can be scored after each step, outermost first; the last is the score itself.
    public var steps: [LedgerEntry]
    /// What is not scored of the particles' hits, each hit in one entry; empty where that was not
    /// measured.
    public var losses: [LedgerEntry]

    public init(steps: [LedgerEntry], losses: [LedgerEntry]) {
      self.steps = steps
      self.losses = losses
    }
  }

  /// One share of the event's weight, of primaries and secondaries apart.
  public struct LedgerEntry: Sendable, Equatable {
    /// As in the summary of the score, such as `layerPairs`.
    public var name: String
    /// Nil where it is not known which particles are primaries.
    public var primary: Double?
    public var secondary: Double?
    public var sum: Double

    public init(name: String, primary: Double?, secondary: Double?, sum: Double) {
      self.name = name
      self.primary = primary
      self.secondary = secondary
      self.sum = sum
    }

    public init(name: String, primary: Double, secondary: Double) {
      self.init(name: name, primary: primary, secondary: secondary, sum: primary + secondary)
    }
  }
}

extension RunReport.LedgerEntry {
  /// What the entry is called on the page and the terminal; names that are not known stay.
  var words: String {
    switch name {
    case "hits": "all hits"
    case "layerPairs": "layer pairs"
    case "candidates": "candidates"
    case "filter": "edge filter"
    case "triplets": "triplets"
    case "selection": "selection"
    case "edges": "graph's edges"
    case "classifier": "classifier"
    case "score": "score"
    case "noHitOnTrack": "not found, no hit on a track"
    case "tooShort": "not found, track too short"
    case "impure": "not found, track impure"
    case "unassigned": "found, hit on no track"
    case "onOtherTrack": "found, hit on another track"
    default: name
    }
  }

  var json: JSONValue {
    .object([
      "name": .string(name), "primary": .measured(primary), "secondary": .measured(secondary),
      "sum": .measured(sum),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    let primary = try fields.optionalNumber("primary")
    let secondary = try fields.optionalNumber("secondary")
    // Reports of before there were waterfalls of graphs have no sums.
    let parts = primary.flatMap { primary in secondary.map { primary + $0 } }
    self.init(
      name: try fields.string("name"), primary: primary, secondary: secondary,
      sum: try fields.optionalNumber("sum") ?? parts ?? .nan)
  }
}

extension RunReport.Ledger {
  var members: [JSONMember] {
    [
      JSONMember(name: "steps", value: .array(steps.map(\.json))),
      JSONMember(name: "losses", value: .array(losses.map(\.json))),
    ]
  }

  init(_ fields: ReportFields) throws(ReportError) {
    steps = try fields.objects("steps", RunReport.LedgerEntry.init)
    losses = try fields.objects("losses", RunReport.LedgerEntry.init)
  }
}

extension RunReport.Waterfall {
  /// Whether it is that of a chain over triplets of hits, whose tracks can grow beyond them.
  var isOfTriplets: Bool { mean.steps.contains { $0.name == "triplets" } }

  var json: JSONValue {
    let events = self.events.map { event in
      JSONValue.object(
        [JSONMember(name: "event", value: .integer(event.event))] + event.ledger.members)
    }
    return .object(mean.members + [JSONMember(name: "events", value: .array(events))])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    mean = try RunReport.Ledger(fields)
    events = try fields.objects("events") { event throws(ReportError) in
      RunReport.WaterfallEvent(
        event: try event.integer("event"), ledger: try RunReport.Ledger(event))
    }
  }
}

extension RunReport {
  /// The waterfall of the tracks that the headline is about.
  var headlineWaterfall: Waterfall? { headlineTracks?.waterfall }

  /// The tracks that the headline is about.
  var headlineTracks: Tracks? {
    results.tracks.first { $0.stage == results.headline.trackBuilder }
  }

  /// What the headline's ceiling keeps: the true ones of these.
  var keptForCeiling: String { headlineWaterfall?.isOfTriplets == true ? "triplets" : "edges" }
}
