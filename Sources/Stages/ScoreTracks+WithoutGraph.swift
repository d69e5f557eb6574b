import EventData
import JSONDocument
import TrackScoring
import Workflow

extension ScoreTracks {
  /// The score of tracks that no graph of this program led to: without a ceiling, and without the score of a region.
  func scoreWithoutGraph(_ task: StageTask) throws -> StageResult {
    let event = try task.eventNumber()
    let submission = try Self.submission(of: task.load("build-tracks"), event: event)
    return try refusingBadInput {
      let tables = try EventTables(task, withParticles: true)
      let matching = try TrackMatching(truth: tables.truth, submission: submission)
      let score = TrackMLScore(
        matching: matching, scoreOf: Self.scope(hits: tables.hits, truth: tables.truth))
      let metrics = TrackMetrics(
        matching: matching, truth: tables.truth, particles: tables.particles,
        minimumHits: task.integer("minimumHits"),
        minimumTrackHits: task.integer("minimumTrackHits"))
      return StageResult(
        summary: [
          "event": .integer(event), "score": .number(score.value),
          "scoreOf": .string(score.scoreOf), "ceiling": .null, "perfectHits": .null,
          "region": .null, "tracks": .integer(score.trackCount),
          "hitsOnTracks": .integer(score.hitCount),
          "matchedTracks": .integer(score.matchedTrackCount),
          "efficiency": .optional(metrics.efficiency), "fakeRate": .optional(metrics.fakeRate),
          "duplicateRate": .optional(metrics.duplicateRate),
          "pT": Self.json(of: metrics.particlesByPT), "eta": Self.json(of: metrics.particlesByEta),
        ])
    }
  }
}
