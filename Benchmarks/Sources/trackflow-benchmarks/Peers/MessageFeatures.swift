import EdgeClassifier
import Foundation
import GraphConstruction

/// The features that the message-passing network of the benchmarks sees, made from their definitions.
///
/// `HitFeatureList` defines them; the classifier's own tables are its own affair, so that peers get
/// these, and losses that agree say that both are the same.
struct MessageFeatures {
  /// [nodes][x, y, z, r, phi], m and rad.
  let nodes: [Float]
  /// [edges][deltaR, deltaPhi, deltaZ, deltaEta, phiSlope, rPhiSlope] in the graph's order.
  let edges: [Float]

  static let nodeCount = MessagePassingBenchmarks.features.node.count
  static let edgeCount = MessagePassingBenchmarks.features.edge.count

  init(_ graph: HitGraph) {
    var nodes = graph.features
    for node in 0..<graph.nodeCount { nodes[node * Self.nodeCount + 4] *= .pi }
    let eta = (0..<graph.nodeCount).map { node in
      let (z, r) = (nodes[node * Self.nodeCount + 2], nodes[node * Self.nodeCount + 3])
      return Float(asinh(Double(z) / Double(max(r, 1e-9))))
    }
    var edges: [Float] = []
    edges.reserveCapacity(graph.edgeCount * Self.edgeCount)
    for (start, end) in zip(graph.start, graph.end) {
      let (a, b) = (Int(start) * Self.nodeCount, Int(end) * Self.nodeCount)
      let deltaR = nodes[b + 3] - nodes[a + 3]
      var deltaPhi = nodes[b + 4] - nodes[a + 4]
      if deltaPhi > .pi { deltaPhi -= 2 * .pi }
      if deltaPhi < -.pi { deltaPhi += 2 * .pi }
      let step = abs(deltaR) < 1e-3 ? (deltaR < 0 ? -1e-3 : 1e-3) : deltaR
      edges += [
        deltaR, deltaPhi, nodes[b + 2] - nodes[a + 2], eta[Int(end)] - eta[Int(start)],
        deltaPhi / step, deltaPhi / step * (nodes[a + 3] + nodes[b + 3]) / 2,
      ]
    }
    self.nodes = nodes
    self.edges = edges
  }

  /// The model with these features' means and scales, which a trainer then leaves as they are.
  func standardised(_ model: EdgeModel) throws -> EdgeModel {
    let node = Self.moments(nodes, columns: Self.nodeCount)
    let edge = Self.moments(edges, columns: Self.edgeCount)
    let buffers = [
      "node_mean": node.mean, "node_scale": node.scale,
      "edge_mean": edge.mean, "edge_scale": edge.scale,
    ]
    return try model.with(
      tensors: model.tensors.map { tensor in
        NamedTensor(
          name: tensor.name, shape: tensor.shape, values: buffers[tensor.name] ?? tensor.values)
      })
  }

  /// Mean and 1 / standard deviation of each column.
  private static func moments(
    _ table: [Float], columns: Int
  ) -> (mean: [Float], scale: [Float]) {
    var mean: [Float] = []
    var scale: [Float] = []
    for column in 0..<columns {
      let values = stride(from: column, to: table.count, by: columns).map { Double(table[$0]) }
      let average = values.reduce(0, +) / Double(values.count)
      let variance =
        values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(values.count)
      mean.append(Float(average))
      scale.append(Float(1 / variance.squareRoot()))
    }
    return (mean, scale)
  }
}
