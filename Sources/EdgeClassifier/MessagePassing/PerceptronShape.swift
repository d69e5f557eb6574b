/// A perceptron's sizes and the places of its tensors among the network's.
///
///     linear -> [norm] -> relu -> (linear -> [norm] -> relu ->) linear
///
/// The input is the concatenation of segments, which the loops may multiply apart from each other.
struct PerceptronShape: Sendable, Equatable {
  /// As PyTorch names the module.
  let name: String
  /// Widths of the parts of the input.
  let segments: [Int]
  let hidden: Int
  let outputs: Int
  let layers: Int
  let norm: MessagePassingConfiguration.Norm
  /// Place of its first tensor in the network's list.
  let firstTensor: Int

  var inputs: Int { segments.reduce(0, +) }
  var hiddenLayers: Int { layers - 1 }

  /// Tensors of one hidden layer with its norm.
  private var tensorsPerLayer: Int {
    switch norm {
    case .none: 2
    case .layer: 4
    case .batch: 6
    }
  }

  /// Place of a layer's weight; bias, and norm's weight, bias, running mean and variance follow.
  func tensor(ofLayer layer: Int) -> Int { firstTensor + layer * tensorsPerLayer }

  func inputs(ofLayer layer: Int) -> Int { layer == 0 ? inputs : hidden }
  func outputs(ofLayer layer: Int) -> Int { layer == layers - 1 ? outputs : hidden }

  /// In the order of PyTorch's state dict.
  var tensors: [TensorSpec] {
    var specs: [TensorSpec] = []
    var module = 0
    for layer in 0..<layers {
      let inputs = inputs(ofLayer: layer)
      let outputs = outputs(ofLayer: layer)
      specs.append(
        TensorSpec(
          name: "\(name).\(module).weight", shape: [outputs, inputs],
          start: .uniform(inputs: inputs)))
      specs.append(
        TensorSpec(
          name: "\(name).\(module).bias", shape: [outputs], start: .uniform(inputs: inputs)))
      module += 1
      guard layer < layers - 1 else { break }
      if norm != .none {
        specs += Self.norm(named: "\(name).\(module)", width: hidden, running: norm == .batch)
        module += 1
      }
      module += 1  // the rectifier
    }
    return specs
  }

  static func norm(named name: String, width: Int, running: Bool) -> [TensorSpec] {
    var specs = [
      TensorSpec(name: "\(name).weight", shape: [width], start: .constant(1)),
      TensorSpec(name: "\(name).bias", shape: [width], start: .constant(0)),
    ]
    if running {
      specs += [
        TensorSpec(
          name: "\(name).running_mean", shape: [width], start: .constant(0), isTrained: false),
        TensorSpec(
          name: "\(name).running_var", shape: [width], start: .constant(1), isTrained: false),
      ]
    }
    return specs
  }
}
