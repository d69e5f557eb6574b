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
    let rows = try HitRows(truth: truth)
    var truthRow: [Int] = []
    var particle: [Int64] = []
    // Any negative number is no track; the lowest one marks a hit that is no node.
    var trackOfRow = [Int64](repeating: .min, count: truth.count)
    for hit in hitID {
      guard let row = rows.row(of: hit) else {
        throw .hitNotInTruth(hitID: hit, truthHits: truth.count)
      }
      guard trackOfRow[row] == .min else { throw .hitTwiceInSubmission(hitID: hit) }
      truthRow.append(row)
      particle.append(truth.particleID[row])
      trackOfRow[row] = truth.particleID[row] == 0 ? -1 : truth.particleID[row]
    }
    scoreOfPerfectHits = TrackMLScore(
      matching: TrackMatching(truth: truth, trackOfRow: trackOfRow))

    let component = Self.components(
      nodes: hitID.count, firstEdge: firstEdge, end: end, label: label)
    for node in hitID.indices { trackOfRow[truthRow[node]] = Int64(component[node]) }
    score = TrackMLScore(matching: TrackMatching(truth: truth, trackOfRow: trackOfRow))
    edges = end.count
    trueEdges = label.reduce(0) { $0 + Int($1) }
    possibleTrueEdges = Self.pairsOnNextLayers(particle: particle, layer: layer)
  }

  /// The smallest node that true edges join each node to.
  private static func components(
    nodes: Int, firstEdge: [Int32], end: [Int32], label: [UInt8]
  ) -> [Int] {
    var parent = Array(0..<nodes)
    func root(_ node: Int, _ parent: inout [Int]) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    for start in 0..<nodes {
      for edge in Int(firstEdge[start])..<Int(firstEdge[start + 1]) where label[edge] != 0 {
        let a = root(start, &parent)
        let b = root(Int(end[edge]), &parent)
        parent[max(a, b)] = min(a, b)
      }
    }
    return (0..<nodes).map { root($0, &parent) }
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
