/// A tensor of a network before it has values.
struct TensorSpec: Sendable, Equatable {
  enum Start: Sendable, Equatable {
    /// Uniform within 1 / sqrt(inputs) of 0, as PyTorch starts a linear layer.
    case uniform(inputs: Int)
    case constant(Float)
  }

  var name: String
  var shape: [Int]
  var start: Start
  /// Whether the optimiser changes it.
  var isTrained = true

  var count: Int { shape.reduce(1, *) }
}

extension NamedTensor {
  /// The tensors in the order of their specifications.
  static func arranged(
    _ tensors: [NamedTensor], as specs: [TensorSpec]
  ) throws(EdgeClassifierError) -> [NamedTensor] {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors {
      guard given.updateValue(tensor, forKey: tensor.name) == nil else {
        throw .repeatedTensor(name: tensor.name)
      }
    }
    var arranged: [NamedTensor] = []
    for spec in specs {
      guard let tensor = given.removeValue(forKey: spec.name) else {
        throw .missingTensor(name: spec.name, shape: spec.shape)
      }
      guard tensor.shape == spec.shape else {
        throw .wrongShape(name: spec.name, shape: tensor.shape, expected: spec.shape)
      }
      if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(name: spec.name, index: index)
      }
      arranged.append(tensor)
    }
    if let unknown = given.keys.min() {
      throw .unknownTensor(name: unknown, known: specs.map(\.name))
    }
    return arranged
  }
}

extension SeededGenerator {
  /// A tensor with its first values.
  mutating func tensor(_ spec: TensorSpec) -> NamedTensor {
    let values: [Float]
    switch spec.start {
    case .constant(let value): values = Array(repeating: value, count: spec.count)
    case .uniform(let inputs):
      let bound = 1 / Float(inputs).squareRoot()
      values = (0..<spec.count).map { _ in bound * (2 * uniform() - 1) }
    }
    return NamedTensor(name: spec.name, shape: spec.shape, values: values)
  }
}
