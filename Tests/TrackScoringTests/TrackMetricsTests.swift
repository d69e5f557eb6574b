import EventData
import Testing
import TrackScoring

@Suite("Track metrics")
struct TrackMetricsTests {
  @Test("sort tracks into matched, duplicate, fragment and fake ones")
  func kinds() throws {
    // Particle 1: 9 hits as 5 + 4; particle 2: 8 hits as 4 + 4 of which neither is most.
    let truth = TruthTable(
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 0, 0, 0, 3])
    let submission = SubmissionTable(
      [1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7])
    let matching = try TrackMatching(truth: truth, submission: submission)
    let metrics = TrackMetrics(matching: matching, truth: truth)
    #expect(metrics.tracks == 6)
    #expect(metrics.matchedTracks == 1)
    #expect(metrics.duplicateTracks == 2)
    #expect(metrics.fragmentTracks == 1)
    #expect(metrics.fakeTracks == 2)
    #expect(agree(metrics.fakeRate, 2.0 / 6))
    #expect(agree(metrics.duplicateRate, 2.0 / 6))
    #expect(agree(metrics.trackPurity, 1.0 / 6))
    #expect(metrics.reconstructableParticles == 2)
    #expect(metrics.foundParticles == 1)
  }

  @Test("count charged particles with enough hits, by their momentum at production")
  func reconstructable() throws {
    var truth = TruthTable([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4])
    // Particle 3 is not among the particles: its hit nearest to the origin is its second.
    truth.tx = [1, 2, 3, 4, 1, 2, 3, 4, 9, 2, 3, 4, 1, 2, 3]
    truth.tpx = truth.tx.map { $0 == 2 ? 0.6 : 40 }
    var particles = ParticleTable()
    particles.particleID = [1, 2, 4]
    particles.px = [3, 3, 3]
    particles.py = [4, 4, 4]
    particles.pz = [-5, 5, 5]
    particles.charge = [-1, 0, 1]
    let submission = SubmissionTable([1, 1, 1, nil, 2, 2, 2, 2, nil, nil, nil, nil, 3, 3, 3])
    let matching = try TrackMatching(truth: truth, submission: submission)
    let metrics = TrackMetrics(matching: matching, truth: truth, particles: particles)
    #expect(metrics.reconstructableParticles == 2)
    #expect(metrics.foundParticles == 1)
    #expect(agree(metrics.efficiency, 0.5))
    // pT of particle 1 is 5, its eta asinh(-1) = -0.88; particle 3 has 0.6 and 0.
    #expect(metrics.particlesByPT.all == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    #expect(metrics.particlesByPT.found == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(
      metrics.particlesByEta.all.indices.filter { metrics.particlesByEta.all[$0] > 0 } == [6, 8])
    #expect(metrics.particlesByEta.found[6] == 1)

    let three = TrackMetrics(
      matching: matching, truth: truth, particles: particles, minimumHits: 3)
    #expect(three.reconstructableParticles == 3)
    #expect(three.foundParticles == 2)
    let withoutTable = TrackMetrics(matching: matching, truth: truth)
    #expect(withoutTable.reconstructableParticles == 3)
  }

  @Test("of several events add up")
  func sums() throws {
    let truth = TruthTable([1, 1, 1, 1])
    let found = TrackMetrics(
      matching: try TrackMatching(truth: truth, submission: .init([1, 1, 1, 1])), truth: truth)
    let missed = TrackMetrics(
      matching: try TrackMatching(truth: truth, submission: .init()), truth: truth)
    #expect(missed.efficiency == 0)
    #expect(missed.fakeRate == nil)
    var both = found
    both.add(missed)
    #expect(both.efficiency == 0.5)
    #expect(both.particlesByPT.all.reduce(0, +) == 2)
    #expect(both.tracks == 1)
  }

  @Test("are binned with values beyond the outermost edges in the outer bins")
  func bins() {
    var counts = BinnedCounts(quantity: "x", edges: [0, 1, 2, 3])
    for value in [-5, 0, 1, 1.5, 2.999, 3, 40] { counts.add(value, found: value > 1) }
    #expect(counts.all == [2, 2, 3])
    #expect(counts.found == [0, 1, 3])
    #expect(counts.shares == [0, 0.5, 1])
    #expect(BinnedCounts(quantity: "x", edges: [0, 1]).shares == [nil])
  }
}
