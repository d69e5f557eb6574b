import JSONDocument

extension RunReport {
  /// The tracks that one stage built, scored.
  public struct Tracks: Sendable, Equatable {
    public var stage: String
    /// How the tracks were built, such as "greedy".
    public var method: String
    /// The stage's parameters as they were in force, an object.
    public var parameters: JSONValue
    public var scoreOf: String
    /// The mean TrackML score over events.
    public var score: Double?
    public var scoreUncertainty: Double?
    public var ceiling: Double?
    public var region: Region?
    public var events: [TrackEvent]
    /// Found particles of all that can be reconstructed.
    public var efficiency: BinnedRates
    /// Fakes of all tracks.
    public var fakes: BinnedRates
    /// Duplicates of all tracks.
    public var duplicates: BinnedRates
    /// Where the score is lost; nil where that was not measured.
    public var waterfall: Waterfall?

    public init(
      stage: String, method: String, parameters: JSONValue = .object([]), scoreOf: String,
      score: Double?, scoreUncertainty: Double? = nil, ceiling: Double? = nil,
      region: Region? = nil, events: [TrackEvent], efficiency: BinnedRates = BinnedRates(),
      fakes: BinnedRates = BinnedRates(), duplicates: BinnedRates = BinnedRates(),
      waterfall: Waterfall? = nil
    ) {
      self.stage = stage
      self.method = method
      self.parameters = parameters
      self.scoreOf = scoreOf
      self.score = score
      self.scoreUncertainty = scoreUncertainty
      self.ceiling = ceiling
      self.region = region
      self.events = events
      self.efficiency = efficiency
      self.fakes = fakes
      self.duplicates = duplicates
      self.waterfall = waterfall
    }
  }

  /// The tracks of one event in figures.
  public struct TrackEvent: Sendable, Equatable {
    public var event: Int
    public var score: Double?
    public var ceiling: Double?
    public var regionScore: Double?
    public var regionCeiling: Double?
    /// Hits of the event; nil in reports of before they were counted.
    public var hits: Int?
    public var tracks: Int
    /// Tracks that find their particle; nil where that was not counted.
    public var matchedTracks: Int?
    public var hitsOnTracks: Int
    /// Hits on tracks of all hits; nil where those were not counted.
    public var shareOnTracks: Double? {
      hits.flatMap { $0 > 0 ? Double(hitsOnTracks) / Double($0) : nil }
    }
    public var efficiency: Double?
    public var fakeRate: Double?
    public var duplicateRate: Double?

    public init(
      event: Int, score: Double?, ceiling: Double? = nil, regionScore: Double? = nil,
      regionCeiling: Double? = nil, hits: Int? = nil, tracks: Int, matchedTracks: Int? = nil,
      hitsOnTracks: Int, efficiency: Double? = nil, fakeRate: Double? = nil,
      duplicateRate: Double? = nil
    ) {
      self.event = event
      self.score = score
      self.ceiling = ceiling
      self.regionScore = regionScore
      self.regionCeiling = regionCeiling
      self.hits = hits
      self.tracks = tracks
      self.matchedTracks = matchedTracks
      self.hitsOnTracks = hitsOnTracks
      self.efficiency = efficiency
      self.fakeRate = fakeRate
      self.duplicateRate = duplicateRate
    }
  }
}

extension RunReport.Tracks {
  /// The waterfall is a member only where there is one.
  var json: JSONValue {
    let json = JSONValue.object([
      "stage": .string(stage),
      "method": .string(method),
      "parameters": parameters,
      "scoreOf": .string(scoreOf),
      "score": .measured(score),
      "scoreUncertainty": .measured(scoreUncertainty),
      "ceiling": .measured(ceiling),
      "region": region?.json ?? .null,
      "events": .array(events.map(\.json)),
      "efficiency": efficiency.json,
      "fakeRate": fakes.json,
      "duplicateRate": duplicates.json,
    ])
    guard let waterfall else { return json }
    return .object(
      (json.members ?? []) + [JSONMember(name: "waterfall", value: waterfall.json)])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    method = try fields.string("method")
    parameters = try fields.any("parameters")
    scoreOf = try fields.string("scoreOf")
    score = try fields.optionalNumber("score")
    scoreUncertainty = try fields.optionalNumber("scoreUncertainty")
    ceiling = try fields.optionalNumber("ceiling")
    region = try RunReport.Region(optional: fields.optionalObject("region"))
    events = try fields.objects("events", RunReport.TrackEvent.init)
    efficiency = try RunReport.BinnedRates(fields.object("efficiency"))
    // Reports of before these were binned have none.
    fakes = try RunReport.BinnedRates(optional: fields.optionalObject("fakeRate"))
    duplicates = try RunReport.BinnedRates(optional: fields.optionalObject("duplicateRate"))
    waterfall = try RunReport.Waterfall(optional: fields.optionalObject("waterfall"))
  }
}

extension RunReport.TrackEvent {
  var json: JSONValue {
    .object([
      "event": .integer(event),
      "score": .measured(score),
      "ceiling": .measured(ceiling),
      "regionScore": .measured(regionScore),
      "regionCeiling": .measured(regionCeiling),
      "hits": .optional(hits),
      "tracks": .integer(tracks),
      "matchedTracks": .optional(matchedTracks),
      "hitsOnTracks": .integer(hitsOnTracks),
      "efficiency": .measured(efficiency),
      "fakeRate": .measured(fakeRate),
      "duplicateRate": .measured(duplicateRate),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    event = try fields.integer("event")
    score = try fields.optionalNumber("score")
    ceiling = try fields.optionalNumber("ceiling")
    regionScore = try fields.optionalNumber("regionScore")
    regionCeiling = try fields.optionalNumber("regionCeiling")
    hits = try fields.optionalInteger("hits")
    tracks = try fields.integer("tracks")
    matchedTracks = try fields.optionalInteger("matchedTracks")
    hitsOnTracks = try fields.integer("hitsOnTracks")
    efficiency = try fields.optionalNumber("efficiency")
    fakeRate = try fields.optionalNumber("fakeRate")
    duplicateRate = try fields.optionalNumber("duplicateRate")
  }
}
