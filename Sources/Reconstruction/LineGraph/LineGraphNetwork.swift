import EdgeClassifier

/// Judges triplets by message passing over the doublets that they join.
public struct LineGraphNetwork: Sendable, Equatable {
  public let network: MessagePassingNetwork

  /// - Throws: `EdgeClassifierError.invalidOption` for a network of other inputs.
  public init(_ network: MessagePassingNetwork) throws(EdgeClassifierError) {
    let own = Self.configuration(
      hidden: network.configuration.hidden, passes: network.configuration.passes)
    guard network.configuration == own else {
      throw .invalidOption(
        name: "network", value: "\(network.configuration.nodeInputs) inputs of a node",
        expected: "a network over the line graph with \(own.nodeInputs)")
    }
    self.network = network
  }

  public static func configuration(hidden: Int, passes: Int) -> MessagePassingConfiguration {
    .lineGraph(
      nodeInputs: LineGraphFeatures.node, edgeInputs: LineGraphFeatures.link, hidden: hidden,
      passes: passes)
  }

  /// New logits of triplets that a perceptron kept, in their order.
  ///
  /// - Parameters:
  ///   - triplets: of a whole event, in the order of their first doublet.
  ///   - turns: as the doublets' filter has it.
  public func scores(
    of triplets: TripletSet, doublets: DoubletGraph, hits: DetectorHits, turns: Bool,
    kernels: Kernels = .current, threads: Int = 1
  ) -> [Float] {
    let graph = LineGraphBuilder(turns: turns).graph(
      of: triplets, doublets: doublets, hits: hits, kernels: kernels, threads: threads)
    return network.logits(graph: graph, threads: threads, kernels: kernels)
  }
}
