import EventData

/// The score of the TrackML challenge: the weighted share of hits that are on well-found tracks.
///
/// A track counts if more than half of its hits are of one particle and more than half of that
/// particle's hits are on the track. The score is the sum of the weights of those hits, over all
/// such tracks, divided by the sum of all weights of the truth table.
///
/// Source: S. Amrouche et al., "The Tracking Machine Learning challenge: Accuracy phase" (2019).
public struct TrackMLScore: Sendable, Equatable {
  /// The score, 0 to 1; 0 where the weights sum to 0.
  public let value: Double
  /// What the score is a share of, in words.
  public let scoreOf: String
  /// Sum of the weights that count as found.
  public let foundWeight: Double
  /// Sum of all weights in the truth table.
  public let totalWeight: Double
  /// Tracks of the submission, those of one hit included.
  public let trackCount: Int
  /// Tracks that fulfil the double majority.
  public let matchedTrackCount: Int
  /// Hits that are on a track.
  public let hitCount: Int
  /// Hits in the truth table.
  public let truthHitCount: Int

  /// Scores a submission against a whole truth table.
  ///
  /// - Throws: `TrackScoringError` where a hit is named twice or unknown, or there are two events.
  public init(truth: TruthTable, submission: SubmissionTable) throws(TrackScoringError) {
    self.init(matching: try TrackMatching(truth: truth, submission: submission))
  }

  /// The score of tracks that are already matched.
  ///
  /// - Parameter scoreOf: what the truth table covers; nil tells it from the sum of its weights.
  public init(matching: TrackMatching, scoreOf: String? = nil) {
    var found = CompensatedSum()
    var matched = 0
    var hits = 0
    for track in matching.tracks {
      hits += track.hitCount
      guard track.isMatched else { continue }
      found.add(track.majorityWeight)
      matched += 1
    }
    value = matching.totalWeight > 0 ? found.value / matching.totalWeight : 0
    self.scoreOf = scoreOf ?? Self.words(totalWeight: matching.totalWeight)
    foundWeight = found.value
    totalWeight = matching.totalWeight
    trackCount = matching.tracks.count
    matchedTrackCount = matched
    hitCount = hits
    truthHitCount = matching.truthHitCount
  }

  /// True where the weights of the truth table sum to 1, as those of a full event do.
  public var isOfFullEvent: Bool { Self.isFull(totalWeight) }

  /// Weights in files have six digits, so that a full event's sum to 1 within some millionths.
  private static func isFull(_ totalWeight: Double) -> Bool { abs(totalWeight - 1) < 1e-3 }

  private static func words(totalWeight: Double) -> String {
    if isFull(totalWeight) { return "the full event" }
    let rounded = (totalWeight * 1e4).rounded() / 1e4
    return
      "the hits in the truth table, whose weights sum to \(rounded) where a full event's do to 1"
  }
}
