/// A perceptron that judges rows of features, one logit each, with a rectifier between its layers.
///
/// ```swift
/// let network = try RowNetwork(sizes: [22, 64, 32, 1], seed: 1)
/// ```
/// Inputs are standardised first, as (x - mean) * scale.
public struct RowNetwork: Sendable, Equatable {
  /// Inputs, hidden widths and outputs; the last is 1.
  public let sizes: [Int]
  /// `mean` and `scale`, [inputs] each, then by layer the weight, [outputs][inputs], and the bias, [outputs].
  ///
  /// Layer i is named as in PyTorch's `nn.Sequential` with a rectifier behind each but the last:
  /// `0.weight`, `0.bias`, `2.weight`, …
  public internal(set) var tensors: [NamedTensor]

  /// A network with PyTorch's first weights of a linear layer: uniform within 1 / sqrt(inputs).
  ///
  /// - Throws: `EdgeClassifierError.invalidOption` for sizes below 1, no hidden layer or more outputs
  ///   than one.
  public init(sizes: [Int], seed: UInt64) throws(EdgeClassifierError) {
    try Self.check(sizes)
    self.sizes = sizes
    var generator = SeededGenerator(seed: seed)
    tensors = Self.specs(sizes).map { generator.tensor($0) }
  }

  /// A network with given weights, in any order.
  ///
  /// - Throws: `EdgeClassifierError` where a tensor is missing, unknown, of another shape or not finite.
  public init(sizes: [Int], tensors: [NamedTensor]) throws(EdgeClassifierError) {
    try Self.check(sizes)
    self.sizes = sizes
    self.tensors = try NamedTensor.arranged(tensors, as: Self.specs(sizes))
  }

  public var inputs: Int { sizes[0] }

  /// Linear layers.
  public var layers: Int { sizes.count - 1 }

  /// Weights and biases; mean and scale are none.
  public var parameterCount: Int {
    (0..<layers).reduce(0) { $0 + (sizes[$1] + 1) * sizes[$1 + 1] }
  }

  /// Multiplications with additions that a row costs.
  public var multiplyAddsPerRow: Int {
    (0..<layers).reduce(0) { $0 + sizes[$1] * sizes[$1 + 1] }
  }

  /// Of the inputs, [inputs].
  public var mean: [Float] { tensors[0].values }
  /// One over the inputs' deviation, [inputs].
  public var scale: [Float] { tensors[1].values }
  /// Of a layer, [outputs][inputs].
  public func weight(_ layer: Int) -> [Float] { tensors[Self.weightIndex(layer)].values }
  /// Of a layer, [outputs].
  public func bias(_ layer: Int) -> [Float] { tensors[Self.weightIndex(layer) + 1].values }

  /// Place of a layer's weight among the tensors; its bias stands behind it.
  static func weightIndex(_ layer: Int) -> Int { 2 + 2 * layer }

  private static func check(_ sizes: [Int]) throws(EdgeClassifierError) {
    guard sizes.count >= 3, sizes.allSatisfy({ $0 >= 1 }), sizes.last == 1 else {
      throw .invalidOption(
        name: "sizes", value: "\(sizes)",
        expected: "inputs, at least one hidden width and one output, each 1 or more")
    }
  }

  private static func specs(_ sizes: [Int]) -> [TensorSpec] {
    var specs = [
      TensorSpec(name: "mean", shape: [sizes[0]], start: .constant(0), isTrained: false),
      TensorSpec(name: "scale", shape: [sizes[0]], start: .constant(1), isTrained: false),
    ]
    for layer in 0..<sizes.count - 1 {
      let (inputs, outputs) = (sizes[layer], sizes[layer + 1])
      specs += [
        TensorSpec(
          name: "\(2 * layer).weight", shape: [outputs, inputs], start: .uniform(inputs: inputs)),
        TensorSpec(name: "\(2 * layer).bias", shape: [outputs], start: .uniform(inputs: inputs)),
      ]
    }
    return specs
  }
}
