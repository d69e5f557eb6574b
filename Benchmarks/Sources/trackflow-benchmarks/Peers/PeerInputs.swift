import EdgeClassifier
import EventData
import Foundation
import GraphConstruction

/// What the peers compute from, written for them so that both sides have the same numbers.
struct PeerInputs {
  let folder: String

  init(folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The selected hits are for them to find; `truth` stands in the order of the hits.
  func write(_ event: BenchmarkEvent) throws {
    try write(event.hits.hitID, "hits-hit_id")
    try write(event.hits.x, "hits-x")
    try write(event.hits.y, "hits-y")
    try write(event.hits.z, "hits-z")
    try write(event.hits.volumeID, "hits-volume_id")
    try write(event.hits.layerID, "hits-layer_id")
    try write(event.truth.hitID, "truth-hit_id")
    try write(event.truth.particleID, "truth-particle_id")
    try write(event.truth.weight, "truth-weight")
    try write(event.submission.hitID, "submission-hit_id")
    try write(event.submission.trackID, "submission-track_id")
  }

  func write(_ graph: HitGraph) throws {
    try write(graph.hitID, "graph-hit_id")
    try write(
      graph.features, shape: [graph.nodeCount, HitGraph.featureCount], "graph-node_features")
    try write(graph.start, "graph-start")
    try write(graph.end, "graph-end")
    try write(graph.label, "graph-label")
    try write(Self.edgeFeatures(graph), shape: [graph.edgeCount, 6], "graph-edge_features")
  }

  func write(_ edges: ScoredEdges) throws {
    try write(edges.scores, "edges-score")
    try write(edges.labels, "edges-label")
  }

  /// The weights under PyTorch's names.
  func write(_ network: EdgeNetwork, name: String) throws {
    for tensor in network.tensors {
      try write(tensor.values, shape: tensor.shape, "\(name)-\(tensor.name)")
    }
  }

  /// Of each edge the differences of its nodes' features, end less start, and their distance in space.
  private static func edgeFeatures(_ graph: HitGraph) -> [Float] {
    let width = HitGraph.featureCount
    var features: [Float] = []
    features.reserveCapacity(6 * graph.edgeCount)
    for (start, end) in zip(graph.start, graph.end) {
      let differences = (0..<width).map {
        graph.features[Int(end) * width + $0] - graph.features[Int(start) * width + $0]
      }
      features += differences
      features.append(differences.prefix(3).reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
    return features
  }

  private func write<Number: NumPyNumber>(
    _ values: [Number], shape: [Int]? = nil, _ name: String
  ) throws {
    try NumPyFile.write(values, shape: shape, to: "\(folder)/\(name).npy")
  }
}
