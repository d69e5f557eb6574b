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
    let tensors = EdgeTensor.allCases.map {
      generator.tensor($0.spec(hidden: configuration.hidden))
    }
    try self.init(configuration: configuration, tensors: tensors)
  }
}

extension EdgeTensor {
  /// The tensor before it has values.
  func spec(hidden: Int) -> TensorSpec {
    let start: TensorSpec.Start =
      switch self {
      case .normWeight, .runningVariance: .constant(1)
      case .normBias, .runningMean: .constant(0)
      default: .uniform(inputs: inputs(hidden: hidden))
      }
    return TensorSpec(
      name: name, shape: shape(hidden: hidden), start: start, isTrained: isTrained)
  }

  /// Inputs of the linear layer that the tensor belongs to.
  private func inputs(hidden: Int) -> Int {
    switch self {
    case .edgeWeight, .edgeBias: 3 * Self.features
    case .nodeWeight, .nodeBias: Self.features + 1
    default: hidden
    }
  }
}
