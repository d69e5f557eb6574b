import JSONDocument

extension RunReport {
  /// The edges from one layer to another, and what the cut keeps of them.
  public struct EdgeLayerPair: Sendable, Equatable {
    /// Names of the layers, such as 8/2 for layer 2 of volume 8.
    public var from: String
    public var to: String
    /// What the efficiency is a share of.
    public var truePairs: Int
    /// nil where only those that were kept are known.
    public var falseEdges: Int?
    public var keptTrue: Int
    public var keptFalse: Int

    public init(
      from: String, to: String, truePairs: Int, falseEdges: Int?, keptTrue: Int, keptFalse: Int
    ) {
      self.from = from
      self.to = to
      self.truePairs = truePairs
      self.falseEdges = falseEdges
      self.keptTrue = keptTrue
      self.keptFalse = keptFalse
    }

    /// True edges kept over edges kept.
    public var purity: Double? {
      keptTrue + keptFalse > 0 ? Double(keptTrue) / Double(keptTrue + keptFalse) : nil
    }

    /// True edges kept over true pairs.
    public var efficiency: Double? {
      truePairs > 0 ? Double(keptTrue) / Double(truePairs) : nil
    }

    var name: String { "\(from) → \(to)" }
  }
}

extension RunReport.EdgeLayerPair {
  static func json(of pairs: [RunReport.EdgeLayerPair]) -> JSONValue {
    .object([
      "from": .array(pairs.map { .string($0.from) }), "to": .array(pairs.map { .string($0.to) }),
      "truePairs": .list(pairs.map(\.truePairs)),
      "falseEdges": .array(pairs.map { .optional($0.falseEdges) }),
      "keptTrue": .list(pairs.map(\.keptTrue)), "keptFalse": .list(pairs.map(\.keptFalse)),
      "purity": .array(pairs.map { .measured($0.purity) }),
      "efficiency": .array(pairs.map { .measured($0.efficiency) }),
    ])
  }

  static func pairs(optional fields: ReportFields?) throws(ReportError) -> [Self] {
    guard let fields else { return [] }
    let (from, to) = (try fields.strings("from"), try fields.strings("to"))
    let truePairs = try fields.integers("truePairs")
    let falseEdges = try fields.optionalIntegers("falseEdges")
    let (keptTrue, keptFalse) = (try fields.integers("keptTrue"), try fields.integers("keptFalse"))
    for (name, count) in [
      ("to", to.count), ("truePairs", truePairs.count), ("falseEdges", falseEdges.count),
      ("keptTrue", keptTrue.count), ("keptFalse", keptFalse.count),
    ] {
      try fields.check(count, name, isOf: from.count, "a layer pair")
    }
    return from.indices.map {
      Self(
        from: from[$0], to: to[$0], truePairs: truePairs[$0], falseEdges: falseEdges[$0],
        keptTrue: keptTrue[$0], keptFalse: keptFalse[$0])
    }
  }
}
