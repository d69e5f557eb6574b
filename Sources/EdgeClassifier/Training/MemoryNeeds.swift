import GraphConstruction

extension EdgeModel {
  /// Bytes that a prepared graph takes, about.
  public func graphBytes(nodes: Int, edges: Int) -> Int {
    switch self {
    case .notebook: 25 * edges + 100 * nodes
    case .messagePassing(let network, _):
      (25 + 4 * network.configuration.edgeInputs) * edges
        + (32 + 4 * HitGraph.featureCount + 4 * network.configuration.nodeInputs
          + 16 * network.configuration.groups) * nodes
    }
  }

  /// Bytes of scratch that one training step takes, about.
  public func stepBytes(nodes: Int, edges: Int) -> Int {
    switch self {
    case .notebook(let network):
      // Node terms and sums, and the partitions' rows, of which a node has six or so.
      let perPass = network.configuration.passes > 1 ? 2 : 1
      return 8 * edges + 4 * nodes * Perceptron.padded(network.configuration.hidden) * 10 * perPass
    case .messagePassing(let network, _):
      return network.configuration.stepBytes(nodes: nodes, edges: edges)
    }
  }
}

extension MessagePassingConfiguration {
  fileprivate func stepBytes(nodes: Int, edges: Int) -> Int {
    let row = 4 * Perceptron.padded(hidden)
    let old = skip == .concatenated ? 1 : 0
    // Batch norm has to see all rows before any goes on, so their hidden layers are stored.
    let whole = norm == .batch ? 3 * (layers - 1) : 0
    let perEdge = passes + 3 + old + whole
    let perPass = 3 + (normalisesStates ? 2 : 0) + 2 * groups
    let perNode = passes * perPass + 8 + old + whole + 4 * groups
    return edges * (perEdge * row + 8 + (hasGates ? 8 * passes : 0)) + nodes * perNode * row
  }
}
