import GraphConstruction

/// Tracks as the connected components of the edges that are likely enough.
public enum ConnectedComponents {
  /// The components of the edges above a threshold, numbered by their first nodes.
  ///
  /// - Parameters:
  ///   - graph: the graph whose nodes are joined.
  ///   - probabilities: how likely each edge is true, [edges].
  ///   - threshold: an edge counts if its probability is above this, strictly.
  ///   - minimumHits: components with fewer nodes are no tracks; at 1 a node without edges is one.
  /// - Complexity: O(nodes + edges), nearly.
  public static func tracks(
    graph: HitGraph, probabilities: [Float], threshold: Float, minimumHits: Int = 1
  ) -> TrackCandidates {
    precondition(probabilities.count == graph.edgeCount, "one probability an edge")
    var sets = DisjointSets(count: graph.nodeCount)
    for node in 0..<graph.nodeCount {
      for edge in graph.edges(from: node) where probabilities[edge] > threshold {
        sets.join(node, Int(graph.end[edge]))
      }
    }
    var size = [Int32](repeating: 0, count: graph.nodeCount)
    for node in 0..<graph.nodeCount { size[sets.root(of: node)] += 1 }
    var trackOfNode = [Int32](repeating: -1, count: graph.nodeCount)
    var count = 0
    for node in 0..<graph.nodeCount {
      let root = sets.root(of: node)
      guard size[root] >= minimumHits else { continue }
      // A root is its set's smallest node, so it is met, and numbered, before the others.
      if root == node {
        trackOfNode[node] = Int32(count)
        count += 1
      } else {
        trackOfNode[node] = trackOfNode[root]
      }
    }
    return TrackCandidates(trackOfNode: trackOfNode, count: count)
  }
}

/// Sets of nodes that can be joined; the root of a set is its smallest member.
struct DisjointSets {
  private var parent: [Int32]

  init(count: Int) { parent = (0..<Int32(count)).map { $0 } }

  mutating func root(of node: Int) -> Int {
    var node = Int32(node)
    while parent[Int(node)] != node {
      parent[Int(node)] = parent[Int(parent[Int(node)])]
      node = parent[Int(node)]
    }
    return Int(node)
  }

  mutating func join(_ a: Int, _ b: Int) {
    let a = root(of: a)
    let b = root(of: b)
    parent[max(a, b)] = Int32(min(a, b))
  }
}
