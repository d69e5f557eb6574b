/// What the score of some tracks is made of, and where all the weight went that is not in it.
///
/// A track holds a particle *purely* if more than half of its hits are of that particle. A particle is
/// *found* if a track holds it purely, and with more than half of the particle's hits; no other track
/// can. The weight of each hit of a particle is in exactly one of the score and the five losses, so
/// that they sum to the share of all particles' hits. All are shares of the event's whole weight.
public struct TrackLosses: Sendable, Equatable {
  /// The hits of found particles on the track that finds them: the TrackML score.
  public var score = CeilingPair()

  /// Not found: no hit of the particle is on any track.
  public var noHitOnTrack = CeilingPair()
  /// Not found: its best track holds it purely, but with no more than half of the particle's hits.
  ///
  /// A particle's best track is that with most of its hits; of equals the one with fewest hits in
  /// all, then the first.
  public var tooShort = CeilingPair()
  /// Not found: no more than half of the hits of its best track are of the particle, however many.
  public var impure = CeilingPair()
  /// Of a found particle: the hit is on no track.
  public var unassigned = CeilingPair()
  /// Of a found particle: the hit is on another track than the one that finds it.
  public var onOtherTrack = CeilingPair()

  public init() {}

  /// The losses of an event's tracks.
  ///
  /// - Parameters:
  ///   - truth: whose each hit is.
  ///   - tracks: paths and companions, none with a hit of another; a repeated hit stays with the first.
  /// - Complexity: O(hits).
  public init(truth: HitTruth, tracks: [Track]) {
    let assignment = TrackAssignment(truth: truth, tracks: tracks)
    var total = 0.0
    for hit in truth.particle.indices {
      let weight = Double(truth.weight[hit])
      total += weight
      guard truth.particle[hit] > 0 else { continue }
      let particle = Int(truth.particle[hit])
      let path = Self.category(
        of: assignment.best[particle], hitCount: truth.hitCount[particle],
        track: assignment.track[hit])
      self[keyPath: path].add(weight, isSecondary: truth.isSecondary[particle])
    }
    for (_, path) in Self.members { self[keyPath: path] = self[keyPath: path].share(of: total) }
  }

  /// Where a hit's weight goes.
  ///
  /// - Parameters:
  ///   - best: the best track of the hit's particle.
  ///   - hitCount: hits of the particle in the event.
  ///   - track: the hit's own track; -1 for none.
  private static func category(
    of best: TrackAssignment.Best?, hitCount: Int32, track: Int32
  ) -> WritableKeyPath<TrackLosses, CeilingPair> {
    guard let best else { return \.noHitOnTrack }
    guard 2 * best.hits > best.trackHits else { return \.impure }
    guard 2 * best.hits > hitCount else { return \.tooShort }
    return track == best.track ? \.score : track < 0 ? \.unassigned : \.onOtherTrack
  }

  /// The losses by the names that they have in JSON.
  public static var losses: [(name: String, path: WritableKeyPath<TrackLosses, CeilingPair>)] {
    [
      ("noHitOnTrack", \.noHitOnTrack), ("tooShort", \.tooShort), ("impure", \.impure),
      ("unassigned", \.unassigned), ("onOtherTrack", \.onOtherTrack),
    ]
  }

  /// The score and the losses.
  static var members: [(name: String, path: WritableKeyPath<TrackLosses, CeilingPair>)] {
    [("score", \.score)] + losses
  }
}
