import ArtifactStore
import EventData
import JSONDocument
import TrackScoring
import Workflow

/// An event's tracks held against its truth: what every kind of scoring says of them.
struct ScoredTracks {
  let tables: EventTables
  let matching: TrackMatching
  let score: TrackMLScore
  private let metrics: TrackMetrics

  /// Reads the event of a task, and matches its tracks.
  ///
  /// - Throws: `EventDataError`, `TrackScoringError`, `ArtifactError`, `InputRefused`.
  init(_ task: StageTask, submission: SubmissionTable) throws {
    tables = try EventTables(task, withParticles: true)
    matching = try TrackMatching(truth: tables.truth, submission: submission)
    score = TrackMLScore(
      matching: matching, scoreOf: Self.scope(hits: tables.hits, truth: tables.truth))
    metrics = TrackMetrics(
      matching: matching, truth: tables.truth, particles: tables.particles,
      minimumHits: task.integer("minimumHits"), minimumTrackHits: task.integer("minimumTrackHits"))
  }

  /// The summary's members, without those of one kind of scoring only.
  func members(event: Int) -> [JSONMember] {
    let members: JSONValue = [
      "event": .integer(event), "score": .number(score.value), "scoreOf": .string(score.scoreOf),
      "hits": .integer(tables.truth.count), "tracks": .integer(score.trackCount),
      "hitsOnTracks": .integer(score.hitCount), "matchedTracks": .integer(score.matchedTrackCount),
      "efficiency": .optional(metrics.efficiency), "fakeRate": .optional(metrics.fakeRate),
      "duplicateRate": .optional(metrics.duplicateRate), "rates": metrics.ratesJSON,
    ]
    return members.members ?? []
  }

  /// What the whole truth table of an event covers, in words.
  private static func scope(hits: HitTable, truth: TruthTable) -> String? {
    let volumes = Set(hits.volumeID)
    guard !volumes.isSuperset(of: DetectorVolumes.all) else { return nil }
    let names = volumes.sorted().map(String.init).joined(separator: ", ")
    return "the event as far as it is given: hits of volumes \(names) only"
  }
}

/// The volumes of the TrackML detector: three pixel, three short-strip, three long-strip.
enum DetectorVolumes {
  static let all: Set<Int32> = [7, 8, 9, 12, 13, 14, 16, 17, 18]
}
