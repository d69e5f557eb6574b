/// The most that can be scored after each step of a reconstruction, and how the final loss looks.
///
/// Each step's ceiling is the score if everything behind it were perfect (`AssignmentCeiling`). A
/// hit lost early is in every later step's loss, and in one category of `losses` at the end.
///
/// ```swift
/// let waterfall = LossWaterfall(
///   truth: truth, layerPairs: [linked], candidates: passes.map(\.candidates),
///   filter: passes.map(\.kept), triplets: passes.map(\.inKeptTriplets), tracks: tracks)
/// print(waterfall.hits.sum - waterfall.layerPairs.sum)
/// ```
public struct LossWaterfall: Sendable, Equatable {
  /// Every particle's hits perfectly assigned.
  public var hits: CeilingPair
  /// True pairs on layers that are linked.
  public var layerPairs: CeilingPair
  /// True pairs that the search gives.
  public var candidates: CeilingPair
  /// True pairs that pass the edge filter.
  public var filter: CeilingPair
  /// Pairs that are part of a true triplet that is kept.
  public var triplets: CeilingPair
  /// The score of the tracks, and what is missing from it.
  public var losses: TrackLosses

  /// The waterfall of one event.
  ///
  /// - Parameters:
  ///   - truth: whose each hit is; its weights are what all is measured in.
  ///   - layerPairs: what is joined behind each step, one entry a pass; false pairs change nothing.
  ///     The ceiling is that of all passes together.
  ///   - tracks: what came out at the end.
  public init(
    truth: HitTruth, layerPairs: [JoinedPairs], candidates: [JoinedPairs], filter: [JoinedPairs],
    triplets: [JoinedPairs], tracks: [Track]
  ) {
    hits = AssignmentCeiling.scoreOfPerfectHits(truth: truth)
    self.layerPairs = AssignmentCeiling.score(truth: truth, passes: layerPairs)
    self.candidates = AssignmentCeiling.score(truth: truth, passes: candidates)
    self.filter = AssignmentCeiling.score(truth: truth, passes: filter)
    self.triplets = AssignmentCeiling.score(truth: truth, passes: triplets)
    losses = TrackLosses(truth: truth, tracks: tracks)
  }

  /// All zero, to be filled in.
  init() {
    (hits, layerPairs, candidates, filter) = (.init(), .init(), .init(), .init())
    triplets = .init()
    losses = TrackLosses()
  }

  /// The score of the tracks.
  public var score: CeilingPair { losses.score }

  /// The steps, outermost ceiling first and the score last, by the names that they have in JSON.
  public static var steps: [(name: String, path: WritableKeyPath<LossWaterfall, CeilingPair>)] {
    [
      ("hits", \.hits), ("layerPairs", \.layerPairs), ("candidates", \.candidates),
      ("filter", \.filter), ("triplets", \.triplets), ("score", \.losses.score),
    ]
  }
}
