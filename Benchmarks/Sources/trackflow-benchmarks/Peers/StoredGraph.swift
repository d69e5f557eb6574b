import ArtifactStore
import GraphConstruction

/// A graph as the artifact that the stages which give graphs make of it, in a store of its own.
struct StoredGraph {
  private let artifact: Artifact
  private let store: ObjectStore

  /// Publishes the graph, loads it back, and writes what came back for the peers as `artifact-….npy`.
  init(_ graph: HitGraph, inputs: PeerInputs) throws {
    artifact = Artifact(
      kind: "build-graphs", keyText: ["edges": .integer(graph.edgeCount)],
      summary: ["nodes": .integer(graph.nodeCount), "edges": .integer(graph.edgeCount)],
      arrays: Self.arrays(of: graph))
    store = ObjectStore(root: inputs.folder + "/store")
    try publish()
    let loaded = try store.load(artifact.key)
    guard loaded == artifact else { throw Usage("the store gave back another graph") }
    for array in loaded.arrays {
      try inputs.write(array, prefix: "artifact")
    }
  }

  private static func arrays(of graph: HitGraph) -> [ArtifactArray] {
    [
      ArtifactArray(name: "hitID", values: .int32(graph.hitID)),
      ArtifactArray(name: "layer", values: .int32(graph.layer)),
      ArtifactArray(
        name: "features", shape: [graph.nodeCount, HitGraph.featureCount],
        values: .float32(graph.features)),
      ArtifactArray(name: "firstEdge", values: .int32(graph.firstEdge)),
      ArtifactArray(name: "end", values: .int32(graph.end)),
      ArtifactArray(name: "label", values: .uint8(graph.label)),
      ArtifactArray(name: "hitWeight", values: .float32(graph.hitWeight)),
      ArtifactArray(name: "transverseMomentum", values: .float32(graph.transverseMomentum)),
    ].filter { $0.values.count > 0 }
  }

  /// Writes and syncs the file, and gives its size in bytes.
  @discardableResult
  func publish() throws -> Int { try store.publish(artifact) }

  /// Reads and checks the file, and gives the number of values in it.
  func load() throws -> Int {
    try store.load(artifact.key).arrays.reduce(0) { $0 + $1.values.count }
  }
}
