import ArtifactStore
import EdgeClassifier
import JSONDocument

/// A trained network as the artifact of a training, and back.
enum TrainingArtifact {
  /// The network that an artifact holds: that of the best epoch.
  ///
  /// - Throws: `EdgeClassifierError` where the weights are not those of the architecture.
  static func model(of artifact: Artifact) throws -> EdgeModel {
    let json = artifact.summary["architecture"] ?? .null
    func whole(_ name: String) -> Int { json[name]?.intValue ?? 0 }
    func flag(_ name: String) -> Bool { json[name]?.boolValue ?? false }
    func names(_ name: String) -> [String] {
      (json[name]?.arrayValue ?? []).compactMap(\.stringValue)
    }
    let tensors = artifact.arrays.compactMap(NamedTensor.init(array:))
    guard json["network"]?.stringValue == TrainingParameters.messagePassing else {
      let configuration = EdgeNetworkConfiguration(
        hidden: whole("hidden"), passes: whole("passes"))
      return .notebook(try EdgeNetwork(configuration: configuration, tensors: tensors))
    }
    let features = HitFeatureList(
      node: names("nodeFeatures").compactMap(HitFeatureList.Node.init(rawValue:)),
      edge: names("edgeFeatures").compactMap(HitFeatureList.Edge.init(rawValue:)))
    let configuration = MessagePassingConfiguration(
      nodeInputs: features.node.count, edgeInputs: features.edge.count, hidden: whole("hidden"),
      passes: whole("passes"), layers: whole("layers"),
      norm: json["norm"]?.stringValue.flatMap { .init(rawValue: $0) } ?? .layer,
      skip: json["skip"]?.stringValue.flatMap { .init(rawValue: $0) } ?? .residual,
      normalisesStates: flag("normaliseStates"), hasGates: flag("gates"),
      sharesWeights: flag("shareWeights"))
    return .messagePassing(
      try MessagePassingNetwork(configuration: configuration, tensors: tensors), features)
  }

  /// The trained weights as a safetensors file with PyTorch's names.
  static func safetensors(of artifact: Artifact) throws -> [UInt8] {
    Safetensors.write(artifact.arrays.compactMap(NamedTensor.init(array:)))
  }

  /// What a network is made of, as the artifact's summary says it.
  static func architecture(of model: EdgeModel) -> JSONValue {
    switch model {
    case .notebook(let network):
      return [
        "network": .string(TrainingParameters.notebook),
        "hidden": .integer(network.configuration.hidden),
        "passes": .integer(network.configuration.passes),
      ]
    case .messagePassing(let network, let features):
      let configuration = network.configuration
      return [
        "network": .string(TrainingParameters.messagePassing),
        "hidden": .integer(configuration.hidden), "passes": .integer(configuration.passes),
        "layers": .integer(configuration.layers), "norm": .string(configuration.norm.rawValue),
        "skip": .string(configuration.skip.rawValue),
        "normaliseStates": .bool(configuration.normalisesStates),
        "gates": .bool(configuration.hasGates),
        "shareWeights": .bool(configuration.sharesWeights),
        "nodeFeatures": .array(features.node.map { .string($0.rawValue) }),
        "edgeFeatures": .array(features.edge.map { .string($0.rawValue) }),
      ]
    }
  }
}

extension ArtifactArray {
  init(tensor: NamedTensor) {
    self.init(name: tensor.name, shape: tensor.shape, values: .float32(tensor.values))
  }
}

extension NamedTensor {
  init?(array: ArtifactArray) {
    guard case .float32(let values) = array.values else { return nil }
    self.init(name: array.name, shape: array.shape, values: values)
  }
}
