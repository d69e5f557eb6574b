import ArtifactStore
import GraphConstruction
import JSONDocument
import TrackBuilding
import Workflow

/// `build-tracks`: track candidates from edge probabilities.
struct BuildTracks: StageKind {
  let name = "build-tracks"
  let version = 1
  let summary = "Builds track candidates from the edges' probabilities."
  let scope = StageScope.event
  let inputs = [StageInput("build-graphs"), StageInput("classify-edges")]
  let parameters = [
    ParameterSpec(
      "method", .choice(["greedy", "components"]), default: "greedy",
      "greedy: walks outwards from the innermost layer along the likeliest edges; components: connected components."
    ),
    ParameterSpec(
      "threshold", .number(0...1), default: 0.7, "Edges above this probability can be on a track."),
    ParameterSpec(
      "minimumHits", .integer(1...1000), default: nil,
      "Shorter candidates are dropped; 3 for greedy and 1 for components where null."),
    ParameterSpec(
      "maximumSteps", .integer(1...1000), default: 15, "A greedy walk ends after so many edges."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let graph = try GraphArtifact.graph(of: task.load("build-graphs"))
    let probabilities = try task.load("classify-edges").float32("probability")
    guard probabilities.count == graph.edgeCount else {
      throw InputRefused(
        "the classified edges (\(probabilities.count)) are not those of the graph (\(graph.edgeCount));"
          + " \"needs\" must name the graphs that were classified")
    }
    let threshold = Float(task.number("threshold"))
    let minimumHits = task.parameters["minimumHits"]?.intValue
    let candidates =
      task.text("method") == "greedy"
      ? GreedyWalk.tracks(
        graph: graph, probabilities: probabilities, threshold: threshold,
        minimumHits: minimumHits ?? 3, maximumSteps: task.integer("maximumSteps"))
      : ConnectedComponents.tracks(
        graph: graph, probabilities: probabilities, threshold: threshold,
        minimumHits: minimumHits ?? 1)
    let submission = candidates.submission(
      graph: graph, event: Int32(truncatingIfNeeded: event))
    let summary: JSONValue = [
      "event": .integer(event), "tracks": .integer(candidates.count),
      "hitsOnTracks": .integer(candidates.hitCount),
    ]
    return StageResult(
      summary: summary,
      arrays: [
        ArtifactArray(name: "hitID", values: .int32(submission.hitID)),
        ArtifactArray(name: "trackID", values: .int64(submission.trackID)),
      ])
  }
}
