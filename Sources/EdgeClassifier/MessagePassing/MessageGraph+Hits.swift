import GraphConstruction

extension MessageGraph {
  /// A hit graph, its nodes sorted by layer and azimuth so that neighbours are near in memory.
  ///
  /// - Parameters:
  ///   - graph: a valid one.
  ///   - features: which a network sees.
  ///   - weights: of the edges in the loss, in the graph's order.
  public init(_ graph: HitGraph, features: HitFeatureList, weights: EdgeWeights? = nil) {
    let order = PreparedGraph.nodeOrder(of: graph)
    let rows = EdgeRows(graph, order: order)
    let base = PreparedGraph.features(of: graph, order: order)
    var start = [Int32](repeating: 0, count: graph.edgeCount)
    for node in 0..<graph.nodeCount {
      for edge in rows.firstEdge[node]..<rows.firstEdge[node + 1] { start[Int(edge)] = Int32(node) }
    }
    let label = rows.edgeOrder.map { graph.label[Int($0)] }
    self.init(
      topology: MessageTopology(nodes: graph.nodeCount, start: start, end: rows.end),
      edgeOrder: rows.edgeOrder, label: label,
      weights: weights?.reordered(rows.edgeOrder, label: label),
      source: HitFeatures(features: features, base: base))
  }

  /// The same graph of an event that was turned or mirrored.
  ///
  /// One not made of hits is of features that know no direction: a turn leaves it as it is, and a
  /// mirror changes the signs of the columns that it names.
  func changed(by change: EventChange) -> MessageGraph {
    guard let source else {
      guard change.isMirrored, let mirror else { return self }
      return MessageGraph(
        self, nodeFeatures: nodeFeatures.negating(mirror.node, of: nodeInputs),
        edgeFeatures: edgeFeatures.negating(mirror.edge, of: edgeInputs), source: nil)
    }
    let changed = HitFeatures(
      features: source.features, base: change.applied(to: source.base))
    return MessageGraph(
      self, nodeFeatures: changed.nodeTable(), edgeFeatures: changed.edgeTable(topology),
      source: changed)
  }
}
