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
  /// Of each row of the truth the place of its track in `tracks`, negative for none.
  let trackOfRow: [Int32]

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
    let particles = MeetingOrder(of: truth.particleID)
    var particleHits = [Int32](repeating: 0, count: particles.numbers.count)
    for particle in particles.places { particleHits[Int(particle)] += 1 }
    let numbers = MeetingOrder(of: trackOfRow, leavesOutNegative: true)
    let members = TrackMembers(
      track: numbers.places, count: numbers.numbers.count, particle: particles.places,
      weight: truth.weight)

    var counts = ParticleCounts(numbers: particles.numbers)
    var tracks: [MatchedTrack] = []
    tracks.reserveCapacity(numbers.numbers.count)
    members.forEachTrack { track, hits in
      let majority = counts.majority(of: hits)
      tracks.append(
        MatchedTrack(
          trackID: numbers.numbers[track], hitCount: hits.count,
          majorityParticle: particles.numbers[majority.particle],
          majorityHitCount: majority.hits, particleHitCount: Int(particleHits[majority.particle]),
          majorityWeight: majority.weight))
    }
    self.tracks = tracks
    self.trackOfRow = numbers.places
    totalWeight = CompensatedSum(truth.weight).value
    truthHitCount = truth.count
  }
}
