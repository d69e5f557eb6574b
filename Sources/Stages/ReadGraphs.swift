import EventData
import GraphConstruction
import JSONDocument
import Workflow

/// `read-graphs`: the graphs of a data set that holds graphs, in the place of those built here.
struct ReadGraphs: StageKind {
  let name = "read-graphs"
  let version = 1
  let summary =
    "Reads each event's graph from a file (.npz) of the data set, in the place of build-graphs."
  let scope = StageScope.event
  let gives = "build-graphs"
  let inputs: [StageInput] = []
  let eventFiles = [
    EventFileNeed(EventFile.graph.rawValue),
    EventFileNeed(EventFile.hits.rawValue, isRequired: false),
    EventFileNeed(EventFile.truth.rawValue, isRequired: false),
  ]
  let parameters: [ParameterSpec] = []

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let paths = task.graphPaths
    guard !paths.isEmpty else { throw InputRefused("the event has no graph file") }
    return try refusingBadInput {
      let graph =
        try task.geometricGraph().map { try GeometricGraphEvent($0, task).graph() }
        ?? HitGraph(try EventReader.graph(atPieces: paths))
      try graph.validate()
      return GraphArtifact.result(
        graph, event: event, hits: graph.nodeCount, selection: HitSelection())
    }
  }
}

extension StageTask {
  /// The files of an event's graph, in the order of its pieces.
  var graphPaths: [String] {
    files.filter { $0.key.hasPrefix(EventFile.graph.rawValue) }.sorted { $0.key < $1.key }
      .map(\.value)
  }

  /// The event's graph where it is one file with PyTorch Geometric's layout; nil for other layouts.
  func geometricGraph() throws -> GeometricGraph? {
    let paths = graphPaths
    guard let path = paths.first else { return nil }
    let archive = try NumPyArchive(path: path)
    guard EventReader.isGeometric(archive) else { return nil }
    guard paths.count == 1 else {
      throw EventDataError.array(
        file: paths[1], name: "edge_index",
        message: "the event has a graph in another file; one in several pieces is not read so")
    }
    return try EventReader.geometricGraph(archive)
  }
}

/// A graph file with PyTorch Geometric's layout beside the tables of its event, as far as there are such.
private struct GeometricGraphEvent {
  private let file: GeometricGraph
  private let path: String
  private let hits: HitTable?
  private let truth: TruthTable?

  init(_ file: GeometricGraph, _ task: StageTask) throws {
    self.file = file
    path = task.graphPaths[0]
    hits = try task.files[EventFile.hits.rawValue].map { try EventReader.hits(at: $0) }
    truth = try task.files[EventFile.truth.rawValue].map { try EventReader.truth(at: $0) }
  }

  func graph() throws -> HitGraph {
    let hitID = try hitNumbers()
    return HitGraph(file, hitID: hitID, label: try labels(hitID))
  }

  /// The file's own; without, the event's hits in their order, or places in the file where there are no hits.
  private func hitNumbers() throws -> [Int32] {
    guard let own = file.hitID else {
      guard let hits else { return (1...Int32(file.nodeCount)).map { $0 } }
      guard hits.count == file.nodeCount else {
        throw failure(
          "hit_id",
          "it is missing, and the \(file.nodeCount) nodes are not the \(hits.count) hits of the event; the number of each node's hit was expected"
        )
      }
      return hits.hitID
    }
    let known = hits.map { Set($0.hitID) }
    if let known, let node = own.firstIndex(where: { !known.contains($0) }) {
      throw failure(
        "hit_id", "that of node \(node) is \(own[node]), which is not among the event's hits")
    }
    return own
  }

  /// The file's own; without, an edge is true whose hits are of one particle.
  private func labels(_ hitID: [Int32]) throws -> [UInt8] {
    if let own = file.label { return own }
    var particles = file.particleID
    if particles == nil, let truth {
      let particleOfHit = Dictionary(
        zip(truth.hitID, truth.particleID), uniquingKeysWith: { first, _ in first })
      particles = hitID.map { particleOfHit[$0] ?? 0 }
    }
    guard let particles else {
      throw failure(
        "y",
        "it is missing; labels of the edges, an array particle_id, or the event's truth file were expected"
      )
    }
    return zip(file.start, file.end).map { start, end in
      let particle = particles[Int(start)]
      return particle != 0 && particle == particles[Int(end)] ? 1 : 0
    }
  }

  private func failure(_ name: String, _ message: String) -> EventDataError {
    .array(file: path, name: name, message: message)
  }
}
