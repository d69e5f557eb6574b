import GraphConstruction

/// The edges of a graph above a cut, to be followed from a hit outwards and inwards.
struct KeptEdges {
  /// Edges in rows, one a node, each in the order of the edges' indices.
  struct Rows {
    var first: [Int32]
    var edges: [Int]

    subscript(node: Int) -> ArraySlice<Int> { edges[Int(first[node])..<Int(first[node + 1])] }
  }

  /// How likely each edge of the graph is true, [edges].
  let probabilities: [Float]
  /// The inner and the outer node of each edge of the graph, [edges].
  let start: [Int32]
  let end: [Int32]
  /// The kept edges that lead outwards from each node, and those that lead inwards.
  let outwards: Rows
  let inwards: Rows

  init(graph: HitGraph, probabilities: [Float], above cut: Float) {
    self.probabilities = probabilities
    (start, end) = (graph.start, graph.end)
    let kept = graph.end.indices.filter { probabilities[$0] > cut }
    outwards = Self.rows(of: kept, by: start, nodes: graph.nodeCount)
    inwards = Self.rows(of: kept, by: end, nodes: graph.nodeCount)
  }

  /// The node at the other end of an edge.
  func other(than node: Int, of edge: Int) -> Int {
    Int(start[edge]) == node ? Int(end[edge]) : Int(start[edge])
  }

  /// The kept edges above a higher cut, the likeliest first, of equals the first.
  func likeliestFirst(above cut: Float) -> [Int] {
    outwards.edges.filter { probabilities[$0] > cut }
      .sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
  }

  private static func rows(of edges: [Int], by node: [Int32], nodes: Int) -> Rows {
    var first = [Int32](repeating: 0, count: nodes + 1)
    for edge in edges { first[Int(node[edge]) + 1] += 1 }
    for row in 0..<nodes { first[row + 1] += first[row] }
    var next = first
    var placed = [Int](repeating: 0, count: edges.count)
    for edge in edges {
      placed[Int(next[Int(node[edge])])] = edge
      next[Int(node[edge])] += 1
    }
    return Rows(first: first, edges: placed)
  }
}
