import EdgeClassifier

extension PlainMessageGraph {
  /// A graph with edges anywhere but at its last two nodes, every number one that a float holds.
  static func random(
    nodes: Int, edges: Int, for configuration: MessagePassingConfiguration,
    isWeighted: Bool = false,
    seed: UInt64
  ) -> PlainMessageGraph {
    var numbers = TestNumbers(seed: seed)
    func row(_ count: Int) -> [Double] { (0..<count).map { _ in Double(numbers.next()) } }
    func index(below bound: Int) -> Int {
      min(Int((numbers.next() + 1) / 2 * Float(bound)), bound - 1)
    }
    let joined = max(1, nodes - 2)
    return PlainMessageGraph(
      nodes: (0..<nodes).map { _ in row(configuration.nodeInputs) },
      edges: (0..<edges).map { _ in row(configuration.edgeInputs) },
      start: (0..<edges).map { _ in index(below: joined) }.sorted(),
      end: (0..<edges).map { _ in index(below: joined) },
      isTrue: (0..<edges).map { _ in numbers.next() > 0.3 },
      groups: (0..<configuration.groups).map { _ in
        (0..<nodes).map { _ in index(below: (nodes + 1) / 2) }
      },
      initialLogit: configuration.addsToInitialLogit ? row(edges) : nil,
      weight: isWeighted ? row(edges).map { $0 < -0.4 ? 0 : 1 + $0 } : nil)
  }
}

extension MessagePassingNetwork {
  /// A network whose norms and standardisation are no identity, not even where they start as one.
  static func random(
    _ configuration: MessagePassingConfiguration, seed: UInt64
  ) throws -> MessagePassingNetwork {
    var network = try MessagePassingNetwork(configuration: configuration, seed: seed)
    var numbers = TestNumbers(seed: seed)
    for index in network.tensors.indices {
      let tensor = network.tensors[index]
      let isScale = tensor.name.hasSuffix("_scale") || tensor.name.hasSuffix("running_var")
      guard tensor.shape.count == 1, isScale || Set(tensor.values).count == 1 else { continue }
      for k in tensor.values.indices {
        let start = tensor.values[k]
        network.tensors[index].values[k] = start + (isScale ? 0.5 : 0.7) * numbers.next()
      }
    }
    return network
  }
}
