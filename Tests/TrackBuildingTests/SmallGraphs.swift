import GraphConstruction
import TestSupport

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
