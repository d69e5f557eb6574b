extension EdgeNetwork {
  /// A network as PyTorch initialises one, from a generator of our own.
  ///
  /// Weights and biases of a linear layer are uniform within 1 / sqrt(inputs) of 0, batch norm
  /// starts as the identity. The same seed gives the same bits on every machine.
  public init(
    configuration: EdgeNetworkConfiguration, seed: UInt64
  ) throws(EdgeClassifierError) {
    try configuration.validate()
    var generator = SeededGenerator(seed: seed)
    let tensors = EdgeTensor.allCases.map { tensor in
      let shape = tensor.shape(hidden: configuration.hidden)
      let count = shape.reduce(1, *)
      let values: [Float]
      switch tensor {
      case .normWeight, .runningVariance: values = Array(repeating: 1, count: count)
      case .normBias, .runningMean: values = Array(repeating: 0, count: count)
      default:
        let bound = 1 / Float(tensor.inputs(hidden: configuration.hidden)).squareRoot()
        values = (0..<count).map { _ in bound * (2 * generator.uniform() - 1) }
      }
      return NamedTensor(name: tensor.name, shape: shape, values: values)
    }
    try self.init(configuration: configuration, tensors: tensors)
  }
}

extension EdgeTensor {
  /// Inputs of the linear layer that the tensor belongs to.
  fileprivate func inputs(hidden: Int) -> Int {
    switch self {
    case .edgeWeight, .edgeBias: 3 * Self.features
    case .nodeWeight, .nodeBias: Self.features + 1
    default: hidden
    }
  }
}
