import EventData
import TestSupport
import Testing
import TrackScoring

@Suite("The TrackML score")
struct TrackMLScoreTests {
  func score(_ particles: [Int64], _ tracks: [Int64?], weight: [Double]? = nil) throws -> Double {
    try TrackMLScore(truth: TruthTable(particles, weight: weight), submission: .init(tracks)).value
  }

  @Test("is 1 for perfect tracks, whatever their numbers, and 0 for none")
  func limits() throws {
    #expect(agree(try score([5, 5, 6, 6, 6], [1 << 60, 1 << 60, 0, 0, 0]), 1))
    #expect(try score([5, 5, 6, 6, 6], [nil, nil, nil, nil, nil]) == 0)
  }

  @Test("counts the majority particle's hits on the track and no others")
  func wrongHits() throws {
    // 3 of 4 hits on the track are of particle 5, which has 4.
    #expect(agree(try score([5, 5, 5, 5, 6, 6], [1, 1, 1, nil, 1, nil]), 3.0 / 6))
  }

  @Test("wants more than half of the track's hits, strictly")
  func trackMajority() throws {
    #expect(try score([5, 5, 6, 7], [1, 1, 1, 1]) == 0)
    #expect(agree(try score([5, 5, 6], [1, 1, 1]), 2.0 / 3))
  }

  @Test("wants more than half of the particle's hits, strictly")
  func particleMajority() throws {
    #expect(try score([5, 5, 5, 5], [1, 1, nil, nil]) == 0)
    #expect(agree(try score([5, 5, 5, 5], [1, 1, 1, nil]), 3.0 / 4))
  }

  @Test("is a share of the sum of all weights, those of noise and of missing hits included")
  func weights() throws {
    let value = try score([5, 5, 6, 6, 0], [1, 1, nil, nil, 9], weight: [2, 1, 3, 1, 1])
    #expect(agree(value, 3.0 / 8))
  }

  @Test("does not count noise as a particle")
  func noise() throws {
    let truth = TruthTable([0, 0, 0, 5, 5, 5])
    let matching = try TrackMatching(truth: truth, submission: .init([1, 1, 1, 2, 2, 2]))
    #expect(TrackMLScore(matching: matching).matchedTrackCount == 1)
    #expect(agree(TrackMLScore(matching: matching).value, 0.5))
    #expect(matching.tracks[0].majorityParticle == 0)
    #expect(!matching.tracks[0].isPure)
  }

  @Test("takes a negative track number as no track")
  func negativeTrack() throws {
    let truth = TruthTable([5, 6])
    let score = try TrackMLScore(truth: truth, submission: .init([-1, -1]))
    #expect(score.value == 0)
    #expect(score.trackCount == 0)
    #expect(score.hitCount == 0)
  }

  @Test("names the lowest of equal particles as the majority")
  func tie() throws {
    let truth = TruthTable([9, 9, 4, 4])
    let track = try TrackMatching(truth: truth, submission: .init([1, 1, 1, 1])).tracks[0]
    #expect(track.majorityParticle == 4)
    #expect(track.majorityHitCount == 2)
    #expect(!track.isPure)
  }

  @Test("of an empty submission, or where nothing weighs, is 0")
  func empty() throws {
    #expect(try TrackMLScore(truth: TruthTable([5, 5]), submission: .init()).value == 0)
    #expect(try TrackMLScore(truth: TruthTable([]), submission: .init()).value == 0)
    #expect(try score([5, 5], [1, 1], weight: [0, 0]) == 0)
  }

  @Test("says what it is a share of")
  func words() throws {
    func words(_ weight: [Double]) throws -> String {
      try TrackMLScore(truth: TruthTable([5, 5], weight: weight), submission: .init()).scoreOf
    }
    #expect(try words([0.6, 0.4]) == "the full event")
    #expect(try words([0.18, 0.2]).contains("whose weights sum to 0.38"))
  }

