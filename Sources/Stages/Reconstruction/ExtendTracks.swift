import ArtifactStore
import JSONDocument
import Reconstruction
import Workflow

/// `extend-tracks`: lets an event's tracks grow from both ends, and joins pieces of one particle.
struct ExtendTracks: StageKind {
  let name = "extend-tracks"
  let version = 1
  let summary =
    "Lets tracks grow hit by hit from both ends, and joins two where one goes on as the other."
  let scope = StageScope.event
  let gives = FoundTracks.kind
  let inputs = [
    StageInput(PreparedHits.kind), StageInput(LearntCandidates.kind),
    StageInput("train-companions"), StageInput("train-extension"), StageInput(FoundTracks.kind),
  ]
  let parameters = [
    ParameterSpec(
      "cut", .number(-100...100), default: -1, "Logit above which a free hit is taken."),
    ParameterSpec(
      "mergeCut", .number(-100...100), default: 1, "Logit above which another track is joined."),
    ParameterSpec(
      "rounds", .integer(0...100), default: 6, unit: "hits",
      "A track grows by so many hits an end at most."),
    ParameterSpec(
      "companionCut", .number(-100...100), default: 0,
      "Logit above which a further hit of a layer is added."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let hits = try PreparedHits.hits(of: task.load(PreparedHits.kind))
    let tracks = try FoundTracks.tracks(of: task.load(FoundTracks.kind), hits: hits)
    let extender = TrackExtender(
      pairs: try LearntCandidates.read(task.load(LearntCandidates.kind)).pairs,
      network: try RowTraining.network(of: task.load("train-extension")),
      cut: Float(task.number("cut")), mergeCut: Float(task.number("mergeCut")),
      rounds: task.integer("rounds"),
      companions: CompanionFinder(
        network: try RowTraining.network(of: task.load("train-companions")),
        cut: Float(task.number("companionCut"))))
    let grown = extender.extended(tracks, hits: hits, threads: task.threads)
    return FoundTracks.result(grown, event: event, hits: hits)
  }
}
