import JSONDocument

extension RunReport {
  /// The one result that a run is about, what it is a score of, and what is missing from it.
  public struct Headline: Sendable, Equatable {
    /// The mean TrackML score over the scored events; nil in a run that scores nothing.
    public var score: Double?
    /// The standard error of the mean over events; nil with fewer than two.
    public var scoreUncertainty: Double?
    /// What it is a score of, in words, such as "the full event".
    public var scoreOf: String
    /// The score if exactly the true edges of the graphs were kept.
    public var ceiling: Double?
    public var region: Region?
    /// The stage whose tracks are scored here.
    public var trackBuilder: String?
    public var eventsScored: Int
    public var eventsAsked: Int
    public var setAside: [SetAside]

    public init(
      score: Double?, scoreUncertainty: Double? = nil, scoreOf: String, ceiling: Double? = nil,
      region: Region? = nil, trackBuilder: String? = nil, eventsScored: Int, eventsAsked: Int,
      setAside: [SetAside] = []
    ) {
      self.score = score
      self.scoreUncertainty = scoreUncertainty
      self.scoreOf = scoreOf
      self.ceiling = ceiling
      self.region = region
      self.trackBuilder = trackBuilder
      self.eventsScored = eventsScored
      self.eventsAsked = eventsAsked
      self.setAside = setAside
    }
  }

  /// The score in the part of the detector that a run looks at.
  public struct Region: Sendable, Equatable {
    public var score: Double?
    public var scoreOf: String
    public var ceiling: Double?

    public init(score: Double?, scoreOf: String, ceiling: Double? = nil) {
      self.score = score
      self.scoreOf = scoreOf
      self.ceiling = ceiling
    }
  }

  /// An event that a run gave up on, and why.
  public struct SetAside: Sendable, Equatable {
    /// The event; nil for a task that is about no single event.
    public var event: Int?
    public var stage: String
    public var reason: String

    public init(event: Int?, stage: String, reason: String) {
      self.event = event
      self.stage = stage
      self.reason = reason
    }
  }
}

extension RunReport.Headline {
  var json: JSONValue {
    .object([
      "score": .measured(score),
      "scoreUncertainty": .measured(scoreUncertainty),
      "scoreOf": .string(scoreOf),
      "ceiling": .measured(ceiling),
      "region": region?.json ?? .null,
      "trackBuilder": .optional(trackBuilder),
      "eventsScored": .integer(eventsScored),
      "eventsAsked": .integer(eventsAsked),
      "setAside": .array(setAside.map(\.json)),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    score = try fields.optionalNumber("score")
    scoreUncertainty = try fields.optionalNumber("scoreUncertainty")
    scoreOf = try fields.string("scoreOf")
    ceiling = try fields.optionalNumber("ceiling")
    region = try RunReport.Region(optional: fields.optionalObject("region"))
    trackBuilder = try fields.optionalString("trackBuilder")
    eventsScored = try fields.integer("eventsScored")
    eventsAsked = try fields.integer("eventsAsked")
    setAside = try fields.objects("setAside", RunReport.SetAside.init)
  }
}

extension RunReport.Region {
  var json: JSONValue {
    .object([
      "score": .measured(score), "scoreOf": .string(scoreOf), "ceiling": .measured(ceiling),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    score = try fields.optionalNumber("score")
    scoreOf = try fields.string("scoreOf")
    ceiling = try fields.optionalNumber("ceiling")
  }
}

extension RunReport.SetAside {
  var json: JSONValue {
    .object(["event": .optional(event), "stage": .string(stage), "reason": .string(reason)])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    event = try fields.optionalInteger("event")
    stage = try fields.string("stage")
    reason = try fields.string("reason")
  }
}
