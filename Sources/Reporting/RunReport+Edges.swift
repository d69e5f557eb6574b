import JSONDocument

extension RunReport {
  /// How well a stage tells true edges from false ones, event by event.
  public struct Edges: Sendable, Equatable {
    public var stage: String
    /// The probability above which an edge counts as kept in purity and efficiency.
    public var threshold: Double?
    public var events: [EdgeEvent]
    public var histogram: EdgeHistogram?

    public init(
      stage: String, threshold: Double?, events: [EdgeEvent], histogram: EdgeHistogram? = nil
    ) {
      self.stage = stage
      self.threshold = threshold
      self.events = events
      self.histogram = histogram
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

    public init(
      event: Int, nodes: Int, edges: Int, trueEdges: Int, auc: Double? = nil,
      averagePrecision: Double? = nil, purity: Double? = nil, efficiency: Double? = nil,
      accuracy: Double? = nil
    ) {
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
    ])
  }

  init(_ fields: ReportFields) throws(ReportError) {
    stage = try fields.string("stage")
    threshold = try fields.optionalNumber("threshold")
    events = try fields.objects("events", RunReport.EdgeEvent.init)
    histogram = try RunReport.EdgeHistogram(optional: fields.optionalObject("histogram"))
  }
}

extension RunReport.EdgeEvent {
  var json: JSONValue {
    .object([
      "event": .integer(event),
      "nodes": .integer(nodes),
      "edges": .integer(edges),
      "trueEdges": .integer(trueEdges),
      "auc": .measured(auc),
      "averagePrecision": .measured(averagePrecision),
      "purity": .measured(purity),
      "efficiency": .measured(efficiency),
      "accuracy": .measured(accuracy),
    ])
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
    let bins = max(0, binEdges.count - 1)
    guard count == bins else {
      throw .unexpected(
        path: path(of: name), expected: "a list of \(bins) numbers, one a bin",
        found: "one of \(count)")
    }
  }
}
