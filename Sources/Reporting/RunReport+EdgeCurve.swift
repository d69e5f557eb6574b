import JSONDocument

extension RunReport {
  /// What cuts on the score of edges keep, at increasing thresholds; from it come all curves.
  public struct EdgeCurve: Sendable, Equatable {
    /// A cut, and how many edges are kept by it.
    public struct Point: Sendable, Equatable {
      /// Edges of a higher logit are kept.
      public var logit: Double
      public var keptTrue: Int
      public var keptFalse: Int

      public init(logit: Double, keptTrue: Int, keptFalse: Int) {
        self.logit = logit
        self.keptTrue = keptTrue
        self.keptFalse = keptFalse
      }
    }

    /// True edges whose score is known.
    public var trueEdges: Int
    /// False edges whose score is known.
    public var falseEdges: Int
    /// What the efficiency is a share of; more than `trueEdges` where some were lost before.
    public var truePairs: Int
    /// By increasing logit.
    public var points: [Point]
    /// The cut that the run made.
    public var inForce: Point?

    public init(
      trueEdges: Int, falseEdges: Int, truePairs: Int, points: [Point], inForce: Point? = nil
    ) {
      self.trueEdges = trueEdges
      self.falseEdges = falseEdges
      self.truePairs = truePairs
      self.points = points
      self.inForce = inForce
    }
  }
}

extension RunReport.EdgeCurve {
  /// True edges kept over true pairs.
  public func efficiency(_ point: Point) -> Double? { Self.share(point.keptTrue, truePairs) }

  /// True edges kept over true edges: the true-positive share.
  public func trueShare(_ point: Point) -> Double? { Self.share(point.keptTrue, trueEdges) }

  /// False edges kept over false edges: the false-positive share.
  public func falseShare(_ point: Point) -> Double? { Self.share(point.keptFalse, falseEdges) }

  /// True edges kept over edges kept.
  public func purity(_ point: Point) -> Double? {
    Self.share(point.keptTrue, point.keptTrue + point.keptFalse)
  }

  /// The harmonic mean of purity and efficiency: twice the true edges kept over edges kept and true pairs.
  public func f1(_ point: Point) -> Double? {
    Self.share(2 * point.keptTrue, point.keptTrue + point.keptFalse + truePairs)
  }

  private static func share(_ part: Int, _ whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}

extension RunReport.EdgeCurve {
  /// Counts to compute with, and beside them the shares that follow.
  var json: JSONValue {
    func column(_ value: (Point) -> Double?) -> JSONValue {
      .array(points.map { .measured(value($0)) })
    }
    return .object([
      "trueEdges": .integer(trueEdges), "falseEdges": .integer(falseEdges),
      "truePairs": .integer(truePairs), "inForce": inForce?.json ?? .null,
      "logit": .list(points.map(\.logit)), "keptTrue": .list(points.map(\.keptTrue)),
      "keptFalse": .list(points.map(\.keptFalse)), "trueShare": column(trueShare),
      "falseShare": column(falseShare), "efficiency": column(efficiency),
      "purity": column(purity), "f1": column(f1),
    ])
  }

  init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    let logits = try fields.numbers("logit")
    let (keptTrue, keptFalse) = (try fields.integers("keptTrue"), try fields.integers("keptFalse"))
    try fields.check(keptTrue.count, "keptTrue", isOf: logits.count, "a threshold")
    try fields.check(keptFalse.count, "keptFalse", isOf: logits.count, "a threshold")
    self.init(
      trueEdges: try fields.integer("trueEdges"), falseEdges: try fields.integer("falseEdges"),
      truePairs: try fields.integer("truePairs"),
      points: logits.indices.map {
        Point(logit: logits[$0], keptTrue: keptTrue[$0], keptFalse: keptFalse[$0])
      }, inForce: try Point(optional: fields.optionalObject("inForce")))
  }
}

extension RunReport.EdgeCurve.Point {
  /// A threshold that no logit has is null.
  fileprivate var json: JSONValue {
    .object([
      "logit": .measured(logit), "keptTrue": .integer(keptTrue), "keptFalse": .integer(keptFalse),
    ])
  }

  fileprivate init?(optional fields: ReportFields?) throws(ReportError) {
    guard let fields else { return nil }
    logit = try fields.number("logit")
    keptTrue = try fields.integer("keptTrue")
    keptFalse = try fields.integer("keptFalse")
  }
}
