import EventData

/// How many particles were found, and what became of the tracks, as counts with their shares.
///
/// A particle is reconstructable if it is charged, not noise, and has at least `minimumHits` hits
/// in the truth table. It is found if a track matches it by the double majority. Tracks of at
/// least `minimumTrackHits` hits fall into four kinds that add up to all of them.
public struct TrackMetrics: Sendable, Equatable {
  /// Fewest hits of a reconstructable particle, 4 unless told.
  public let minimumHits: Int
  /// Fewest hits of a track that is counted, 3 unless told.
  public let minimumTrackHits: Int

  public private(set) var reconstructableParticles = 0
  public private(set) var foundParticles = 0

  /// Tracks that are counted.
  public private(set) var tracks = 0
  /// Tracks that match their particle by the double majority.
  public private(set) var matchedTracks = 0
  /// Pure tracks whose particle has another pure track with more of its hits, or as many and first.
  public private(set) var duplicateTracks = 0
  /// Pure tracks, the best of their particle, that have at most half of its hits.
  public private(set) var fragmentTracks = 0
  /// Tracks of which no particle has more than half of the hits.
  public private(set) var fakeTracks = 0

  /// Found and reconstructable particles in bins.
  public private(set) var foundByBin = KinematicCounts(of: .particles)
  /// Fakes and all tracks in bins.
  public private(set) var fakesByBin = KinematicCounts(of: .tracks)
  /// Duplicates and all tracks in bins.
  public private(set) var duplicatesByBin = KinematicCounts(of: .tracks)

  /// Found particles / reconstructable particles.
  public var efficiency: Double? { Self.share(foundParticles, of: reconstructableParticles) }
  /// Fake tracks / tracks.
  public var fakeRate: Double? { Self.share(fakeTracks, of: tracks) }
  /// Duplicate tracks / tracks.
  public var duplicateRate: Double? { Self.share(duplicateTracks, of: tracks) }
  /// Matched tracks / tracks.
  public var trackPurity: Double? { Self.share(matchedTracks, of: tracks) }

  /// Counts of one event.
  ///
  /// - Parameters:
  ///   - matching: the tracks of the event, matched with this same truth.
  ///   - truth: where the number of hits of each particle comes from, and the places of tracks' hits.
  ///   - particles: charge, momentum and place of production. Particles that it lacks, all where it
  ///     is nil, count as charged, with the true momentum at their hit nearest to the origin, and
  ///     have no known production radius.
  public init(
    matching: TrackMatching, truth: TruthTable, particles: ParticleTable? = nil,
    minimumHits: Int = 4, minimumTrackHits: Int = 3
  ) {
    self.minimumHits = minimumHits
    self.minimumTrackHits = minimumTrackHits
    let kinematics = ParticleKinematics(truth: truth, particles: particles)
    countTracks(matching, truth)
    countParticles(matching, kinematics)
  }

  /// Adds the counts of another event, taken with the same limits.
  public mutating func add(_ other: TrackMetrics) {
    reconstructableParticles += other.reconstructableParticles
    foundParticles += other.foundParticles
    tracks += other.tracks
    matchedTracks += other.matchedTracks
    duplicateTracks += other.duplicateTracks
    fragmentTracks += other.fragmentTracks
    fakeTracks += other.fakeTracks
    foundByBin.add(other.foundByBin)
    fakesByBin.add(other.fakesByBin)
    duplicatesByBin.add(other.duplicatesByBin)
  }

  private mutating func countTracks(_ matching: TrackMatching, _ truth: TruthTable) {
    let places = matching.tracks.indices.filter {
      matching.tracks[$0].hitCount >= minimumTrackHits
    }
    let counted = places.map { matching.tracks[$0] }
    var rows = [[Int]](repeating: [], count: matching.tracks.count)
    for (row, track) in matching.trackOfRow.enumerated() where track >= 0 {
      rows[Int(track)].append(row)
    }
    var best: [Int64: Int] = [:]
    for (place, track) in counted.enumerated() where track.isPure {
      if let other = best[track.majorityParticle],
        counted[other].majorityHitCount >= track.majorityHitCount
      {
        continue
      }
      best[track.majorityParticle] = place
    }
    tracks = counted.count
    for (place, track) in counted.enumerated() {
      var isDuplicate = false
      if !track.isPure {
        fakeTracks += 1
      } else if track.isMatched {
        matchedTracks += 1
      } else if best[track.majorityParticle] == place {
        fragmentTracks += 1
      } else {
        duplicateTracks += 1
        isDuplicate = true
      }
      let shape = TrackShape(rows: rows[places[place]], truth: truth)
      fakesByBin.add(shape, found: !track.isPure)
      duplicatesByBin.add(shape, found: isDuplicate)
    }
  }

  private mutating func countParticles(_ matching: TrackMatching, _ particles: ParticleKinematics) {
    let found = Set(matching.tracks.lazy.filter(\.isMatched).map(\.majorityParticle))
    for place in particles.number.indices
    where particles.number[place] != 0 && particles.isCharged[place]
      && particles.hitCount[place] >= minimumHits
    {
      let isFound = found.contains(particles.number[place])
      reconstructableParticles += 1
      if isFound { foundParticles += 1 }
      foundByBin.add(
        pT: particles.pT[place], eta: particles.eta[place], hits: particles.hitCount[place],
        radius: particles.radius[place], found: isFound)
    }
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
