import GraphConstruction

/// A repeatable source of random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

extension HitGraph {
  /// A graph with the given layer of each node and edges in rows; the radius is layer / 1000.
  ///
  /// Hit numbers are 10, 20, 30, …
  init(layers: [Int32], edges: [(start: Int32, end: Int32)], radius: [Float]? = nil) {
    var features: [Float] = []
    for node in layers.indices {
      features += [0, 0, 0, radius?[node] ?? Float(layers[node]) / 1000, 0]
    }
    var first: [Int32] = [0]
    for node in layers.indices {
      first.append(first[node] + Int32(edges.count { $0.start == node }))
    }
    self.init(
      hitID: layers.indices.map { 10 * Int32($0 + 1) }, layer: layers, features: features,
      firstEdge: first, end: edges.map(\.end), label: edges.map { _ in 0 })
  }

  /// Nodes on a few layers with random edges between neighbouring ones.
  static func random(nodes: Int, edgeChance: Double, seed: UInt64) -> HitGraph {
    var generator = SeededGenerator(state: seed)
    let layers = (0..<nodes).map { _ in Int32.random(in: 1...6, using: &generator) }.sorted()
    var edges: [(start: Int32, end: Int32)] = []
    for start in layers.indices {
      for end in layers.indices
      where layers[end] == layers[start] + 1 && .random(in: 0..<1, using: &generator) < edgeChance {
        edges.append((Int32(start), Int32(end)))
      }
    }
    return HitGraph(layers: layers, edges: edges)
  }
}
