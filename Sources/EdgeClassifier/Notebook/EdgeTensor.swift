import GraphConstruction

/// The network's tensors in the order of PyTorch's state dict; `EdgeNetwork` says what each does.
enum EdgeTensor: Int, CaseIterable {
  case edgeWeight, edgeBias
  case normWeight, normBias, runningMean, runningVariance
  case logitWeight, logitBias
  case nodeWeight, nodeBias, featureWeight, featureBias

  static let features = HitGraph.featureCount

  var name: String {
    switch self {
    case .edgeWeight: "edge_mlp.0.weight"
    case .edgeBias: "edge_mlp.0.bias"
    case .normWeight: "edge_mlp.1.weight"
    case .normBias: "edge_mlp.1.bias"
    case .runningMean: "edge_mlp.1.running_mean"
    case .runningVariance: "edge_mlp.1.running_var"
    case .logitWeight: "edge_mlp.3.weight"
    case .logitBias: "edge_mlp.3.bias"
    case .nodeWeight: "node_mlp.0.weight"
    case .nodeBias: "node_mlp.0.bias"
    case .featureWeight: "node_mlp.2.weight"
    case .featureBias: "node_mlp.2.bias"
    }
  }

  func shape(hidden: Int) -> [Int] {
    switch self {
    case .edgeWeight: [hidden, 3 * Self.features]
    case .edgeBias, .normWeight, .normBias, .runningMean, .runningVariance, .nodeBias: [hidden]
    case .logitWeight: [1, hidden]
    case .logitBias: [1]
    case .nodeWeight: [hidden, Self.features + 1]
    case .featureWeight: [Self.features, hidden]
    case .featureBias: [Self.features]
    }
  }

  /// Whether the optimiser changes it.
  var isTrained: Bool { self != .runningMean && self != .runningVariance }
}
