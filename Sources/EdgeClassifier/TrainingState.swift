/// All that a training needs to go on as if it had never stopped, as plain arrays and integers.
public struct TrainingState: Sendable, Equatable {
  /// The network's tensors under their names, then Adam's moments.
  ///
  /// These are named `adam.first.<name>` and `adam.second.<name>`.
  public var arrays: [NamedTensor]
  /// `epoch` and `step` done so far, `edges` and `trueEdges` of the training events (0 before the
  /// first epoch or where the weight is given), `hidden` and `passes`.
  public var integers: [String: Int]

  public init(arrays: [NamedTensor], integers: [String: Int]) {
    self.arrays = arrays
    self.integers = integers
  }
}

extension EdgeTrainer {
  /// The state after the last whole epoch.
  public var state: TrainingState {
    let hidden = network.configuration.hidden
    var arrays = network.tensors
    for (prefix, moments) in [("adam.first.", adam.first), ("adam.second.", adam.second)] {
      for tensor in EdgeTensor.allCases {
        guard let values = moments[tensor] else { continue }
        arrays.append(
          NamedTensor(
            name: prefix + tensor.name, shape: tensor.shape(hidden: hidden), values: values))
      }
    }
    return TrainingState(
      arrays: arrays,
      integers: [
        "epoch": epoch, "step": adam.step, "edges": edges, "trueEdges": trueEdges,
        "hidden": hidden, "passes": network.configuration.passes,
      ])
  }

  /// A trainer that goes on from a saved state.
  ///
  /// - Throws: `EdgeClassifierError` where the state lacks something or holds what it should not.
  public init(state: TrainingState, options: TrainingOptions) throws(EdgeClassifierError) {
    func integer(_ name: String) throws(EdgeClassifierError) -> Int {
      guard let value = state.integers[name], value >= 0 else {
        throw .invalidState(problem: "the whole number '\(name)' is missing or below 0")
      }
      return value
    }
    let configuration = EdgeNetworkConfiguration(
      hidden: try integer("hidden"), passes: try integer("passes"))
    let network = try EdgeNetwork(
      configuration: configuration,
      tensors: state.arrays.filter { !$0.name.hasPrefix("adam.") })
    try self.init(network: network, options: options)
    for tensor in EdgeTensor.allCases where tensor.isTrained {
      for isFirst in [true, false] {
        let name = (isFirst ? "adam.first." : "adam.second.") + tensor.name
        let shape = tensor.shape(hidden: configuration.hidden)
        guard let moments = state.arrays.first(where: { $0.name == name }) else {
          throw .missingTensor(name: name, shape: shape)
        }
        guard moments.shape == shape else {
          throw .wrongShape(name: name, shape: moments.shape, expected: shape)
        }
        if isFirst {
          adam.first[tensor] = moments.values
        } else {
          adam.second[tensor] = moments.values
        }
      }
    }
    adam.step = try integer("step")
    epoch = try integer("epoch")
    edges = try integer("edges")
    trueEdges = try integer("trueEdges")
  }
}
