import EventData
import Testing
import TrackScoring

@Suite("The score of a region")
struct ScoreRegionTests {
  /// Particle 5 has four hits in volume 8, particle 6 one there and two beyond, hit 8 is noise.
  let truth = TruthTable([5, 5, 5, 5, 6, 6, 6, 0], weight: [1, 1, 1, 1, 2, 2, 2, 0])
  var hits: HitTable {
    var hits = HitTable()
    hits.hitID = [1, 2, 3, 4, 5, 6, 7, 8]
    hits.volumeID = [8, 8, 8, 8, 8, 9, 9, 8]
    let zero = [Double](repeating: 0, count: 8)
    hits.x = zero
    hits.y = zero
    hits.z = [0, 0, 0, 0, 0, 0, 0, 40]
    hits.layerID = [2, 4, 6, 8, 2, 2, 4, 2]
    hits.moduleID = [1, 1, 1, 1, 1, 1, 1, 1]
    return hits
  }
  let selection = HitSelection(volumes: [8], zRange: (-50, 50))

  @Test("leaves out particles with few hits there, which a plain cut would find for nothing")
  func sparseParticles() throws {
    let oneHitTracks = SubmissionTable([1, 2, 3, 4, 5, 6, 7, 8])
    func value(_ minimumHits: Int) throws -> Double {
      try TrackMLScore(
        truth: truth, hits: hits, submission: oneHitTracks,
        region: ScoreRegion(selection: selection, minimumHits: minimumHits)
      ).value
    }
    #expect(agree(try value(1), 2.0 / 6))
    #expect(try value(2) == 0)
  }

  @Test("still counts the hits of left-out particles against a track that has them")
  func sparseHitsSpoilTracks() throws {
    let region = ScoreRegion(selection: selection)
    let clean = try TrackMLScore(
      truth: truth, hits: hits, submission: .init([1, 1, 1, nil, nil, 1, 1, nil]), region: region)
    #expect(agree(clean.value, 3.0 / 4))
    let spoilt = try TrackMatching(
      truth: truth, hits: hits, submission: .init([1, 1, 1, nil, 1, 1, 1, 1]), region: region)
    #expect(spoilt.tracks[0].hitCount == 5)
    #expect(spoilt.truthHitCount == 6)
  }

  @Test("names the region")
  func words() throws {
    let region = ScoreRegion(selection: selection)
    let score = try TrackMLScore(truth: truth, hits: hits, submission: .init(), region: region)
    #expect(
      score.scoreOf == "volume 8 with -50 < z < 50 mm, particles with at least 4 hits there")
    #expect(ScoreRegion(selection: selection, minimumHits: 1).words.contains("one-hit track"))
  }

  @Test("is refused for an empty region and for hits that the event does not have")
  func badInput() throws {
    let nowhere = ScoreRegion(selection: HitSelection(volumes: [14], zRange: (-50, 50)))
    #expect(throws: TrackScoringError.emptyRegion(nowhere.words)) {
      try TrackMLScore(truth: truth, hits: hits, submission: .init(), region: nowhere)
    }
    var unknown = SubmissionTable()
    unknown.append(hit: 99, track: 1)
    #expect(throws: TrackScoringError.hitNotInTruth(hitID: 99, truthHits: 8)) {
      try TrackMLScore(
        truth: truth, hits: hits, submission: unknown, region: ScoreRegion(selection: selection))
    }
  }
}