  @Test("is refused for a hit that is named twice, or not in the truth, or of another event")
  func badSubmissions() throws {
    let truth = TruthTable([5, 5, 6])
    var twice = SubmissionTable([1, 1])
    twice.append(hit: 2, track: 3)
    #expect(throws: TrackScoringError.hitTwiceInSubmission(hitID: 2)) {
      try TrackMLScore(truth: truth, submission: twice)
    }
    // A hit that is said to be on no track is named all the same.
    var negativeTwice = SubmissionTable([-1])
    negativeTwice.append(hit: 1, track: 1)
    #expect(throws: TrackScoringError.hitTwiceInSubmission(hitID: 1)) {
      try TrackMLScore(truth: truth, submission: negativeTwice)
    }
    for hit in [0, 4, -3, .max] as [Int32] {
      var unknown = SubmissionTable()
      unknown.append(hit: hit, track: 1)
      #expect(throws: TrackScoringError.hitNotInTruth(hitID: hit, truthHits: 3)) {
        try TrackMLScore(truth: truth, submission: unknown)
      }
    }
    var events = SubmissionTable([1])
    events.append(hit: 2, track: 1, event: 8)
    #expect(throws: TrackScoringError.notOneEvent(events: [7, 8])) {
      try TrackMLScore(truth: truth, submission: events)
    }
    #expect(throws: TrackScoringError.hitTwiceInTruth(hitID: 4)) {
      try TrackMLScore(truth: TruthTable([5, 6], hitID: [4, 4]), submission: .init())
    }
    #expect(throws: TrackScoringError.hitTwiceInTruth(hitID: .max)) {
      try TrackMLScore(
        truth: TruthTable([5, 6, 5], hitID: [.max, 1, .max]), submission: .init())
    }
  }

  @Test("is what its definition gives, spelled out, for random tracks in any order")
  func property() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var generator = SeededGenerator(state: seed)
      let count = Int.random(in: 1...60, using: &generator)
      let scale: Int64 = seed % 2 == 0 ? 1 : 123_456_789_012_345_678
      let particles = (0..<count).map { _ in scale * .random(in: 0...7, using: &generator) }
      let weight = particles.map { $0 == 0 ? 0 : Double.random(in: 0...1, using: &generator) }
      // Every third event has numbers that lie far apart.
      let stride: Int32 = seed % 3 == 0 ? 30_000_000 : 1
      var hitID = (0..<count).map { (Int32($0) + 1) * stride }
      // Every fifth has its hits out of order.
      if seed % 5 == 0 { hitID.shuffle(using: &generator) }
      let truth = TruthTable(particles, weight: weight, hitID: hitID)
      var trackOfHit: [Int64?] = particles.map { particle in
        .random(in: 0..<0.7, using: &generator) < 0.5
          ? particle + 1 : .random(in: 0...9, using: &generator)
      }
      for hit in 0..<count where Bool.random(using: &generator) && hit % 4 == 0 {
        trackOfHit[hit] = nil
      }
      var submission = SubmissionTable()
      for hit in (0..<count).shuffled(using: &generator) {
        guard let track = trackOfHit[hit] else { continue }
        submission.append(hit: truth.hitID[hit], track: track)
      }

      var expected = 0.0
      for track in Set(trackOfHit.compactMap(\.self)) {
        for particle in Set(particles) where particle != 0 {
          let common = (0..<count).filter {
            trackOfHit[$0] == track && particles[$0] == particle
          }
          if 2 * common.count > trackOfHit.count(where: { $0 == track })
            && 2 * common.count > particles.count(where: { $0 == particle })
          {
            expected += common.reduce(0) { $0 + weight[$1] }
          }
        }
      }
      expected /= max(weight.reduce(0, +), .leastNonzeroMagnitude)
      let score = try TrackMLScore(truth: truth, submission: submission)
      #expect(agree(score.value, expected))
      #expect(score.hitCount == submission.hitID.count)
    }
  }
}
