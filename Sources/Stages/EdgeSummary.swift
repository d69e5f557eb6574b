import JSONDocument
import TrackScoring

/// Counts of classified edges as a summary holds them, and back.
enum EdgeSummary {
  /// The occupied bins alone, `first` being the number of the first of them.
  static func json(of counts: EdgeScoreCounts) -> JSONValue {
    let occupied = counts.trueEdges.indices.filter {
      counts.trueEdges[$0] + counts.falseEdges[$0] > 0
    }
    guard let first = occupied.first, let last = occupied.last else {
      return ["first": 0, "true": [], "false": []]
    }
    return [
      "first": .integer(first),
      "true": .array(counts.trueEdges[first...last].map { .integer($0) }),
      "false": .array(counts.falseEdges[first...last].map { .integer($0) }),
    ]
  }

  /// Nil where there are none, or they do not fit the bins.
  static func counts(of json: JSONValue?) -> EdgeScoreCounts? {
    guard let json, let first = json["first"]?.intValue else { return nil }
    let (trueEdges, falseEdges) = (json.integers("true"), json.integers("false"))
    let behind = EdgeScoreCounts.binCount - first - trueEdges.count
    guard first >= 0, behind >= 0, trueEdges.count == falseEdges.count else { return nil }
    func filled(_ counts: [Int]) -> [Int] {
      [Int](repeating: 0, count: first) + counts + [Int](repeating: 0, count: behind)
    }
    return EdgeScoreCounts(trueEdges: filled(trueEdges), falseEdges: filled(falseEdges))
  }

  /// Edges by the names of their layers, column by column.
  ///
  /// - Parameter hasFalse: whether all false edges are known, or the kept ones alone.
  static func json(
    of cuts: [LayerPairCut], hasFalse: Bool = true, name: (Int32) -> String
  ) -> JSONValue {
    func counts(_ value: (EdgeCut) -> Int) -> JSONValue {
      .array(cuts.map { .integer(value($0.cut)) })
    }
    return [
      "from": .array(cuts.map { .string(name($0.from)) }),
      "to": .array(cuts.map { .string(name($0.to)) }),
      "true": counts(\.trueEdges), "false": hasFalse ? counts(\.falseEdges) : .null,
      "keptTrue": counts(\.keptTrueEdges), "keptFalse": counts(\.keptFalseEdges),
    ]
  }
}
