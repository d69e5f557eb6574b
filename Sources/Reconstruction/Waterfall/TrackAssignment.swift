/// The track of each hit, and the track with most hits of each particle.
struct TrackAssignment {
  /// A particle's best track.
  struct Best {
    var track: Int32
    /// Hits of the particle on it.
    var hits: Int32
    /// All hits on it.
    var trackHits: Int32

    /// Most hits of the particle, then fewest others.
    func isBetter(than other: Best) -> Bool {
      (hits, other.trackHits) > (other.hits, trackHits)
    }
  }

  /// Number of the hit's track, -1 for none, [hits].
  private(set) var track: [Int32]
  /// nil for particles without a hit on a track, [particles].
  private(set) var best: [Best?]

  init(truth: HitTruth, tracks: [Track]) {
    track = Array(repeating: -1, count: truth.particle.count)
    best = Array(repeating: nil, count: truth.particleCount)
    var count = [Int32](repeating: 0, count: truth.particleCount)
    var present: [Int] = []
    for (number, members) in tracks.enumerated() {
      var trackHits: Int32 = 0
      for hit in [members.path, members.companions].joined() where track[Int(hit)] < 0 {
        track[Int(hit)] = Int32(number)
        trackHits += 1
        let particle = Int(truth.particle[Int(hit)])
        if particle > 0, count[particle] == 0 { present.append(particle) }
        count[particle] += 1
      }
      for particle in present {
        let candidate = Best(track: Int32(number), hits: count[particle], trackHits: trackHits)
        if best[particle].map(candidate.isBetter) ?? true { best[particle] = candidate }
        count[particle] = 0
      }
      present.removeAll(keepingCapacity: true)
    }
  }
}
