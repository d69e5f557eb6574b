/// The hits of all tracks, one track after another, each track's in the order of the truth's rows.
struct TrackMembers {
  struct Hit {
    /// Place of its particle.
    var particle: Int32
    var weight: Double
  }

  /// Of each track its first hit in `hits`, [tracks + 1].
  private let first: [Int32]
  private let hits: [Hit]

  /// - Parameters:
  ///   - track: of each row the place of its track, negative for none.
  ///   - particle: of each row the place of its particle.
  init(track: [Int32], count: Int, particle: [Int32], weight: [Double]) {
    var first = [Int32](repeating: 0, count: count + 1)
    for track in track where track >= 0 { first[Int(track) + 1] += 1 }
    for track in 0..<count { first[track + 1] += first[track] }
    self.first = first
    hits = [Hit](unsafeUninitializedCapacity: Int(first[count])) { hits, filled in
      // Becomes the next track's first hit while a track's hits are filled in.
      first.withUnsafeMutableBufferPointer { next in
        for row in track.indices where track[row] >= 0 {
          let track = Int(track[row])
          hits[Int(next[track])] = Hit(particle: particle[row], weight: weight[row])
          next[track] += 1
        }
      }
      filled = hits.count
    }
  }

  /// Calls the body with each track's place and hits, in order; no track is empty.
  @inline(__always)
  func forEachTrack(_ body: (Int, UnsafeBufferPointer<Hit>) -> Void) {
    hits.withUnsafeBufferPointer { hits in
      for track in 0..<(first.count - 1) {
        let range = Int(first[track])..<Int(first[track + 1])
        body(track, UnsafeBufferPointer(rebasing: hits[range]))
      }
    }
  }
}

/// Counts a track's hits by particle, and takes them back after each track where it touched them.
struct ParticleCounts {
  private struct Count {
    var hits: Int32 = 0
    var weight = 0.0
  }

  /// The particle with most of a track's hits.
  struct Majority {
    var particle: Int
    var hits: Int
    var weight: Double
  }

  private let numbers: [Int64]
  private var counts: [Count]

  /// - Parameter numbers: of the particles; of equals the lowest is the majority.
  init(numbers: [Int64]) {
    self.numbers = numbers
    counts = [Count](repeating: Count(), count: numbers.count)
  }

  mutating func majority(of hits: UnsafeBufferPointer<TrackMembers.Hit>) -> Majority {
    // Boyer and Moore's vote: a particle that has more than half of the hits is what is left.
    var candidate = hits[0].particle
    var votes: Int32 = 0
    for hit in hits {
      candidate = votes == 0 ? hit.particle : candidate
      votes += hit.particle == candidate ? 1 : -1
    }
    var weight = 0.0
    var count: Int32 = 0
    for hit in hits {
      let isOfCandidate = hit.particle == candidate
      weight += isOfCandidate ? hit.weight : 0
      count += isOfCandidate ? 1 : 0
    }
    if 2 * Int(count) > hits.count {
      return Majority(particle: Int(candidate), hits: Int(count), weight: weight)
    }
    return mixedMajority(of: hits)
  }

  /// Where no particle has more than half of the hits.
  private mutating func mixedMajority(of hits: UnsafeBufferPointer<TrackMembers.Hit>) -> Majority {
    counts.withUnsafeMutableBufferPointer { counts in
      for hit in hits {
        counts[Int(hit.particle)].hits += 1
        counts[Int(hit.particle)].weight += hit.weight
      }
      var majority = Int(hits[0].particle)
      for hit in hits {
        let particle = Int(hit.particle)
        let (mine, most) = (counts[particle].hits, counts[majority].hits)
        if mine > most || mine == most && numbers[particle] < numbers[majority] {
          majority = particle
        }
      }
      let most = counts[majority]
      for hit in hits { counts[Int(hit.particle)] = Count() }
      return Majority(particle: majority, hits: Int(most.hits), weight: most.weight)
    }
  }
}
