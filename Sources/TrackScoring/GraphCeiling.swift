import EventData

/// The most that a graph's edges allow: what would be scored if each were judged rightly.
public struct GraphCeiling: Sendable, Equatable {
  /// The score of the components that exactly the true edges make.
  public let score: TrackMLScore
  /// The score if every node were given its particle: the limit that the choice of hits sets.
  public let scoreOfPerfectHits: TrackMLScore
  public let edges: Int
  public let trueEdges: Int
  /// Pairs of nodes of one particle, noise apart, on layers that follow each other in the graph.
  public let possibleTrueEdges: Int

  /// True edges / edges; nil if there is no edge.
  public var edgePurity: Double? { edges == 0 ? nil : Double(trueEdges) / Double(edges) }

  /// True edges / possible true edges; nil if there is none.
  public var edgeEfficiency: Double? {
    possibleTrueEdges == 0 ? nil : Double(trueEdges) / Double(possibleTrueEdges)
  }

  /// The ceiling of a graph in compressed rows.
  ///
  /// - Parameters:
  ///   - hitID: the hit of each node, [nodes].
  ///   - layer: 100 * volume + layer of each node, [nodes].
  ///   - firstEdge: first edge of each node, [nodes + 1].
  ///   - end: end node of each edge, [edges].
  ///   - label: 1 for true edges, [edges].
  ///   - truth: the truth of the whole event: both scores are shares of it.
  /// - Throws: `TrackScoringError` where a node's hit is not in the truth or is two nodes.
  public init(
    hitID: [Int32], layer: [Int32], firstEdge: [Int32], end: [Int32], label: [UInt8],
    truth: TruthTable
  ) throws(TrackScoringError) {
    let nodes = try GraphNodes(hitID: hitID, truth: truth)
    scoreOfPerfectHits = TrackMLScore(matching: nodes.perfectMatching)
    score = TrackMLScore(
      matching: nodes.matchingOfComponents(firstEdge: firstEdge, end: end, keeps: label))
    edges = end.count
    trueEdges = label.reduce(0) { $0 + Int($1) }
    possibleTrueEdges = Self.pairsOnNextLayers(particle: nodes.particle, layer: layer)
  }

  private static func pairsOnNextLayers(particle: [Int64], layer: [Int32]) -> Int {
    let order = Set(layer).sorted()
    let rank = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    let nodes = particle.indices.filter { particle[$0] != 0 }
      .map { (particle: particle[$0], rank: rank[layer[$0]] ?? 0) }
      .sorted { ($0.particle, $0.rank) < ($1.particle, $1.rank) }
    var pairs = 0
    var before = (particle: Int64(0), rank: 0, count: 0)
    var node = 0
    while node < nodes.count {
      let first = nodes[node]
      var count = 0
      while node < nodes.count && nodes[node] == first {
        count += 1
        node += 1
      }
      if before.particle == first.particle && before.rank + 1 == first.rank {
        pairs += before.count * count
      }
      before = (first.particle, first.rank, count)
    }
    return pairs
  }
}
