import EventData
import TestSupport
import Testing
import TrackScoring

@Suite("The ceiling of a graph")
struct GraphCeilingTests {
  /// Particle 5 on layers 1, 2, 2, 3 and one hit that is no node; particle 6 on layers 1 and 3.
  let truth = TruthTable([5, 5, 5, 5, 5, 6, 6, 0])
  let hitID: [Int32] = [1, 6, 2, 3, 8, 4, 7]
  let layer: [Int32] = [1, 1, 2, 2, 2, 3, 3]

  @Test("scores the components of the true edges, and counts the edges that could be")
  func small() throws {
    // 1-2 true, 6-2 false, 2-4 true, 8-7 false; missing: 1-3 and 3-4.
    let ceiling = try GraphCeiling(
      hitID: hitID, layer: layer, firstEdge: [0, 1, 2, 3, 3, 4, 4, 4], end: [2, 2, 5, 6],
      label: [1, 0, 1, 0], truth: truth)
    #expect(ceiling.edges == 4)
    #expect(ceiling.trueEdges == 2)
    #expect(ceiling.possibleTrueEdges == 4)
    #expect(agree(ceiling.edgePurity, 0.5))
    #expect(agree(ceiling.edgeEfficiency, 0.5))
    #expect(agree(ceiling.score.value, 3.0 / 8))
    #expect(agree(ceiling.scoreOfPerfectHits.value, 6.0 / 8))
  }

  @Test("of a graph without edges has no purity")
  func noEdges() throws {
    let ceiling = try GraphCeiling(
      hitID: [8], layer: [1], firstEdge: [0, 0], end: [], label: [], truth: truth)
    #expect(ceiling.edgePurity == nil)
    #expect(ceiling.edgeEfficiency == nil)
    #expect(ceiling.score.value == 0)
  }

  @Test("is refused for hits that the truth lacks and for a hit that is two nodes")
  func badInput() throws {
    func ceiling(of hitID: [Int32]) throws -> GraphCeiling {
      try GraphCeiling(
        hitID: hitID, layer: [1, 1], firstEdge: [0, 0, 0], end: [], label: [], truth: truth)
    }
    #expect(throws: TrackScoringError.hitNotInTruth(hitID: 9, truthHits: 8)) {
      try ceiling(of: [1, 9])
    }
    #expect(throws: TrackScoringError.hitTwiceInSubmission(hitID: 8)) { try ceiling(of: [8, 8]) }
  }

  @Test(
    "of the notebook's hits is the reference's, once particle numbers are not rounded",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func notebook() throws {
    let event = SharedData.path("data/acts_ttbar/event000030000-")
    let truth = try EventReader.truth(at: event + "truth.csv.zst")
    let hits = try EventReader.hits(at: event + "hits.csv.zst")
    let selected = HitSelection(volumes: [8, 13, 17], zRange: (-50, 50)).rows(in: hits)
    let hitID = selected.map { hits.hitID[$0] }
    let ceiling = try GraphCeiling(
      hitID: hitID, layer: selected.map { 100 * hits.volumeID[$0] + hits.layerID[$0] },
      firstEdge: [Int32](repeating: 0, count: hitID.count + 1), end: [], label: [], truth: truth)
    #expect(agree(ceiling.scoreOfPerfectHits.value, 0.043420447645208464))

    // The reference passes particle numbers through doubles, in which ten pairs of them are one.
    let particleOfHit = Dictionary(uniqueKeysWithValues: zip(truth.hitID, truth.particleID))
    var rounded = SubmissionTable()
    for hit in hitID {
      let particle = particleOfHit[hit] ?? 0
      if particle != 0 { rounded.append(hit: hit, track: Int64(Double(particle))) }
    }
    let score = try TrackMLScore(truth: truth, submission: rounded)
    #expect(agree(score.value, 0.043358169679578534))
  }
}
