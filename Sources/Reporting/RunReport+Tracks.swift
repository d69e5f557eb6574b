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
    public var efficiencyByPT: BinnedEfficiency?
    public var efficiencyByEta: BinnedEfficiency?
    /// Where the score is lost; nil where that was not measured.
    public var waterfall: Waterfall?

    public init(
      stage: String, method: String, parameters: JSONValue = .object([]), scoreOf: String,
      score: Double?, scoreUncertainty: Double? = nil, ceiling: Double? = nil,
      region: Region? = nil, events: [TrackEvent], efficiencyByPT: BinnedEfficiency? = nil,
      efficiencyByEta: BinnedEfficiency? = nil, waterfall: Waterfall? = nil
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
      self.efficiencyByPT = efficiencyByPT
      self.efficiencyByEta = efficiencyByEta
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
    public var tracks: Int
    public var hitsOnTracks: Int
    public var efficiency: Double?
    public var fakeRate: Double?
    public var duplicateRate: Double?

    public init(
      event: Int, score: Double?, ceiling: Double? = nil, regionScore: Double? = nil,
      regionCeiling: Double? = nil, tracks: Int, hitsOnTracks: Int, efficiency: Double? = nil,
      fakeRate: Double? = nil, duplicateRate: Double? = nil
    ) {
      self.event = event
      self.score = score
      self.ceiling = ceiling
      self.regionScore = regionScore
      self.regionCeiling = regionCeiling
      self.tracks = tracks
      self.hitsOnTracks = hitsOnTracks
      self.efficiency = efficiency
      self.fakeRate = fakeRate
      self.duplicateRate = duplicateRate
    }
  }

  /// Particles found and particles to be found, in bins of one quantity.
  public struct BinnedEfficiency: Sendable, Equatable {
    /// The unit of the bin edges; nil for a pure number.
    public var unit: String?
    /// One more than there are bins, ascending.
    public var binEdges: [Double]
    public var found: [Int]
    public var total: [Int]

    public init(unit: String?, binEdges: [Double], found: [Int], total: [Int]) {
      self.unit = unit
      self.binEdges = binEdges
      self.found = found
      self.total = total
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
      "efficiency": .object([
        "pT": efficiencyByPT?.json ?? .null,
        "eta": efficiencyByEta?.json ?? .null,
      ]),
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
    let efficiency = try fields.object("efficiency")
    efficiencyByPT = try RunReport.BinnedEfficiency(optional: efficiency.optionalObject("pT"))
    efficiencyByEta = try RunReport.BinnedEfficiency(optional: efficiency.optionalObject("eta"))
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
      "tracks": .integer(tracks),
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
    tracks = try fields.integer("tracks")
    hitsOnTracks = try fields.integer("hitsOnTracks")
    efficiency = try fields.optionalNumber("efficiency")
    fakeRate = try fields.optionalNumber("fakeRate")
    duplicateRate = try fields.optionalNumber("duplicateRate")
  }
}

extension RunReport.BinnedEfficiency {
  var json: JSONValue {
    .object([
      "unit": .optional(unit), "binEdges": .list(binEdges), "found": .list(found),
      "total": .list(total),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    unit = try fields.optionalString("unit")
    binEdges = try fields.numbers("binEdges")
    found = try fields.integers("found")
    total = try fields.integers("total")
    try fields.checkBins(found.count, "found", binEdges: binEdges)
    try fields.checkBins(total.count, "total", binEdges: binEdges)
  }
}
