import EdgeClassifier

extension ONNXModel {
  /// The name of the edges' logits.
  static let logit = "logit"

  /// A network that tells true edges from false ones, laid out as ACTS' ONNX edge classifier takes it.
  ///
  /// Inputs are, in this order, `x` float [nodes, 5] (as `ExportedGraph` has it) and `edge_index` int64
  /// [2, edges] (starts, then ends); numbers of nodes and edges are free. The one output `logit`
  /// float [edges, 1] is taken through a sigmoid by whoever runs the network. Scales, features of edges
  /// and batch norm's running statistics are part of the graph.
  ///
  /// Source: acts-project/acts, Plugins/Gnn/src/OnnxEdgeClassifier.cpp at commit 0d65bd2c: two or three
  /// inputs in this order (node features, edge index, edge features), taken by their places; one output
  /// of rank 1 or 2; `sigmoid(scores)` and a cut behind it.
  public init(_ model: EdgeModel, producerVersion: String) {
    self.init(name: "trackflow-edge-classifier", producerVersion: producerVersion)
    addInput(
      "x", .float, ["nodes", 5], "x/1000, y/1000, z/1000, r/1000 (mm), phi/pi of each hit")
    addInput(
      "edge_index", .int64, [2, "edges"], "start node of each edge, end node of each edge")
    let start = node(ofEdges: 0)
    let end = node(ofEdges: 1)
    switch model {
    case .notebook(let network):
      NotebookOperators(network, start: start, end: end).add(to: &self)
    case .messagePassing(let network, let features):
      MessageOperators(network, features: features, start: start, end: end).add(to: &self)
    }
    addOutput(Self.logit, .float, ["edges", 1], "an edge is true with the chance sigmoid(logit)")
    addMetadata("node_features", "x/1000,y/1000,z/1000,r/1000,phi/pi")
    addMetadata("acts_node_features", "X,Y,Z,R,Phi")
    addMetadata("acts_feature_scales", "1000,1000,1000,1000,\(Float.pi)")
    addMetadata("edge_index", "start,end")
    addMetadata("output", "logit")
    addMetadata("architecture", model.words)
    addMetadata("parameters", String(model.parameterCount))
  }

  private mutating func node(ofEdges side: Int64) -> String {
    apply(
      "Gather", "edge_index", weight("side.\(side)", [side], shape: []),
      attributes: ["axis": .integer(0)], as: side == 0 ? "start" : "end")
  }

  // MARK: - What both networks are made of

  /// Weights of a network under PyTorch's names.
  mutating func weight(_ tensor: NamedTensor) -> String {
    weight(tensor.name, tensor.values, shape: tensor.shape)
  }

  /// x W^T + b.
  mutating func linear(_ x: String, _ weight: NamedTensor, _ bias: NamedTensor) -> String {
    apply(
      "Gemm", x, self.weight(weight), self.weight(bias), attributes: ["transB": .integer(1)])
  }

  /// Rows of a table of nodes, for the edges.
  mutating func rows(_ table: String, at nodes: String) -> String {
    apply("Gather", table, nodes, attributes: ["axis": .integer(0)])
  }

  /// With the running statistics.
  mutating func batchNorm(_ x: String, _ tensors: [NamedTensor]) -> String {
    apply(
      "BatchNormalization", x, weight(tensors[0]), weight(tensors[1]), weight(tensors[2]),
      weight(tensors[3]), attributes: ["epsilon": .number(1e-5)])
  }

  mutating func layerNorm(_ x: String, _ tensors: [NamedTensor]) -> String {
    apply(
      "LayerNormalization", x, weight(tensors[0]), weight(tensors[1]),
      attributes: ["axis": .integer(-1), "epsilon": .number(1e-5)])
  }

  /// The nodes of the edges as an index that sums rows of that width into nodes.
  ///
  /// By `ScatterElements`, for `ScatterND` with repeated indices gives other sums from run to run in
  /// ONNX Runtime with several threads (microsoft/onnxruntime issues 18048 and 23396).
  mutating func sumIndex(_ nodes: String, width: Int) -> String {
    let column = apply("Unsqueeze", nodes, weight("axis.1", [1 as Int64], shape: [1]))
    let edges = apply("Shape", nodes)
    let shape = concatenate([edges, weight("width.\(width)", [Int64(width)], shape: [1])], axis: 0)
    return apply("Expand", column, shape)
  }

  /// Zeros [nodes, width].
  mutating func zeros(width: Int) -> String {
    let nodes = apply("Shape", "x", attributes: ["start": .integer(0), "end": .integer(1)])
    let shape = concatenate([nodes, weight("width.\(width)", [Int64(width)], shape: [1])], axis: 0)
    return apply("ConstantOfShape", shape, attributes: ["value": Self.scalar(0)])
  }

  /// The sums of the edges' rows over the nodes of an index.
  mutating func sum(_ rows: String, by index: String, zeros: String) -> String {
    apply(
      "ScatterElements", zeros, index, rows,
      attributes: ["axis": .integer(0), "reduction": .text("add")])
  }
}

extension EdgeModel {
  /// `notebook, hidden 128, passes 1`.
  fileprivate var words: String {
    switch self {
    case .notebook(let network):
      "notebook, hidden \(network.configuration.hidden), passes \(network.configuration.passes)"
    case .messagePassing(let network, let features):
      "message-passing, hidden \(network.configuration.hidden), passes \(network.configuration.passes)"
        + ", layers \(network.configuration.layers), norm \(network.configuration.norm.rawValue)"
        + ", skip \(network.configuration.skip.rawValue)"
        + ", nodes see \(features.node.map(\.rawValue).joined(separator: " "))"
        + ", edges see \(features.edge.map(\.rawValue).joined(separator: " "))"
    }
  }
}

/// Tensors by their names.
struct TensorTable {
  private let tensors: [String: NamedTensor]

  init(_ tensors: [NamedTensor]) {
    self.tensors = Dictionary(
      tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A tensor that the network's layout promises.
  subscript(name: String) -> NamedTensor {
    guard let tensor = tensors[name] else {
      preconditionFailure("a network of this architecture has a tensor \(name)")
    }
    return tensor
  }

  /// Weight, bias and, where there are such, running statistics of a norm.
  func norm(_ name: String) -> [NamedTensor] {
    ["weight", "bias", "running_mean", "running_var"].compactMap { tensors["\(name).\($0)"] }
  }
}
