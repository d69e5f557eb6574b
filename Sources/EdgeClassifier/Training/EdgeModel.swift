import GraphConstruction

/// A network that tells true edges from false ones, of either architecture.
public enum EdgeModel: Sendable, Equatable {
  case notebook(EdgeNetwork)
  case messagePassing(MessagePassingNetwork, HitFeatureList)

  /// All weights and statistics under PyTorch's names, in the order of its state dict.
  public internal(set) var tensors: [NamedTensor] {
    get {
      switch self {
      case .notebook(let network): network.tensors
      case .messagePassing(let network, _): network.tensors
      }
    }
    set {
      switch self {
      case .notebook(var network):
        network.tensors = newValue
        self = .notebook(network)
      case .messagePassing(var network, let features):
        network.tensors = newValue
        self = .messagePassing(network, features)
      }
    }
  }

  /// The same architecture with other weights.
  ///
  /// - Throws: `EdgeClassifierError` where a tensor is missing, unknown, of another shape or not
  ///   finite.
  public func with(tensors: [NamedTensor]) throws(EdgeClassifierError) -> EdgeModel {
    switch self {
    case .notebook(let network):
      .notebook(try EdgeNetwork(configuration: network.configuration, tensors: tensors))
    case .messagePassing(let network, let features):
      .messagePassing(
        try MessagePassingNetwork(configuration: network.configuration, tensors: tensors), features)
    }
  }

  public func isTrained(_ tensor: Int) -> Bool {
    switch self {
    case .notebook: EdgeTensor.allCases[tensor].isTrained
    case .messagePassing(let network, _): network.isTrained(tensor)
    }
  }

  public var parameterCount: Int {
    tensors.indices.reduce(0) { $0 + (isTrained($1) ? tensors[$1].values.count : 0) }
  }

  /// Multiply-adds of one forward pass, as the loops do it.
  public func multiplyAdds(nodes: Int, edges: Int) -> Int {
    switch self {
    case .notebook(let network): network.configuration.multiplyAdds(nodes: nodes, edges: edges)
    case .messagePassing(let network, _):
      network.configuration.multiplyAdds(nodes: nodes, edges: edges)
    }
  }

  /// The graph in the form in which this network's loops take it.
  ///
  /// - Throws: `EdgeClassifierError.missingTruth` where the weighting asks for what the graph does
  ///   not say.
  public func prepared(
    _ graph: HitGraph, weighting: EdgeWeighting = EdgeWeighting(), threads: Int = 1
  ) throws(EdgeClassifierError) -> TrainingGraph {
    let weights = try weighting.weights(of: graph)
    switch self {
    case .notebook: return .notebook(PreparedGraph(graph, weights: weights, threads: threads))
    case .messagePassing(_, let features):
      return .messagePassing(MessageGraph(graph, features: features, weights: weights))
    }
  }

  /// Logits of a graph's edges in the graph's order, with the running statistics.
  public func logits(graph: HitGraph, threads: Int = 1, kernels: Kernels = .current) -> [Float] {
    switch self {
    case .notebook(let network):
      network.logits(graph: graph, threads: threads, kernels: kernels)
    case .messagePassing(let network, let features):
      network.logits(
        graph: MessageGraph(graph, features: features), threads: threads, kernels: kernels)
    }
  }

  /// The chance of each edge to be true, in the graph's order, with the running statistics.
  public func probabilities(
    graph: HitGraph, threads: Int = 1, kernels: Kernels = .current
  ) -> [Float] {
    kernels.probabilities(of: logits(graph: graph, threads: threads, kernels: kernels))
  }

  // MARK: - Training

  /// Loss and gradient of one event in training mode; moves running statistics on.
  mutating func step(
    _ graph: TrainingGraph, loss: EdgeLoss, context: ComputeContext
  ) -> TrainingStep {
    switch (self, graph) {
    case (.notebook(var network), .notebook(let graph)):
      let step = network.step(EdgeLoop(graph: graph, context: context), loss: loss)
      self = .notebook(network)
      return TrainingStep(
        loss: step.loss, logit: step.logit, gradient: step.gradient.values)
    case (.messagePassing(var network, let features), .messagePassing(let graph)):
      let step = network.step(graph, loss: loss, context: context)
      self = .messagePassing(network, features)
      return step
    default: preconditionFailure("a graph is prepared by the network that is trained on it")
    }
  }

  /// Mean loss and logits of one event in evaluation mode.
  func evaluation(
    _ graph: TrainingGraph, loss: EdgeLoss, context: ComputeContext
  ) -> (loss: Double, logit: FloatBuffer) {
    switch (self, graph) {
    case (.notebook(let network), .notebook(let graph)):
      network.evaluation(EdgeLoop(graph: graph, context: context), loss: loss)
    case (.messagePassing(let network, _), .messagePassing(let graph)):
      network.evaluation(graph, loss: loss, context: context)
    default: preconditionFailure("a graph is prepared by the network that judges it")
    }
  }

  /// Whether its inputs have a mean and a scale of their own already, or need none.
  var isStandardised: Bool {
    guard case .messagePassing(let network, _) = self else { return true }
    return network.isStandardised
  }

  /// Takes mean and scale of the inputs from those of the training events.
  mutating func standardise(by moments: InputMoments) {
    guard case .messagePassing(var network, let features) = self else { return }
    network.standardise(by: moments)
    self = .messagePassing(network, features)
  }
}

/// What one event gives in training.
struct TrainingStep {
  var loss: Double
  /// In the workspace: valid until its next use.
  var logit: FloatBuffer
  /// By tensor; empty where the loss does not depend on it.
  var gradient: [[Double]]
}

/// A graph in the form that a network takes.
public enum TrainingGraph: Sendable {
  case notebook(PreparedGraph)
  case messagePassing(MessageGraph)

  public var nodeCount: Int {
    switch self {
    case .notebook(let graph): graph.nodeCount
    case .messagePassing(let graph): graph.nodeCount
    }
  }

  public var edgeCount: Int { label.count }

  /// 1 for true edges, [edges], in the prepared order.
  public var label: [UInt8] {
    switch self {
    case .notebook(let graph): graph.label
    case .messagePassing(let graph): graph.label
    }
  }

  public var trueEdgeCount: Int {
    switch self {
    case .notebook(let graph): graph.trueEdgeCount
    case .messagePassing(let graph): graph.trueEdgeCount
    }
  }

  /// What the edges count in the loss, in the prepared order; nil for all the same.
  public var weights: EdgeWeights? {
    switch self {
    case .notebook(let graph): graph.weights
    case .messagePassing(let graph): graph.weights
    }
  }

  func changed(by change: EventChange, threads: Int) -> TrainingGraph {
    switch self {
    case .notebook(let graph): .notebook(graph.changed(by: change, threads: threads))
    case .messagePassing(let graph): .messagePassing(graph.changed(by: change))
    }
  }
}
