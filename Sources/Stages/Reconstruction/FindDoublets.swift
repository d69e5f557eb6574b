import ArtifactStore
import JSONDocument
import Reconstruction
import Workflow

/// The doublets of an event as an artifact's arrays, and back.
enum FoundDoublets {
  static let kind = "find-doublets"

  static func arrays(of graph: DoubletGraph) -> [ArtifactArray] {
    [
      ArtifactArray(name: "from", values: .int32(graph.from)),
      ArtifactArray(name: "to", values: .int32(graph.to)),
      ArtifactArray(name: "value", values: .float32(graph.value)),
      ArtifactArray(name: "score", values: .float32(graph.score)),
      ArtifactArray(name: "position", values: .int32(graph.position)),
    ]
  }

  /// The hits that earlier passes had taken, [hits]; empty for none.
  static func used(of artifact: Artifact) throws -> [Bool] {
    try artifact.uint8("used").map { $0 != 0 }
  }

  /// - Throws: `InputRefused` where the doublets are of another event's hits.
  static func graph(
    of artifact: Artifact, hits: DetectorHits, threads: Int
  ) throws -> DoubletGraph {
    try refusingBadInput {
      try DoubletGraph(
        hits: hits, position: try artifact.int32("position"), from: try artifact.int32("from"),
        to: try artifact.int32("to"), value: try artifact.float32("value"),
        score: try artifact.float32("score"), threads: threads)
    }
  }
}

/// `find-doublets`: the pairs of hits that may follow each other on a track.
struct FindDoublets: StageKind {
  let name = FoundDoublets.kind
  let version = 2
  let summary =
    "Searches the candidate doublets of an event and keeps those that the trained filter believes."
  let scope = StageScope.event
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(LearntCandidates.kind),
    StageInput("train-doublet-filter"), StageInput(FoundTracks.kind, isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "threshold", .number(0...1), default: 2e-8,
      "Candidates whose true weight in the table is lower are not looked at."),
    ParameterSpec(
      "cut", .number(-100...100), default: -4.5, "Doublets of a lower logit are dropped."),
    ParameterSpec(
      "screenCut", .number(-100...100), default: -9,
      "Candidates to which the small network before the filter gives a lower logit are dropped."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let hits = try PreparedHits.hits(of: task.load(PreparedHits.kind))
    let (pairs, table) = try LearntCandidates.read(task.load(LearntCandidates.kind))
    let filter = try task.load("train-doublet-filter")
    let used =
      task.inputs(of: FoundTracks.kind).isEmpty
      ? []
      : try FoundTracks.tracks(of: task.load(FoundTracks.kind), hits: hits)
        .usedHits(of: hits.count)
    let finder = try DoubletFinder(
      pairs: pairs, table: table, trained: filter, parameters: task.parameters)
    return try refusingBadInput {
      let found = try finder.doublets(of: hits, leavingOut: used, threads: task.threads)
      return StageResult(
        summary: [
          "event": .integer(event), "hits": .integer(hits.count),
          "hitsLeft": .integer(used.isEmpty ? hits.count : used.count { !$0 }),
          "candidates": .integer(found.candidates), "doublets": .integer(found.graph.count),
          "turns": .bool(finder.turns), "threshold": .number(task.number("threshold")),
        ],
        arrays: FoundDoublets.arrays(of: found.graph) + [
          ArtifactArray(name: "used", values: .uint8(used.map { $0 ? 1 : 0 }))
        ])
    }
  }
}

extension DoubletFinder {
  /// From what `train-doublet-filter` made, with the parameters of `find-doublets`.
  init(
    pairs: LayerPairs, table: CandidateTable, trained: Artifact, parameters: JSONValue
  ) throws {
    func number(_ name: String) -> Float { Float(parameters[name]?.doubleValue ?? 0) }
    self.init(
      pairs: pairs, table: table, threshold: number("threshold"),
      filter: try RowTraining.network(of: trained), cut: number("cut"),
      turns: trained.summary["turns"]?.boolValue ?? true,
      screen: try RowTraining.screen(of: trained), screenCut: number("screenCut"))
  }
}
