import ArtifactStore
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
  }

  /// Of the graph that was written last.
  func write(_ features: MessageFeatures) throws {
    let (nodes, edges) = (MessageFeatures.nodeCount, MessageFeatures.edgeCount)
    try write(
      features.nodes, shape: [features.nodes.count / nodes, nodes], "graph-message_nodes")
    try write(
      features.edges, shape: [features.edges.count / edges, edges], "graph-message_edges")
  }

  func write(_ edges: ScoredEdges) throws {
    try write(edges.scores, "edges-score")
    try write(edges.labels, "edges-label")
  }

  /// The weights under PyTorch's names.
  func write(_ model: EdgeModel, name: String) throws {
    for tensor in model.tensors {
      try write(tensor.values, shape: tensor.shape, "\(name)-\(tensor.name)")
    }
  }

  /// An array under its own name.
  func write(_ array: ArtifactArray, prefix: String) throws {
    let name = "\(prefix)-\(array.name)"
    switch array.values {
    case .uint8(let values): try write(values, shape: array.shape, name)
    case .int32(let values): try write(values, shape: array.shape, name)
    case .int64(let values): try write(values, shape: array.shape, name)
    case .float32(let values): try write(values, shape: array.shape, name)
    case .float64(let values): try write(values, shape: array.shape, name)
    }
  }

  private func write<Number: NumPyNumber>(
    _ values: [Number], shape: [Int]? = nil, _ name: String
  ) throws {
    try NumPyFile.write(values, shape: shape, to: "\(folder)/\(name).npy")
  }
}
