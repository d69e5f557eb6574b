import EdgeClassifier

/// A message-passing network as operators; `MessagePassingNetwork` says what it computes.
///
/// What a perceptron over edges takes of a node alone is multiplied once a node and gathered by the
/// edges, as the program's own loops do it.
struct MessageOperators {
  private let configuration: MessagePassingConfiguration
  private let tensors: TensorTable
  private let features: FeatureOperators
  private let start: String
  private let end: String

  init(_ network: MessagePassingNetwork, features: HitFeatureList, start: String, end: String) {
    precondition(
      network.configuration.groups == 0 && !network.configuration.addsToInitialLogit,
      "a network over the edges of a hit graph")
    configuration = network.configuration
    tensors = TensorTable(network.tensors)
    self.features = FeatureOperators(features, start: start, end: end)
    self.start = start
    self.end = end
  }

  /// One part of a perceptron's input: a table, and the nodes that rows of it are gathered at.
  private struct Part {
    var table: String
    var nodes: String?
  }

  func add(to model: inout ONNXModel) {
    let nodeInput = standardised(features.nodeTable(&model), "node", &model)
    let edgeInput = standardised(features.edgeTable(&model), "edge", &model)
    var nodes = perceptron("node_encoder", [Part(table: nodeInput)], &model)
    var edges = perceptron("edge_encoder", [Part(table: edgeInput)], &model)
    let first = (nodes: nodes, edges: edges)
    let isResidual = configuration.skip == .residual
    let isConcatenated = configuration.skip == .concatenated
    guard configuration.passes > 0 else { return addOutput(nodes, edges, &model) }
    let zeros = model.zeros(width: configuration.hidden)
    let byStart = model.sumIndex(start, width: configuration.hidden)
    let byEnd = model.sumIndex(end, width: configuration.hidden)
    for pass in 0..<configuration.passes {
      let name = "passes.\(configuration.sharesWeights ? 0 : pass)"
      let preparedNodes = normed(nodes, "\(name).node_norm", &model)
      let preparedEdges = normed(edges, "\(name).edge_norm", &model)
      let nodeTables = [preparedNodes] + (isConcatenated ? [first.nodes] : [])
      let edgeTables = [preparedEdges] + (isConcatenated ? [first.edges] : [])
      let edgeParts =
        nodeTables.map { Part(table: $0, nodes: end) }
        + nodeTables.map { Part(table: $0, nodes: start) } + edgeTables.map { Part(table: $0) }
      let message = perceptron("\(name).edge_mlp", edgeParts, &model)
      edges = isResidual ? model.apply("Add", edges, message) : message
      let (outgoing, incoming) = gated(edges, "\(name).gate", &model)
      let sums = [
        model.sum(incoming, by: byEnd, zeros: zeros),
        model.sum(outgoing, by: byStart, zeros: zeros),
      ]
      let change = perceptron(
        "\(name).node_mlp", (nodeTables + sums).map { Part(table: $0) }, &model)
      nodes = isResidual ? model.apply("Add", nodes, change) : change
    }
    addOutput(nodes, edges, &model)
  }

  private func addOutput(_ nodes: String, _ edges: String, _ model: inout ONNXModel) {
    let parts = [
      Part(table: nodes, nodes: end), Part(table: nodes, nodes: start), Part(table: edges),
    ]
    _ = model.apply("Identity", perceptron("output", parts, &model), as: ONNXModel.logit)
  }

  private func standardised(_ table: String, _ what: String, _ model: inout ONNXModel) -> String {
    let centred = model.apply("Sub", table, model.weight(tensors["\(what)_mean"]))
    return model.apply("Mul", centred, model.weight(tensors["\(what)_scale"]))
  }

  private func normed(_ states: String, _ name: String, _ model: inout ONNXModel) -> String {
    configuration.normalisesStates ? model.layerNorm(states, tensors.norm(name)) : states
  }

  /// The edges as they go into the sums of their start and of their end.
  private func gated(
    _ edges: String, _ name: String, _ model: inout ONNXModel
  ) -> (outgoing: String, incoming: String) {
    guard configuration.hasGates else { return (edges, edges) }
    let logits = model.linear(edges, tensors["\(name).weight"], tensors["\(name).bias"])
    let gates = model.apply("Sigmoid", logits)
    func opened(_ gate: Int64) -> String {
      let share = model.apply(
        "Gather", gates, model.weight("column.\(gate)", [gate], shape: [1]),
        attributes: ["axis": .integer(1)])
      return model.apply("Mul", share, edges)
    }
    return (opened(0), opened(1))
  }

  // MARK: - Perceptrons

  /// linear -> [norm] -> relu -> (linear -> [norm] -> relu ->) linear.
  private func perceptron(_ name: String, _ parts: [Part], _ model: inout ONNXModel) -> String {
    var module = 0
    var rows = ""
    for layer in 0..<configuration.layers {
      let weight = tensors["\(name).\(module).weight"]
      let bias = tensors["\(name).\(module).bias"]
      rows = layer == 0 ? begin(weight, bias, parts, &model) : model.linear(rows, weight, bias)
      guard layer < configuration.layers - 1 else { break }
      module += 1
      switch configuration.norm {
      case .none: break
      case .layer: rows = model.layerNorm(rows, tensors.norm("\(name).\(module)"))
      case .batch: rows = model.batchNorm(rows, tensors.norm("\(name).\(module)"))
      }
      if configuration.norm != .none { module += 1 }
      rows = model.apply("Relu", rows)
      module += 1
    }
    return rows
  }

  /// The first layer over the parts of its input, one after the other.
  private func begin(
    _ weight: NamedTensor, _ bias: NamedTensor, _ parts: [Part], _ model: inout ONNXModel
  ) -> String {
    let outputs = weight.shape[0]
    let inputs = weight.shape[1]
    let width = inputs / parts.count
    var sum = ""
    for (place, part) in parts.enumerated() {
      // Of the part alone, turned to [inputs][outputs].
      var values: [Float] = []
      values.reserveCapacity(width * outputs)
      for input in place * width..<(place + 1) * width {
        for output in 0..<outputs { values.append(weight.values[output * inputs + input]) }
      }
      let name = model.weight("\(weight.name).\(place)", values, shape: [width, outputs])
      var product = model.apply("MatMul", part.table, name)
      if let nodes = part.nodes { product = model.rows(product, at: nodes) }
      sum = place == 0 ? product : model.apply("Add", sum, product)
    }
    return model.apply("Add", sum, model.weight(bias))
  }
}
