extension HitGraph {
  /// Checks everything that the rest of the program takes for granted about a graph.
  ///
  /// Graphs that are built here hold to it; one that was read from a file may not.
  /// - Throws: `GraphConstructionError.invalidGraph` with the first thing found wrong.
  /// - Complexity: O(nodes + edges).
  public func validate() throws(GraphConstructionError) {
    try validateSizes()
    try validateNodes()
    try validateTruth(hitWeight, "weights")
    try validateTruth(transverseMomentum, "transverse momenta")
    try validateEdges()
  }

  private func validateSizes() throws(GraphConstructionError) {
    try require(layer.count == nodeCount, "\(layer.count) layers for \(nodeCount) nodes")
    try require(
      features.count == nodeCount * Self.featureCount,
      "\(features.count) features for \(nodeCount) nodes of \(Self.featureCount)")
    try require(
      firstEdge.count == nodeCount + 1,
      "\(firstEdge.count) row starts for \(nodeCount) nodes, expected one more than nodes")
    try require(label.count == edgeCount, "\(label.count) labels for \(edgeCount) edges")
    try require(firstEdge[0] == 0, "the first row starts at edge \(firstEdge[0]), expected 0")
    try require(
      Int(firstEdge[nodeCount]) == edgeCount,
      "the rows end at edge \(firstEdge[nodeCount]) of \(edgeCount)")
  }

  private func validateNodes() throws(GraphConstructionError) {
    for node in 0..<nodeCount {
      try require(firstEdge[node] <= firstEdge[node + 1], "the row of node \(node) ends too early")
      if node > 0 {
        try require(layer[node - 1] <= layer[node], "node \(node) breaks the order of layers")
      }
    }
    if let place = features.firstIndex(where: { !$0.isFinite }) {
      throw .invalidGraph("a feature of node \(place / Self.featureCount) is not finite")
    }
    try require(Set(hitID).count == nodeCount, "a hit is more than one node")
  }

  private func validateTruth(_ values: [Float], _ what: String) throws(GraphConstructionError) {
    try require(
      values.isEmpty || values.count == nodeCount, "\(values.count) \(what) for \(nodeCount) nodes")
    if let node = values.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
      throw .invalidGraph(
        "among the \(what), node \(node) has \(values[node]); a finite number of at least 0 was expected"
      )
    }
  }

  private func validateEdges() throws(GraphConstructionError) {
    for node in 0..<nodeCount {
      var previous: Int32 = -1
      for edge in edges(from: node) {
        let end = end[edge]
        try require(end >= 0 && Int(end) < nodeCount, "edge \(edge) ends at no node: \(end)")
        try require(end > previous, "the ends of node \(node)'s edges do not increase")
        try require(layer[Int(end)] > layer[node], "edge \(edge) does not lead outwards")
        try require(label[edge] <= 1, "the label of edge \(edge) is \(label[edge]), not 0 or 1")
        previous = end
      }
    }
  }

  private func require(
    _ holds: Bool, _ reason: @autoclosure () -> String
  ) throws(GraphConstructionError) {
    guard holds else { throw .invalidGraph(reason()) }
  }
}
