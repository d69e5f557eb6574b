import ArtifactStore
import EventData
import JSONDocument
import Reconstruction
import TrackScoring
import Workflow

/// `score-reconstruction`: the TrackML score of an event's tracks, and where the rest was lost.
struct ScoreReconstruction: StageKind {
  let name = "score-reconstruction"
  let version = 1
  let summary =
    "Scores the tracks of each event against its truth, and says at which step what was lost."
  let scope = StageScope.event
  let inputs = [
    StageInput(FoundTracks.kind), StageInput(PreparedHits.kind),
    StageInput(LearntCandidates.kind, isRequired: false, takesSeveral: true),
    StageInput(FoundDoublets.kind, isRequired: false, takesSeveral: true),
    StageInput(FoundTriplets.kind, isRequired: false, takesSeveral: true),
    StageInput("simulate-events", isRequired: false),
  ]
  let eventFiles = [
    EventFileNeed("hits"), EventFileNeed("truth"), EventFileNeed("particles", isRequired: false),
  ]
  let parameters = [
    ParameterSpec(
      "minimumHits", .integer(1...100), default: 4,
      "A particle counts in efficiencies if it has so many hits in the event."),
    ParameterSpec(
      "minimumTrackHits", .integer(1...100), default: 3,
      "A track counts in fake and duplicate rates if it has so many hits."),
  ]

  func run(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let artifact = try task.load(FoundTracks.kind)
    let submission = try ScoreTracks.submission(of: artifact, event: event)
    return try refusingBadInput {
      let tables = try EventTables(task, withParticles: true)
      let matching = try TrackMatching(truth: tables.truth, submission: submission)
      let score = TrackMLScore(
        matching: matching, scoreOf: ScoreTracks.scope(hits: tables.hits, truth: tables.truth))
      let metrics = TrackMetrics(
        matching: matching, truth: tables.truth, particles: tables.particles,
        minimumHits: task.integer("minimumHits"),
        minimumTrackHits: task.integer("minimumTrackHits"))
      return StageResult(
        summary: [
          "event": .integer(event), "score": .number(score.value),
          "scoreOf": .string(score.scoreOf), "tracks": .integer(score.trackCount),
          "hitsOnTracks": .integer(score.hitCount),
          "matchedTracks": .integer(score.matchedTrackCount),
          "efficiency": .optional(metrics.efficiency), "fakeRate": .optional(metrics.fakeRate),
          "duplicateRate": .optional(metrics.duplicateRate),
          "pT": ScoreTracks.json(of: metrics.particlesByPT),
          "eta": ScoreTracks.json(of: metrics.particlesByEta),
        ])
    }
  }
}
