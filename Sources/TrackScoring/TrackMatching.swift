import EventData

/// One reconstructed track beside the particle that most of its hits are of.
public struct MatchedTrack: Sendable, Equatable {
  /// The track's number in the submission.
  public var trackID: Int64
  /// Number of hits on the track.
  public var hitCount: Int
  /// The particle with most hits on the track, the lowest number of equals; 0 for noise.
  public var majorityParticle: Int64
  /// How many of the track's hits are of the majority particle.
  public var majorityHitCount: Int
  /// How many hits the majority particle has in the truth table.
  public var particleHitCount: Int
  /// Sum of the weights of the majority particle's hits on the track.
  public var majorityWeight: Double

  /// More than half of the track's hits are of one particle, which is not noise.
  public var isPure: Bool { majorityParticle != 0 && 2 * majorityHitCount > hitCount }

  /// The double majority: pure, and more than half of the particle's hits are on the track.
  public var isMatched: Bool { isPure && 2 * majorityHitCount > particleHitCount }
}

/// The tracks of a submission held against the truth of its event.
public struct TrackMatching: Sendable, Equatable {
  /// One entry a track, in the order in which the truth table's rows meet them.
  public let tracks: [MatchedTrack]
  /// Sum of all weights in the truth table.
  public let totalWeight: Double
  /// Number of hits in the truth table.
  public let truthHitCount: Int

  /// Matches every track of a submission.
  ///
  /// A hit that the submission leaves out, or gives a negative track number, is on no track. Sums
  /// run in the order of the truth table's rows.
  /// - Parameters:
  ///   - truth: the particle and weight of every hit.
  ///   - submission: the tracks of this one event, in any order.
  /// - Throws: `TrackScoringError` where a hit is named twice or unknown, or there are two events.
  /// - Complexity: O(hits).
  public init(
    truth: TruthTable, submission: SubmissionTable
  ) throws(TrackScoringError) {
    if let event = submission.eventID.first, submission.eventID.contains(where: { $0 != event }) {
      throw .notOneEvent(events: Set(submission.eventID).sorted())
    }
    let rows = try HitRows(truth: truth)
    var trackID = [Int64](repeating: Self.absent, count: truth.count)
    for entry in submission.hitID.indices {
      let hit = submission.hitID[entry]
      guard let row = rows.row(of: hit) else {
        throw .hitNotInTruth(hitID: hit, truthHits: truth.count)
      }
      guard trackID[row] == Self.absent else { throw .hitTwiceInSubmission(hitID: hit) }
      trackID[row] = max(submission.trackID[entry], -1)
    }
    self.init(truth: truth, trackOfRow: trackID)
  }

  /// Marks a row that the submission does not name.
  private static let absent = Int64.min

  /// Matches tracks that are given by truth row; negative numbers are no track.
  init(truth: TruthTable, trackOfRow: [Int64]) {
    var particles = NumberIndex(capacity: truth.count / 8)
    var particleHits: [Int32] = []
    let particleOfRow = truth.particleID.map { number in
      let place = particles.place(of: number)
      if place == particleHits.count { particleHits.append(0) }
      particleHits[place] += 1
      return Int32(place)
    }
    var numbers = NumberIndex(capacity: truth.count / 8)
    let track = trackOfRow.map { $0 < 0 ? Int32(-1) : Int32(numbers.place(of: $0)) }
    let (first, grouped) = Self.group(track, count: numbers.numbers.count)

    // Both are indexed by particle, and cleared after each track where it touched them.
    var hits = [Int32](repeating: 0, count: particleHits.count)
    var weights = [Double](repeating: 0, count: particleHits.count)
    var tracks: [MatchedTrack] = []
    tracks.reserveCapacity(numbers.numbers.count)
    for (place, number) in numbers.numbers.enumerated() {
      let members = grouped[first[place]..<first[place + 1]]
      for row in members {
        let particle = Int(particleOfRow[Int(row)])
        hits[particle] += 1
        weights[particle] += truth.weight[Int(row)]
      }
      var majority = Int(particleOfRow[Int(members[members.startIndex])])
      for row in members {
        let particle = Int(particleOfRow[Int(row)])
        if hits[particle] > hits[majority]
          || hits[particle] == hits[majority]
            && particles.numbers[particle] < particles.numbers[majority]
        {
          majority = particle
        }
      }
      tracks.append(
        MatchedTrack(
          trackID: number, hitCount: members.count, majorityParticle: particles.numbers[majority],
          majorityHitCount: Int(hits[majority]), particleHitCount: Int(particleHits[majority]),
          majorityWeight: weights[majority]))
      for row in members {
        hits[Int(particleOfRow[Int(row)])] = 0
        weights[Int(particleOfRow[Int(row)])] = 0
      }
    }
    self.tracks = tracks
    var total = CompensatedSum()
    for weight in truth.weight { total.add(weight) }
    totalWeight = total.value
    truthHitCount = truth.count
  }

  /// Rows grouped by track in their own order: a counting sort.
  private static func group(_ track: [Int32], count: Int) -> (first: [Int], rows: [Int32]) {
    var first = [Int](repeating: 0, count: count + 1)
    for track in track where track >= 0 { first[Int(track) + 1] += 1 }
    for track in 0..<count { first[track + 1] += first[track] }
    var next = first
    var rows = [Int32](repeating: 0, count: first[count])
    for row in track.indices where track[row] >= 0 {
      rows[next[Int(track[row])]] = Int32(row)
      next[Int(track[row])] += 1
    }
    return (first, rows)
  }
}
