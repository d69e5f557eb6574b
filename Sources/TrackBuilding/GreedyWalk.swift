import GraphConstruction

/// Tracks walked outwards from the innermost layer, always along the likeliest edge.
///
/// Every node of the innermost layer is a seed, in the graph's order. From the last node the walk
/// takes the likeliest edge that is above the threshold, leads to a node of no track, and to a
/// larger radius; of equals the first. A walk's nodes are taken only if it is long enough to be kept.
public enum GreedyWalk {
  /// An edge must lead outwards by more than this, in units of 1000 mm (0.1 mm).
  static let minimumRadiusStep: Float = 0.0001

  /// The tracks of a graph, numbered in the order of their seeds.
  ///
  /// - Parameters:
  ///   - graph: the graph to walk on; its radius feature is compared in single precision.
  ///   - probabilities: how likely each edge is true, [edges].
  ///   - threshold: an edge can be taken if its probability is above this, strictly.
  ///   - minimumHits: shorter walks are dropped and their nodes stay free.
  ///   - maximumSteps: a walk ends after so many edges.
  /// - Complexity: O(seeds * steps * edges a node).
  public static func tracks(
    graph: HitGraph, probabilities: [Float], threshold: Float, minimumHits: Int = 3,
    maximumSteps: Int = 15
  ) -> TrackCandidates {
    precondition(probabilities.count == graph.edgeCount, "one probability an edge")
    var trackOfNode = [Int32](repeating: -1, count: graph.nodeCount)
    var count = 0
    var walk: [Int] = []
    for seed in 0..<graph.nodeCount {
      guard graph.layer[seed] == graph.layer[0] else { break }
      guard trackOfNode[seed] < 0 else { continue }
      walk = [seed]
      var current = seed
      for _ in 0..<maximumSteps {
        let smallestRadius = radius(graph, current) + minimumRadiusStep
        var best = -1
        for edge in graph.edges(from: current)
        where probabilities[edge] > threshold
          && (best < 0 || probabilities[edge] > probabilities[best])
        {
          let end = Int(graph.end[edge])
          if trackOfNode[end] < 0 && radius(graph, end) > smallestRadius { best = edge }
        }
        guard best >= 0 else { break }
        current = Int(graph.end[best])
        walk.append(current)
      }
      guard walk.count >= minimumHits else { continue }
      for node in walk { trackOfNode[node] = Int32(count) }
      count += 1
    }
    return TrackCandidates(trackOfNode: trackOfNode, count: count)
  }

  private static func radius(_ graph: HitGraph, _ node: Int) -> Float {
    graph.features[node * HitGraph.featureCount + 3]
  }
}
