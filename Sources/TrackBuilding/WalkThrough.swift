import GraphConstruction

/// Tracks in two steps: chains without a branching as they are, then walks from the likeliest edges through the rest.
///
/// 1. Edges at the low cut or below are dropped. A connected component of what is kept in which no
///    hit has more than one edge inwards and one outwards is a chain, and a track.
/// 2. In the other components the edges above the start cut are taken from the likeliest down. One
///    whose hits are both free starts a walk: from its outer hit outwards, and from its inner hit
///    inwards, always along the likeliest kept edge above the walk cut that leads to a free hit. Both
///    ways end where there is none. The walk's hits are taken if it is long enough; otherwise they stay
///    free, and the next edge has its turn.
///
/// Of equal edges the one of the lower index goes first, in starts and in walks. Every cut is strict.
///
/// Source: the "CC and Walk" track building of acorn (Exa.TrkX, GNN4ITk), after its first step. There a
/// walk starts at a hit without edges inwards, goes outwards only, along the likeliest edge and every
/// other one above a second cut, and the longest way wins; here the likeliest edge starts and there is one way.
public struct WalkThrough: Sendable {
  /// Edges at this probability or below are dropped.
  public var lowCut: Float
  /// A walk goes along edges above this.
  public var walkCut: Float
  /// A walk starts with an edge above this.
  public var startCut: Float
  /// Shorter chains and walks are no tracks.
  public var minimumHits: Int

  /// The cuts are those of acorn's configurations: 0.01, 0.1 and 0.6.
  public init(
    lowCut: Float = 0.01, walkCut: Float = 0.1, startCut: Float = 0.6, minimumHits: Int = 3
  ) {
    self.lowCut = lowCut
    self.walkCut = walkCut
    self.startCut = startCut
    self.minimumHits = minimumHits
  }

  /// The tracks of a graph: the chains in the order of their first nodes, then the walks in the order of their starts.
  ///
  /// - Parameters:
  ///   - graph: the graph to walk on.
  ///   - probabilities: how likely each edge is true, [edges].
  /// - Complexity: O(nodes + e log e) for e kept edges, and the edges along the walks.
  public func tracks(graph: HitGraph, probabilities: [Float]) -> TrackCandidates {
    precondition(probabilities.count == graph.edgeCount, "one probability an edge")
    let kept = KeptEdges(graph: graph, probabilities: probabilities, above: lowCut)
    var tracks = TrackCandidates(
      trackOfNode: [Int32](repeating: -1, count: graph.nodeCount), count: 0)
    let isOnChain = takeChains(of: kept, into: &tracks)
    for edge in kept.likeliestFirst(above: startCut) {
      let (start, end) = (Int(kept.start[edge]), Int(kept.end[edge]))
      guard !isOnChain[start], tracks.trackOfNode[start] < 0, tracks.trackOfNode[end] < 0 else {
        continue
      }
      let inner = walk(from: start, along: kept.inwards, of: kept, avoiding: tracks)
      let outer = walk(from: end, along: kept.outwards, of: kept, avoiding: tracks)
      tracks.add(inner + outer, ifAtLeast: minimumHits)
    }
    return tracks
  }

  /// Makes tracks of the components without a branching; tells which nodes are in such a component.
  private func takeChains(of kept: KeptEdges, into tracks: inout TrackCandidates) -> [Bool] {
    let nodes = 0..<tracks.trackOfNode.count
    var sets = DisjointSets(count: nodes.count)
    for edge in kept.outwards.edges { sets.join(Int(kept.start[edge]), Int(kept.end[edge])) }
    var isChain = [Bool](repeating: true, count: nodes.count)
    for node in nodes where kept.inwards[node].count > 1 || kept.outwards[node].count > 1 {
      isChain[sets.root(of: node)] = false
    }
    var isOnChain = [Bool](repeating: false, count: nodes.count)
    for node in nodes where isChain[sets.root(of: node)] {
      isOnChain[node] = true
      // A chain begins where nothing leads inwards.
      guard kept.inwards[node].isEmpty else { continue }
      var chain = [node]
      while let edge = kept.outwards[chain[chain.count - 1]].first {
        chain.append(Int(kept.end[edge]))
      }
      tracks.add(chain, ifAtLeast: minimumHits)
    }
    return isOnChain
  }

  /// The hits of a walk in one direction, its first one included.
  private func walk(
    from first: Int, along rows: KeptEdges.Rows, of kept: KeptEdges,
    avoiding tracks: TrackCandidates
  ) -> [Int] {
    var walk = [first]
    while true {
      let current = walk[walk.count - 1]
      var (best, bestNode) = (walkCut, -1)
      for edge in rows[current] where kept.probabilities[edge] > best {
        let node = kept.other(than: current, of: edge)
        if tracks.trackOfNode[node] < 0 { (best, bestNode) = (kept.probabilities[edge], node) }
      }
      guard bestNode >= 0 else { return walk }
      walk.append(bestNode)
    }
  }
}

extension TrackCandidates {
  /// Makes a track of free nodes, if they are enough.
  fileprivate mutating func add(_ nodes: [Int], ifAtLeast minimumHits: Int) {
    guard nodes.count >= minimumHits else { return }
    for node in nodes { trackOfNode[node] = Int32(count) }
    count += 1
  }
}
