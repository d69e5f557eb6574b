import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import TrackBuilding
import Workflow

/// `join-doublets`: tracks from the doublets' scores alone, by the ways that the field knows.
struct JoinDoublets: StageKind {
  let name = "join-doublets"
  let version = 1
  let summary =
    "Joins doublets to tracks by connected components, greedy walks or walk-through, to compare with best paths."
  let scope = StageScope.event
  let gives = FoundTracks.kind
  let inputs = [StageInput(PreparedHits.kind), StageInput(FoundDoublets.kind)]
  let parameters = [
    ParameterSpec(
      "method", .choice(["components", "greedy", "walk-through"]), default: "walk-through",
      "components: connected components; greedy: walks outwards from the first layer along the likeliest doublet; walk-through: chains as they are, then walks from the likeliest doublets both ways."
    ),
    ParameterSpec(
      "threshold", .number(0...1), default: 0.9,
      "Doublets above this probability can be on a track, for components and greedy."),
    ParameterSpec(
      "lowCut", .number(0...1), default: 0.1, "walk-through: doublets below are dropped."),
    ParameterSpec(
      "walkCut", .number(0...1), default: 0.3,
      "walk-through: a walk goes along doublets above this."),
    ParameterSpec(
      "startCut", .number(0...1), default: 0.6,
      "walk-through: a walk starts with a doublet above this."),
    ParameterSpec(
      "minimumHits", .integer(1...1000), default: 3, unit: "hits", "Shorter tracks are dropped."),
  ]

  func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
    func cut(_ name: String) -> Double { parameters[name]?.doubleValue ?? 0 }
    guard cut("lowCut") > cut("walkCut") || cut("walkCut") > cut("startCut") else { return nil }
    return ParameterContradiction(
      parameter: "walkCut",
      message: "it must lie between lowCut and startCut, or no doublet could do what they allow")
  }

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let hits = try PreparedHits.hits(of: task.load(PreparedHits.kind))
    let doublets = try FoundDoublets.graph(
      of: task.load(FoundDoublets.kind), hits: hits, threads: task.threads)
    let (graph, order, edges) = doublets.hitGraph(hits)
    let probabilities = Kernels.current.probabilities(of: edges.map { doublets.score[Int($0)] })
    let threshold = Float(task.number("threshold"))
    let minimumHits = task.integer("minimumHits")
    let candidates =
      switch task.text("method") {
      case "components":
        ConnectedComponents.tracks(
          graph: graph, probabilities: probabilities, threshold: threshold,
          minimumHits: minimumHits)
      case "greedy":
        GreedyWalk.tracks(
          graph: graph, probabilities: probabilities, threshold: threshold,
          minimumHits: minimumHits, maximumSteps: 30)
      default:
        WalkThrough(
          lowCut: Float(task.number("lowCut")), walkCut: Float(task.number("walkCut")),
          startCut: Float(task.number("startCut")), minimumHits: minimumHits
        ).tracks(graph: graph, probabilities: probabilities)
      }
    return FoundTracks.result(candidates.tracks(order: order), event: event, hits: hits)
  }
}
