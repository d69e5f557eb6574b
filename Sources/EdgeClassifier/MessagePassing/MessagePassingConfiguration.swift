/// The architecture of a message-passing network.
public struct MessagePassingConfiguration: Sendable, Equatable {
  /// What stands between a hidden linear layer and its rectifier.
  public enum Norm: String, Sendable, CaseIterable {
    case none
    /// Over the values of each row.
    case layer
    /// Over the rows of a graph; in evaluation with running statistics.
    case batch
  }

  /// How a pass keeps what was there before it.
  public enum Skip: String, Sendable, CaseIterable {
    case none
    /// The perceptron's output is added to the state.
    case residual
    /// The perceptrons see the encoders' output beside the state.
    case concatenated
  }

  /// Features of a node.
  public var nodeInputs: Int
  /// Features of an edge.
  public var edgeInputs: Int
  /// Width of the states and of all hidden layers.
  public var hidden: Int
  /// How often edges and nodes exchange messages.
  public var passes: Int
  /// Linear layers of each perceptron, 2 or 3.
  public var layers: Int
  public var norm: Norm
  public var skip: Skip
  /// Whether the states go through a layer norm of their own before each pass.
  public var normalisesStates: Bool
  /// Whether a node's sums take each edge through a gate that it sets itself.
  public var hasGates: Bool
  /// How many kinds of groups of nodes there are, whose sums the nodes see.
  public var groups: Int
  /// Whether all passes have the same weights.
  public var sharesWeights: Bool
  /// Whether the logit is added to one that the graph brings.
  public var addsToInitialLogit: Bool

  public init(
    nodeInputs: Int, edgeInputs: Int, hidden: Int = 64, passes: Int = 4, layers: Int = 2,
    norm: Norm = .layer, skip: Skip = .residual, normalisesStates: Bool = false,
    hasGates: Bool = false, groups: Int = 0, sharesWeights: Bool = false,
    addsToInitialLogit: Bool = false
  ) {
    self.nodeInputs = nodeInputs
    self.edgeInputs = edgeInputs
    self.hidden = hidden
    self.passes = passes
    self.layers = layers
    self.norm = norm
    self.skip = skip
    self.normalisesStates = normalisesStates
    self.hasGates = hasGates
    self.groups = groups
    self.sharesWeights = sharesWeights
    self.addsToInitialLogit = addsToInitialLogit
  }

  /// The network over edges and triplets: nodes are edges, edges are pairs of edges that share a hit.
  ///
  /// Groups are the edges that share their start hit, and those that share their end hit.
  public static func lineGraph(
    nodeInputs: Int, edgeInputs: Int, hidden: Int = 32, passes: Int = 4
  ) -> MessagePassingConfiguration {
    MessagePassingConfiguration(
      nodeInputs: nodeInputs, edgeInputs: edgeInputs, hidden: hidden, passes: passes,
      normalisesStates: true, hasGates: true, groups: 2, addsToInitialLogit: true)
  }

  func validate() throws(EdgeClassifierError) {
    func require(
      _ range: ClosedRange<Int>, _ name: String, _ value: Int
    ) throws(EdgeClassifierError) {
      guard range.contains(value) else {
        throw .invalidOption(
          name: name, value: String(value), expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    try require(1...1024, "nodeInputs", nodeInputs)
    try require(1...1024, "edgeInputs", edgeInputs)
    try require(1...1024, "hidden", hidden)
    try require(0...64, "passes", passes)
    try require(2...3, "layers", layers)
    try require(0...8, "groups", groups)
  }
}

extension MessagePassingConfiguration {
  /// Multiply-adds of one forward pass over a graph, as the loops do it: what depends on one node is
  /// computed once a node. A group's term is counted for each of its nodes, so with groups it is
  /// at most that.
  public func multiplyAdds(nodes: Int, edges: Int) -> Int {
    let h = hidden
    let rest = (layers - 2) * h * h
    let old = skip == .concatenated ? 2 : 1
    let encoders =
      nodes * (nodeInputs * h + rest + h * h) + edges * (edgeInputs * h + rest + h * h)
    let edgePass = edges * (old * h * h + rest + h * h) + nodes * 2 * old * h * h
    let gates = hasGates ? edges * 4 * h : 0
    let nodePass = nodes * ((old + 2 + groups) * h * h + rest + h * h)
    let output = edges * (h * h + rest + h) + nodes * 2 * h * h
    return encoders + passes * (edgePass + gates + nodePass) + output
  }
}
