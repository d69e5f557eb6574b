import ArtifactStore
import EventData
import GraphConstruction
import JSONDocument
import Workflow

/// A graph as an artifact's summary and arrays, and back.
enum GraphArtifact {
  /// What a stage that gives graphs makes of an event.
  ///
  /// - Parameters:
  ///   - hits: how many hits the event has.
  ///   - selection: which of them became nodes.
  static func result(
    _ graph: HitGraph, event: Int, hits: Int, selection: HitSelection
  ) -> StageResult {
    let summary: JSONValue = [
      "event": .integer(event), "hits": .integer(hits), "nodes": .integer(graph.nodeCount),
      "edges": .integer(graph.edgeCount), "trueEdges": .integer(graph.trueEdgeCount),
      "selection": SelectionJSON.json(of: selection),
    ]
    return StageResult(summary: summary, arrays: arrays(of: graph))
  }

  /// The arrays; those that are not known of the graph are left out.
  static func arrays(of graph: HitGraph) -> [ArtifactArray] {
    var arrays = [
      ArtifactArray(name: "hitID", values: .int32(graph.hitID)),
      ArtifactArray(name: "layer", values: .int32(graph.layer)),
      ArtifactArray(
        name: "features", shape: [graph.nodeCount, HitGraph.featureCount],
        values: .float32(graph.features)),
      ArtifactArray(name: "firstEdge", values: .int32(graph.firstEdge)),
      ArtifactArray(name: "end", values: .int32(graph.end)),
      ArtifactArray(name: "label", values: .uint8(graph.label)),
    ]
    for (name, values) in [
      ("hitWeight", graph.hitWeight), ("transverseMomentum", graph.transverseMomentum),
    ] where !values.isEmpty {
      arrays.append(ArtifactArray(name: name, values: .float32(values)))
    }
    return arrays
  }

  /// - Throws: `ArtifactError` where an array is missing, `InputRefused` where they make no graph.
  static func graph(of artifact: Artifact) throws -> HitGraph {
    func known(_ name: String) throws -> [Float] {
      artifact.arrays.contains { $0.name == name } ? try artifact.float32(name) : []
    }
    let graph = HitGraph(
      hitID: try artifact.int32("hitID"), layer: try artifact.int32("layer"),
      features: try artifact.float32("features"), firstEdge: try artifact.int32("firstEdge"),
      end: try artifact.int32("end"), label: try artifact.uint8("label"),
      hitWeight: try known("hitWeight"), transverseMomentum: try known("transverseMomentum"))
    try refusingBadInput { try graph.validate() }
    return graph
  }
}

/// Which hits a graph was made of, as its artifact's summary says it.
enum SelectionJSON {
  static func json(of selection: HitSelection) -> JSONValue {
    [
      "volumes": .array(selection.volumes.map { .integer(Int($0)) }),
      "z": selection.zRange.map { [.number($0.lower), .number($0.upper)] } ?? .null,
    ]
  }

  static func selection(of json: JSONValue?) -> HitSelection {
    let volumes = json?["volumes"]?.arrayValue?.compactMap(\.intValue).map(Int32.init) ?? []
    let z = json?["z"]?.arrayValue?.compactMap(\.doubleValue) ?? []
    return HitSelection(
      volumes: volumes, zRange: z.count == 2 ? (lower: z[0], upper: z[1]) : nil)
  }
}
