/// An array of floats with its name and shape, as checkpoints hold them.
public struct NamedTensor: Sendable, Equatable {
  /// As in PyTorch's state dict.
  public var name: String
  /// Sizes of the axes, the last one contiguous.
  public var shape: [Int]
  /// Row-major, as many as the product of `shape`.
  public var values: [Float]

  public init(name: String, shape: [Int], values: [Float]) {
    precondition(values.count == shape.reduce(1, *), "as many values as the shape says")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
