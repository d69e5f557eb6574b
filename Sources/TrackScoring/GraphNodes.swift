import EventData

/// The nodes of a graph as rows of the truth, to match what the graph allows as if it were tracks.
struct GraphNodes {
  private let truth: TruthTable
  /// Row in the truth of each node, [nodes].
  private let row: [Int]
  /// Particle of each node, 0 for noise, [nodes].
  let particle: [Int64]

  /// - Parameter hitID: the hit of each node, [nodes].
  /// - Throws: `TrackScoringError` where a node's hit is not in the truth or is two nodes.
  init(hitID: [Int32], truth: TruthTable) throws(TrackScoringError) {
    let rows = try HitRows(truth: truth)
    var row: [Int] = []
    row.reserveCapacity(hitID.count)
    var isNode = [Bool](repeating: false, count: truth.count)
    for hit in hitID {
      guard let place = rows.row(of: hit) else {
        throw .hitNotInTruth(hitID: hit, truthHits: truth.count)
      }
      guard !isNode[place] else { throw .hitTwiceInSubmission(hitID: hit) }
      isNode[place] = true
      row.append(place)
    }
    self.truth = truth
    self.row = row
    particle = row.map { truth.particleID[$0] }
  }

  /// Every node given to its particle.
  var perfectMatching: TrackMatching { matching { particle[$0] == 0 ? -1 : particle[$0] } }

  /// The components that some edges make, as tracks.
  ///
  /// - Parameters:
  ///   - firstEdge: first edge of each node, [nodes + 1].
  ///   - end: end node of each edge, [edges].
  ///   - keeps: not 0 for the edges that join, [edges].
  func matchingOfComponents(firstEdge: [Int32], end: [Int32], keeps: [UInt8]) -> TrackMatching {
    let component = components(firstEdge: firstEdge, end: end, keeps: keeps)
    return matching { Int64(component[$0]) }
  }

  /// - Parameter track: of each node the number of its track, negative for none.
  private func matching(_ track: (Int) -> Int64) -> TrackMatching {
    var trackOfRow = [Int64](repeating: -1, count: truth.count)
    for node in row.indices { trackOfRow[row[node]] = track(node) }
    return TrackMatching(truth: truth, trackOfRow: trackOfRow)
  }

  /// The smallest node that kept edges join each node to.
  private func components(firstEdge: [Int32], end: [Int32], keeps: [UInt8]) -> [Int] {
    var parent = Array(row.indices)
    func root(_ node: Int, _ parent: inout [Int]) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    for start in row.indices {
      for edge in Int(firstEdge[start])..<Int(firstEdge[start + 1]) where keeps[edge] != 0 {
        let a = root(start, &parent)
        let b = root(Int(end[edge]), &parent)
        parent[max(a, b)] = min(a, b)
      }
    }
    return row.indices.map { root($0, &parent) }
  }
}
