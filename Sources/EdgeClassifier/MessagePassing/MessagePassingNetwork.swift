/// An interaction network with several passes: tells true edges of a graph from false ones.
///
/// With h the states of nodes, e those of edges, and [ ] concatenation, a pass is
///
///     e <- e + edge_mlp [h_end, h_start, e]
///     h <- h + node_mlp [h, sum of e over incoming edges, sum of e over outgoing edges]
///
/// and the logit of an edge is output [h_end, h_start, e]. The configuration may put layer norms
/// before a pass, gates before the sums, sums over groups of nodes among the node's inputs, and
/// another way of keeping the state than adding to it.
public struct MessagePassingNetwork: Sendable, Equatable {
  public let configuration: MessagePassingConfiguration
  /// All weights and statistics under PyTorch's names, in the order of its state dict.
  public var tensors: [NamedTensor]
  let layout: MessagePassingLayout

  /// A network with given weights, in any order.
  ///
  /// - Throws: `EdgeClassifierError` where a tensor is missing, unknown, of another shape, or holds
  ///   a value that is not finite.
  public init(
    configuration: MessagePassingConfiguration, tensors: [NamedTensor]
  ) throws(EdgeClassifierError) {
    try configuration.validate()
    self.configuration = configuration
    layout = MessagePassingLayout(configuration)
    self.tensors = try NamedTensor.arranged(tensors, as: layout.tensors)
  }

  /// A network as PyTorch starts one, from a generator of our own: the same bits on every machine.
  public init(
    configuration: MessagePassingConfiguration, seed: UInt64
  ) throws(EdgeClassifierError) {
    try configuration.validate()
    self.configuration = configuration
    layout = MessagePassingLayout(configuration)
    var generator = SeededGenerator(seed: seed)
    tensors = layout.tensors.map { generator.tensor($0) }
  }

  public func isTrained(_ tensor: Int) -> Bool { layout.tensors[tensor].isTrained }

  subscript(tensor: Int) -> [Float] {
    get { tensors[tensor].values }
    set { tensors[tensor].values = newValue }
  }
}
