import ArtifactStore
import JSONDocument
import Reconstruction
import Workflow

/// The triplets of an event as an artifact's arrays, and back.
enum FoundTriplets {
  static let kind = "find-triplets"

  static func arrays(of triplets: TripletSet) -> [ArtifactArray] {
    [
      ArtifactArray(name: "first", values: .int32(triplets.first)),
      ArtifactArray(name: "second", values: .int32(triplets.second)),
      ArtifactArray(name: "score", values: .float32(triplets.score)),
    ]
  }

  /// - Throws: `InputRefused` where the triplets are not of the graph's doublets.
  static func triplets(of artifact: Artifact, graph: DoubletGraph) throws -> TripletSet {
    let triplets = TripletSet(
      first: try artifact.int32("first"), second: try artifact.int32("second"),
      score: try artifact.float32("score"))
    try refusingBadInput { try triplets.check(graph) }
    return triplets
  }
}

/// `find-triplets`: the pairs of doublets that go on into each other.
struct FindTriplets: StageKind {
  let name = FoundTriplets.kind
  let version = 1
  let summary =
    "Judges the pairs of doublets that share a hit, and keeps those that the network believes."
  let scope = StageScope.event
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(FoundDoublets.kind), StageInput("train-triplets"),
  ]
  let parameters = [
    ParameterSpec(
      "cut", .number(-100...100), default: -4,
      "Triplets of a lower logit are dropped; before a line graph it is as in that one's training."),
    ParameterSpec(
      "network", .choice([Self.trained, LineGraphParameters.perceptron]),
      default: .string(Self.trained),
      "Whether a line graph's network that was trained is used, or the perceptron alone."),
    ParameterSpec(
      "lineGraphCut", .number(-100...100), default: -3,
      "Triplets to which the line graph's network gives a lower logit are dropped."),
  ]
  private static let trained = "trained"

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let hits = try PreparedHits.hits(of: task.load(PreparedHits.kind))
    let trained = try task.load("train-triplets")
    return try refusingBadInput {
      let graph = try FoundDoublets.graph(
        of: task.load(FoundDoublets.kind), hits: hits, threads: task.threads)
      let finder = try TripletFinder(trained: trained, parameters: task.parameters)
      let found = finder.triplets(of: graph, hits: hits, threads: task.threads)
      return StageResult(
        summary: [
          "event": .integer(event), "doublets": .integer(graph.count),
          "candidates": .integer(found.candidates), "triplets": .integer(found.triplets.count),
        ], arrays: FoundTriplets.arrays(of: found.triplets))
    }
  }
}

extension TripletFinder {
  /// From what `train-triplets` made, with the parameters of `find-triplets`.
  init(trained: Artifact, parameters: JSONValue) throws {
    func number(_ name: String) -> Float { Float(parameters[name]?.doubleValue ?? 0) }
    self.init(
      network: try RowTraining.network(of: trained), cut: number("cut"),
      limits: trained.summary["limits"].flatMap(TripletLimits.init),
      turns: trained.summary["turns"]?.boolValue ?? true)
    guard parameters["network"]?.stringValue != LineGraphParameters.perceptron,
      let line = try LineGraphTraining.network(of: trained)
    else { return }
    lineGraph = line.network
    lineGraphCut = number("lineGraphCut")
    cut = line.keepCut
  }
}
