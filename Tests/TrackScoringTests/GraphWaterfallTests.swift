import EventData
import Testing
import TrackScoring

@Suite("The waterfall of a graph")
struct GraphWaterfallTests {
  /// Particle 5 has five hits, 6 four, 7 three that the graph does not hold; then noise.
  let truth = TruthTable([5, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 0, 0, 0, 0])
  let hitID: [Int32] = [1, 2, 3, 4, 6, 7, 8, 13]
  /// 1-2, 2-3, 3-4 and 6-7, 7-8 true; 4-6 and 8-13 false.
  let firstEdge: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 7]
  let end: [Int32] = [1, 2, 3, 4, 5, 6, 7]
  let label: [UInt8] = [1, 1, 1, 0, 1, 1, 0]

  private func waterfall(
    kept: [Bool]?, particles: ParticleTable? = nil, tracks: [Int64?] = []
  ) throws -> GraphWaterfall {
    try GraphWaterfall(
      hitID: hitID, firstEdge: firstEdge, end: end, label: label, kept: kept, truth: truth,
      particles: particles,
      tracks: TrackMatching(truth: truth, submission: SubmissionTable(tracks)))
  }

  @Test("falls from all hits to the score, each step by what it loses")
  func steps() throws {
    // The classifier drops 7-8, so that particle 6 keeps no more than half of its hits.
    let whole = try waterfall(
      kept: [true, true, true, true, true, false, false], tracks: [1, 1, 1, nil, nil, 2, 2])
    #expect(agree(whole.hits.sum, 12.0 / 16))
    #expect(agree(whole.selection.sum, 7.0 / 16))
    #expect(agree(whole.edges.sum, 7.0 / 16))
    #expect(agree(whole.classifier?.sum, 4.0 / 16))
    #expect(agree(whole.score.sum, 3.0 / 16))
    #expect(whole.hits.primary == nil && whole.score.secondary == nil)
    let ceiling = try GraphCeiling(
      hitID: hitID, layer: hitID, firstEdge: firstEdge, end: end, label: label, truth: truth)
    #expect(whole.edges.sum == ceiling.score.value)
    #expect(whole.selection.sum == ceiling.scoreOfPerfectHits.value)
  }

  @Test("has no step of the classifier where nothing is known of it")
  func withoutClassifier() throws {
    #expect(try waterfall(kept: nil).classifier == nil)
    // Where it keeps all, the step loses nothing; where it keeps nothing, all is lost.
    let all = try waterfall(kept: label.map { _ in true })
    #expect(all.classifier == all.edges)
    #expect(try waterfall(kept: label.map { _ in false }).classifier?.sum == 0)
  }

  @Test("tells primaries from secondaries by where they are born")
  func origins() throws {
    var particles = ParticleTable()
    particles.particleID = [5, 6]
    (particles.vx, particles.vy) = ([0.6, 0.6], [0.8, 0.81])
    let waterfall = try waterfall(kept: nil, particles: particles)
    // Particle 5 is born at 1 mm, no farther; the table lacks particle 7, which counts as primary.
    #expect(agree(waterfall.hits.secondary, 4.0 / 16))
    #expect(agree(waterfall.hits.primary, 8.0 / 16))
    #expect(agree(waterfall.edges.secondary, 3.0 / 16))
    #expect(agree(waterfall.edges.primary, 4.0 / 16))
    #expect(waterfall.score == ScoreShare(sum: 0, secondary: 0))
  }
}
