import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// `find-paths`: tracks as the best paths through an event's triplets.
struct FindPaths: StageKind {
  let name = "find-paths"
  let version = 1
  let summary =
    "Takes the best paths through the triplets as tracks, best first, with further hits on their layers."
  let scope = StageScope.event
  let gives = FoundTracks.kind
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(FoundDoublets.kind), StageInput(FoundTriplets.kind),
    StageInput("train-companions", isRequired: false),
    StageInput(FoundTracks.kind, isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "bias", .number(-100...100), default: 3, "Added to the score of every triplet of a path."),
    ParameterSpec(
      "threshold", .number(-100...100), default: 4, "Least score of a path in the last round."),
    ParameterSpec(
      "minimumHits", .integer(3...100), default: 3, unit: "hits",
      "Tracks of fewer hits are dropped."),
    ParameterSpec(
      "companionCut", .number(-100...100), default: 0,
      "Logit above which a further hit of a layer is added."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let hits = try PreparedHits.hits(of: task.load(PreparedHits.kind))
    let before =
      task.inputs(of: FoundTracks.kind).isEmpty
      ? [] : try FoundTracks.tracks(of: task.load(FoundTracks.kind), hits: hits)
    let companions =
      task.inputs(of: "train-companions").isEmpty
      ? nil
      : CompanionFinder(
        network: try RowTraining.network(of: task.load("train-companions")),
        cut: Float(task.number("companionCut")))
    return try refusingBadInput {
      let graph = try FoundDoublets.graph(
        of: task.load(FoundDoublets.kind), hits: hits, threads: task.threads)
      let triplets = try FoundTriplets.triplets(
        of: task.load(FoundTriplets.kind), graph: graph)
      let finder = PathFinder(
        bias: Float(task.number("bias")), threshold: Float(task.number("threshold")),
        minimumHits: task.integer("minimumHits"))
      var used = before.usedHits(of: hits.count)
      let tracks = finder.tracks(
        hits: hits, graph: graph, triplets: triplets, used: &used, companions: companions)
      return FoundTracks.result(
        before + tracks, event: event, hits: hits,
        more: [JSONMember(name: "newTracks", value: .integer(tracks.count))])
    }
  }
}
