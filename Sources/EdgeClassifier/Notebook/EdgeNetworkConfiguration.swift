/// The sizes of an edge network.
public struct EdgeNetworkConfiguration: Sendable, Equatable, Codable {
  /// Hidden width of both perceptrons, 1 at least.
  public var hidden: Int
  /// How often the edges are classified, 1 at least.
  ///
  /// From the second pass on, the nodes' features are those that the node perceptron made of the
  /// features and the summed logits of the pass before, with the same weights in every pass.
  public var passes: Int

  public init(hidden: Int = 128, passes: Int = 1) {
    self.hidden = hidden
    self.passes = passes
  }

  /// Multiply-adds of one forward pass over a graph, as the loops do it.
  func multiplyAdds(nodes: Int, edges: Int) -> Int {
    let features = EdgeTensor.features
    let pass = nodes * 2 * features * hidden + edges * hidden
    return passes * pass + (passes - 1) * nodes * (2 * features + 1) * hidden
  }

  func validate() throws(EdgeClassifierError) {
    guard (1...65536).contains(hidden) else {
      throw .invalidOption(name: "hidden", value: String(hidden), expected: "1 to 65536")
    }
    guard (1...64).contains(passes) else {
      throw .invalidOption(name: "passes", value: String(passes), expected: "1 to 64")
    }
  }
}
