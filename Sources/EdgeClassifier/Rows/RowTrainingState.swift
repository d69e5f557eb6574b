/// All that a row network's training needs to go on as if it had never stopped.
public struct RowTrainingState: Sendable, Equatable {
  /// The network's tensors under their names, and the optimiser's moments as `adam.first.<name>`
  /// and `adam.second.<name>`.
  public var arrays: [NamedTensor]
  /// Steps of the optimiser.
  public var step: Int
  public var curve: [RowEpoch]

  public init(arrays: [NamedTensor], step: Int, curve: [RowEpoch]) {
    self.arrays = arrays
    self.step = step
    self.curve = curve
  }
}

extension RowTrainer {
  private static let first = "adam.first."
  private static let second = "adam.second."

  /// The state after the last whole epoch.
  public var state: RowTrainingState {
    var arrays = network.tensors
    for (prefix, moments) in [(Self.first, optimiser.first), (Self.second, optimiser.second)] {
      for (tensor, values) in zip(network.tensors, moments) where !values.isEmpty {
        arrays.append(
          NamedTensor(name: prefix + tensor.name, shape: tensor.shape, values: values))
      }
    }
    return RowTrainingState(arrays: arrays, step: optimiser.step, curve: curve)
  }

  /// A trainer that goes on from a saved state.
  ///
  /// - Parameter sizes: of the network that was saved.
  /// - Throws: `EdgeClassifierError` where the state lacks something or holds what it should not.
  public init(
    state: RowTrainingState, sizes: [Int], options: RowTrainingOptions
  ) throws(EdgeClassifierError) {
    let network = try RowNetwork(
      sizes: sizes,
      tensors: state.arrays.filter {
        !$0.name.hasPrefix(Self.first) && !$0.name.hasPrefix(Self.second)
      })
    try self.init(network: network, options: options)
    for (index, tensor) in network.tensors.enumerated() where !optimiser.first[index].isEmpty {
      optimiser.first[index] = try Self.moments(Self.first, of: tensor, in: state)
      optimiser.second[index] = try Self.moments(Self.second, of: tensor, in: state)
    }
    guard state.step >= 0, (state.step == 0) == state.curve.isEmpty else {
      throw .invalidState(problem: "its number of steps, \(state.step), is not that of its epochs")
    }
    guard zip(1..., state.curve).allSatisfy({ $0 == $1.epoch }) else {
      throw .invalidState(problem: "the epochs of its curve are not 1, 2, 3, …")
    }
    optimiser.step = state.step
    curve = state.curve
  }

  private static func moments(
    _ prefix: String, of tensor: NamedTensor, in state: RowTrainingState
  ) throws(EdgeClassifierError) -> [Float] {
    guard let moments = state.arrays.first(where: { $0.name == prefix + tensor.name }) else {
      throw .missingTensor(name: prefix + tensor.name, shape: tensor.shape)
    }
    guard moments.shape == tensor.shape else {
      throw .wrongShape(name: moments.name, shape: moments.shape, expected: tensor.shape)
    }
    return moments.values
  }
}
