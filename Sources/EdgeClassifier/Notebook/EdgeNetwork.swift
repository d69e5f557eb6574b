/// The notebook's interaction network: tells true edges of a hit graph from false ones.
///
/// With x the features of the edge's end and start node, an edge's logit is
///
///     edge_mlp: [x_end, x_start, x_start - x_end] (15)
///               -> linear 0 -> batch norm 1 -> relu -> linear 3 -> logit
///
/// and a node's next features are
///
///     node_mlp: [x, sum of the logits of the edges that end at the node] (6)
///               -> linear 0 -> relu -> linear 2 -> x (5)
///
/// which matter only with two passes or more.
public struct EdgeNetwork: Sendable, Equatable {
  public let configuration: EdgeNetworkConfiguration
  /// All weights and batch-norm running statistics, in the order of PyTorch's state dict.
  public internal(set) var tensors: [NamedTensor]

  /// A network with given weights, in any order.
  ///
  /// - Throws: `EdgeClassifierError` where a tensor is missing, unknown, of another shape, or
  ///   holds a value that is not finite.
  public init(
    configuration: EdgeNetworkConfiguration, tensors: [NamedTensor]
  ) throws(EdgeClassifierError) {
    try configuration.validate()
    self.configuration = configuration
    self.tensors = try NamedTensor.arranged(
      tensors, as: EdgeTensor.allCases.map { $0.spec(hidden: configuration.hidden) })
  }

  /// The tensor of that name, or nil where the network has none.
  public subscript(name: String) -> NamedTensor? {
    tensors.first { $0.name == name }
  }

  subscript(tensor: EdgeTensor) -> [Float] {
    get { tensors[tensor.rawValue].values }
    set { tensors[tensor.rawValue].values = newValue }
  }

  public var parameterCount: Int {
    EdgeTensor.allCases.filter(\.isTrained).reduce(0) { $0 + self[$1].count }
  }
}
