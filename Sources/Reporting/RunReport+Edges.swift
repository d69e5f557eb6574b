import JSONDocument

extension RunReport {
  /// How well a stage tells true edges from false ones, event by event.
  public struct Edges: Sendable, Equatable {
    public var stage: String
    /// The score above which an edge counts as kept in purity and efficiency: a probability, of a pass a logit.
    public var threshold: Double?
    public var events: [EdgeEvent]
    /// By score, of all events together.
    public var histogram: EdgeHistogram?
    /// Of all events together; as all that follows nil in reports of before there were such.
    public var curve: EdgeCurve?
    public var calibration: EdgeCalibration?
    /// Those with most true edges first.
    public var layerPairs: [EdgeLayerPair]

    public init(
      stage: String, threshold: Double?, events: [EdgeEvent], histogram: EdgeHistogram? = nil,
      curve: EdgeCurve? = nil, calibration: EdgeCalibration? = nil,
      layerPairs: [EdgeLayerPair] = []
    ) {
      self.stage = stage
      self.threshold = threshold
      self.events = events
      self.histogram = histogram
      self.curve = curve
      self.calibration = calibration
      self.layerPairs = layerPairs
    }
  }

  /// One event's graph and its classified edges.
  public struct EdgeEvent: Sendable, Equatable {
    public var event: Int
    public var nodes: Int
    public var edges: Int
    public var trueEdges: Int
    public var auc: Double?
    public var averagePrecision: Double?
    /// True edges kept over edges kept.
    public var purity: Double?
    /// True edges kept over true edges.
    public var efficiency: Double?
    /// True edges kept and false edges dropped over all edges.
    public var accuracy: Double?
    /// Of a pass: what was judged before the cut.
    public var candidates: Int?
    /// Of a pass: the true ones that there were to find, which the efficiency is a share of.
    public var truePairs: Int?
    /// Of a pass: those of one particle that pass over hits of it; among `edges`, and neither true nor false.
    public var skipping: Int?

    public init(
      event: Int, nodes: Int, edges: Int, trueEdges: Int, auc: Double? = nil,
      averagePrecision: Double? = nil, purity: Double? = nil, efficiency: Double? = nil,
      accuracy: Double? = nil, candidates: Int? = nil, truePairs: Int? = nil,
      skipping: Int? = nil
    ) {
      self.candidates = candidates
      self.truePairs = truePairs
      self.skipping = skipping
      self.event = event
      self.nodes = nodes
      self.edges = edges
      self.trueEdges = trueEdges
      self.auc = auc
      self.averagePrecision = averagePrecision
      self.purity = purity
      self.efficiency = efficiency
      self.accuracy = accuracy
    }
  }

  /// How many true and false edges have which probability.
  public struct EdgeHistogram: Sendable, Equatable {
    /// One more than there are bins, ascending.
    public var binEdges: [Double]
    public var trueEdges: [Int]
    public var falseEdges: [Int]

    public init(binEdges: [Double], trueEdges: [Int], falseEdges: [Int]) {
      self.binEdges = binEdges
      self.trueEdges = trueEdges
      self.falseEdges = falseEdges
    }
  }
}

extension RunReport.Edges {
  var json: JSONValue {
    .object([
      "stage": .string(stage),
      "threshold": .measured(threshold),
      "events": .array(events.map(\.json)),
      "histogram": histogram?.json ?? .null,
      "curve": curve?.json ?? .null,
      "calibration": calibration?.json ?? .null,
      "layerPairs": RunReport.EdgeLayerPair.json(of: layerPairs),
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    threshold = try fields.optionalNumber("threshold")
    events = try fields.objects("events", RunReport.EdgeEvent.init)
    histogram = try RunReport.EdgeHistogram(optional: fields.optionalObject("histogram"))
    curve = try RunReport.EdgeCurve(optional: fields.optionalObject("curve"))
    calibration = try RunReport.EdgeCalibration(optional: fields.optionalObject("calibration"))
    layerPairs = try RunReport.EdgeLayerPair.pairs(optional: fields.optionalObject("layerPairs"))
  }
}

extension RunReport.EdgeEvent {
  var json: JSONValue {
    let ofPass = [
      ("candidates", candidates), ("truePairs", truePairs), ("skipping", skipping),
    ].compactMap { name, count in
      count.map { JSONMember(name: name, value: .integer($0)) }
    }
    return .object(
      [
        JSONMember(name: "event", value: .integer(event)),
        JSONMember(name: "nodes", value: .integer(nodes)),
        JSONMember(name: "edges", value: .integer(edges)),
        JSONMember(name: "trueEdges", value: .integer(trueEdges)),
        JSONMember(name: "auc", value: .measured(auc)),
        JSONMember(name: "averagePrecision", value: .measured(averagePrecision)),
        JSONMember(name: "purity", value: .measured(purity)),
        JSONMember(name: "efficiency", value: .measured(efficiency)),
        JSONMember(name: "accuracy", value: .measured(accuracy)),
      ] + ofPass)
  }

  init(_ fields: ReportFields) throws(ReportError) {
    event = try fields.integer("event")
    nodes = try fields.integer("nodes")
    edges = try fields.integer("edges")
    trueEdges = try fields.integer("trueEdges")
    auc = try fields.optionalNumber("auc")
    averagePrecision = try fields.optionalNumber("averagePrecision")
    purity = try fields.optionalNumber("purity")
    efficiency = try fields.optionalNumber("efficiency")
    accuracy = try fields.optionalNumber("accuracy")
    candidates = try fields.optionalInteger("candidates")
    truePairs = try fields.optionalInteger("truePairs")
    skipping = try fields.optionalInteger("skipping")
  }
}

extension RunReport.EdgeHistogram {
  var json: JSONValue {
    .object([
      "binEdges": .list(binEdges), "true": .list(trueEdges), "false": .list(falseEdges),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    binEdges = try fields.numbers("binEdges")
    trueEdges = try fields.integers("true")
    falseEdges = try fields.integers("false")
    try fields.checkBins(trueEdges.count, "true", binEdges: binEdges)
    try fields.checkBins(falseEdges.count, "false", binEdges: binEdges)
  }
}

extension ReportFields {
  /// Throws unless a list holds one number for each bin.
  func checkBins(_ count: Int, _ name: String, binEdges: [Double]) throws(ReportError) {
    try check(count, name, isOf: max(0, binEdges.count - 1), "a bin")
  }

  /// Throws unless a list is as long as those beside it.
  func check(_ count: Int, _ name: String, isOf expected: Int, _ each: String) throws(ReportError) {
    guard count == expected else {
      throw .unexpected(
        path: path(of: name), expected: "a list of \(expected) numbers, one \(each)",
        found: "one of \(count)")
    }
  }
}
