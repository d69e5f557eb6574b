/// Which tensors a message-passing network has, and what each is for.
struct MessagePassingLayout: Sendable, Equatable {
  /// The modules of one pass.
  struct Pass: Sendable, Equatable {
    let edges: PerceptronShape
    let nodes: PerceptronShape
    /// Places of the states' layer norms' weights, their biases behind them; nil without.
    let edgeNorm: Int?
    let nodeNorm: Int?
    /// Place of the gates' weight [2][hidden], its bias [2] behind it; nil without.
    let gate: Int?
  }

  /// Places of mean and scale of the inputs.
  static let nodeMean = 0
  static let nodeScale = 1
  static let edgeMean = 2
  static let edgeScale = 3

  let tensors: [TensorSpec]
  let nodeEncoder: PerceptronShape
  let edgeEncoder: PerceptronShape
  let passes: [Pass]
  let output: PerceptronShape

  init(_ configuration: MessagePassingConfiguration) {
    let hidden = configuration.hidden
    var tensors: [TensorSpec] = []
    func constant(_ name: String, _ count: Int, _ value: Float) -> TensorSpec {
      TensorSpec(name: name, shape: [count], start: .constant(value), isTrained: false)
    }
    tensors += [
      constant("node_mean", configuration.nodeInputs, 0),
      constant("node_scale", configuration.nodeInputs, 1),
      constant("edge_mean", configuration.edgeInputs, 0),
      constant("edge_scale", configuration.edgeInputs, 1),
    ]
    func perceptron(_ name: String, _ segments: [Int], _ outputs: Int) -> PerceptronShape {
      let shape = PerceptronShape(
        name: name, segments: segments, hidden: hidden, outputs: outputs,
        layers: configuration.layers, norm: configuration.norm, firstTensor: tensors.count)
      tensors += shape.tensors
      return shape
    }
    func norm(_ name: String) -> Int {
      tensors += PerceptronShape.norm(named: name, width: hidden, running: false)
      return tensors.count - 2
    }
    nodeEncoder = perceptron("node_encoder", [configuration.nodeInputs], hidden)
    edgeEncoder = perceptron("edge_encoder", [configuration.edgeInputs], hidden)
    let old = configuration.skip == .concatenated ? 2 : 1
    var passes: [Pass] = []
    for index in 0..<configuration.passes {
      if configuration.sharesWeights, let first = passes.first {
        passes.append(first)
        continue
      }
      let name = "passes.\(index)"
      var norms: (edge: Int?, node: Int?) = (nil, nil)
      if configuration.normalisesStates {
        norms = (norm("\(name).edge_norm"), norm("\(name).node_norm"))
      }
      let edges = perceptron(
        "\(name).edge_mlp", Array(repeating: hidden, count: 3 * old), hidden)
      var gate: Int?
      if configuration.hasGates {
        gate = tensors.count
        tensors += [
          TensorSpec(
            name: "\(name).gate.weight", shape: [2, hidden], start: .uniform(inputs: hidden)),
          TensorSpec(name: "\(name).gate.bias", shape: [2], start: .uniform(inputs: hidden)),
        ]
      }
      let nodes = perceptron(
        "\(name).node_mlp", Array(repeating: hidden, count: old + 2 + configuration.groups), hidden)
      passes.append(
        Pass(edges: edges, nodes: nodes, edgeNorm: norms.edge, nodeNorm: norms.node, gate: gate))
    }
    self.passes = passes
    output = perceptron("output", Array(repeating: hidden, count: 3), 1)
    self.tensors = tensors
  }
}
