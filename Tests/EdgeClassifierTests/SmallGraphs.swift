import EdgeClassifier
import GraphConstruction

/// Numbers that look random and are the same on every machine.
struct TestNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// Uniform in -1..<1.
  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) * 0x1p-23 - 1
  }
}

enum SmallGraphs {
  /// Hits on layers 100, 101, ..., each joined to about `share` of the next layer's.
  static func random(
    nodes: Int, layers: Int, share: Float = 0.5, seed: UInt64, trueShare: Float = 0.3
  ) -> HitGraph {
    var numbers = TestNumbers(seed: seed)
    let layer = (0..<nodes).map { Int32(100 + $0 * layers / nodes) }
    var firstEdge: [Int32] = [0]
    var end: [Int32] = []
    for start in 0..<nodes {
      for other in start..<nodes where layer[other] == layer[start] + 1 {
        if (numbers.next() + 1) / 2 < share { end.append(Int32(other)) }
      }
      firstEdge.append(Int32(end.count))
    }
    return HitGraph(
      hitID: (1...Int32(nodes)).map { $0 }, layer: layer,
      features: (0..<nodes * HitGraph.featureCount).map { _ in numbers.next() },
      firstEdge: firstEdge, end: end,
      label: end.map { _ in (numbers.next() + 1) / 2 < trueShare ? 1 : 0 })
  }

  /// A network whose batch norm is no identity, not even where it starts as one.
  static func network(hidden: Int, passes: Int, seed: UInt64) throws -> EdgeNetwork {
    let start = try EdgeNetwork(
      configuration: EdgeNetworkConfiguration(hidden: hidden, passes: passes), seed: seed)
    var numbers = TestNumbers(seed: seed)
    let tensors = start.tensors.map { tensor in
      var tensor = tensor
      guard tensor.name.hasPrefix("edge_mlp.1.") else { return tensor }
      for i in tensor.values.indices {
        let value = numbers.next()
        tensor.values[i] = tensor.name.hasSuffix("var") ? 1.5 + value : value
      }
      return tensor
    }
    return try EdgeNetwork(configuration: start.configuration, tensors: tensors)
  }
}

extension SmallGraphs {
  /// A graph for a message-passing network, its edges anywhere.
  static func messages(
    nodes: Int, edges: Int, for configuration: MessagePassingConfiguration, seed: UInt64
  ) throws -> MessageGraph {
    var numbers = TestNumbers(seed: seed)
    func index() -> Int32 { Int32((numbers.next() + 1) / 2 * Float(nodes - 1)) }
    let label = (0..<edges).map { _ in UInt8(numbers.next() > 0.4 ? 1 : 0) }
    return try MessageGraph(
      nodeCount: nodes,
      nodeFeatures: (0..<nodes * configuration.nodeInputs).map { _ in numbers.next() },
      start: (0..<edges).map { _ in index() }.sorted(), end: (0..<edges).map { _ in index() },
      edgeFeatures: (0..<edges * configuration.edgeInputs).map { _ in numbers.next() },
      label: label,
      groups: (0..<configuration.groups).map { _ in (0..<nodes).map { _ in index() / 3 } },
      initialLogit: configuration.addsToInitialLogit ? label.map { _ in numbers.next() } : nil)
  }
}
