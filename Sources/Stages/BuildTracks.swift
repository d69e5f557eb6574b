import ArtifactStore
import GraphConstruction
import JSONDocument
import TrackBuilding
import Workflow

/// `build-tracks`: track candidates from edge probabilities.
struct BuildTracks: StageKind {
  let name = "build-tracks"
  let version = 2
  let summary = "Builds track candidates from the edges' probabilities."
  let scope = StageScope.event
  let inputs = [StageInput("build-graphs"), StageInput("classify-edges")]
  let parameters = [
    ParameterSpec(
      "method", .choice(["greedy", "components", "walk-through"]), default: "greedy",
      "greedy: walks outwards from the innermost layer along the likeliest edges; components: connected components; walk-through: chains without a branching, then walks from the likeliest edges both ways."
    ),
    ParameterSpec(
      "threshold", .number(0...1), default: 0.7,
      "Edges above this probability can be on a track of greedy or components."),
    ParameterSpec(
      "minimumHits", .integer(1...1000), default: nil, unit: "hits",
      "Shorter candidates are dropped; 1 for components and 3 for the others where null."),
    ParameterSpec(
      "maximumSteps", .integer(1...1000), default: 15, unit: "edges",
      "A greedy walk ends after so many edges."),
    ParameterSpec(
      "lowCut", .number(0...1), default: 0.01,
      "Walk-through drops the edges that are not above this probability."),
    ParameterSpec(
      "walkCut", .number(0...1), default: 0.1,
      "The walks of walk-through go along edges above this probability."),
    ParameterSpec(
      "startCut", .number(0...1), default: 0.6,
      "The walks of walk-through start with edges above this probability."),
  ]

  func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
    guard parameters["method"]?.stringValue == "walk-through" else { return nil }
    let names = ["lowCut", "walkCut", "startCut"]
    let cuts = names.map { parameters[$0]?.doubleValue ?? 0 }
    for index in 1..<names.count where cuts[index] < cuts[index - 1] {
      return ParameterContradiction(
        parameter: names[index],
        message: "a cut of at least \(names[index - 1]) (\(cuts[index - 1])) was expected")
    }
    return nil
  }

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let graph = try GraphArtifact.graph(of: task.load("build-graphs"))
    let probabilities = try task.load("classify-edges").float32("probability")
    guard probabilities.count == graph.edgeCount else {
      throw InputRefused(
        "the classified edges (\(probabilities.count)) are not those of the graph (\(graph.edgeCount));"
          + " \"needs\" must name the graphs that were classified")
    }
    let candidates = Self.candidates(task, graph: graph, probabilities: probabilities)
    let submission = candidates.submission(
      graph: graph, event: Int32(truncatingIfNeeded: event))
    let summary: JSONValue = [
      "event": .integer(event), "tracks": .integer(candidates.count),
      "hitsOnTracks": .integer(candidates.hitCount),
      "threshold": .number(Self.leastProbability(task)),
    ]
    return StageResult(
      summary: summary,
      arrays: [
        ArtifactArray(name: "hitID", values: .int32(submission.hitID)),
        ArtifactArray(name: "trackID", values: .int64(submission.trackID)),
      ])
  }

  /// Edges at or below this can be on no track, whatever the method.
  private static func leastProbability(_ task: StageTask) -> Double {
    task.number(task.text("method") == "walk-through" ? "lowCut" : "threshold")
  }

  private static func candidates(
    _ task: StageTask, graph: HitGraph, probabilities: [Float]
  ) -> TrackCandidates {
    let threshold = Float(task.number("threshold"))
    let minimumHits = task.parameters["minimumHits"]?.intValue
    switch task.text("method") {
    case "components":
      return ConnectedComponents.tracks(
        graph: graph, probabilities: probabilities, threshold: threshold,
        minimumHits: minimumHits ?? 1)
    case "walk-through":
      return WalkThrough(
        lowCut: Float(task.number("lowCut")), walkCut: Float(task.number("walkCut")),
        startCut: Float(task.number("startCut")), minimumHits: minimumHits ?? 3
      ).tracks(graph: graph, probabilities: probabilities)
    default:
      return GreedyWalk.tracks(
        graph: graph, probabilities: probabilities, threshold: threshold,
        minimumHits: minimumHits ?? 3, maximumSteps: task.integer("maximumSteps"))
    }
  }
}
