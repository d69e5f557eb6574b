/// What a cut keeps of the edges between two layers.
public struct LayerPairCut: Sendable, Equatable {
  /// Numbers of the layers at which the edges start and end.
  public var from: Int32
  public var to: Int32
  public var cut: EdgeCut

  public init(from: Int32, to: Int32, cut: EdgeCut) {
    self.from = from
    self.to = to
    self.cut = cut
  }
}

extension EdgeMetrics {
  /// What a cut keeps of the edges of each pair of layers that has some, by the layers' numbers.
  ///
  /// - Parameters:
  ///   - from: number of the layer at which each edge starts, [edges].
  ///   - to: of that at which it ends, [edges].
  public static func cuts(
    from: [Int32], to: [Int32], scores: [Float], labels: [UInt8], above threshold: Float
  ) -> [LayerPairCut] {
    precondition(
      from.count == labels.count && to.count == labels.count && scores.count == labels.count,
      "two layers, one score and one label an edge")
    var places: [UInt64: Int] = [:]
    var cuts: [LayerPairCut] = []
    // Edges stand in the order of their layers, so that most are of the same pair as the one before.
    var last = (key: UInt64.max, place: 0)
    for edge in labels.indices {
      let key =
        UInt64(UInt32(bitPattern: from[edge])) << 32 | UInt64(UInt32(bitPattern: to[edge]))
      if cuts.isEmpty || key != last.key {
        if let known = places[key] {
          last = (key, known)
        } else {
          last = (key, cuts.count)
          places[key] = cuts.count
          cuts.append(
            LayerPairCut(from: from[edge], to: to[edge], cut: EdgeCut(threshold: threshold)))
        }
      }
      cuts[last.place].cut.count(isTrue: labels[edge] != 0, isKept: scores[edge] > threshold)
    }
    return cuts.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }
}
