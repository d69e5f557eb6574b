import EventData
import Foundation
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
    (particles.vx, particles.vy) = ([0, 0, 0], [0, 0, 0])
    let submission = SubmissionTable([1, 1, 1, nil, 2, 2, 2, 2, nil, nil, nil, nil, 3, 3, 3])
    let matching = try TrackMatching(truth: truth, submission: submission)
    let metrics = TrackMetrics(matching: matching, truth: truth, particles: particles)
    #expect(metrics.reconstructableParticles == 2)
    #expect(metrics.foundParticles == 1)
    #expect(agree(metrics.efficiency, 0.5))
    // pT of particle 1 is 5, its eta asinh(-1) = -0.88; particle 3 has 0.6 and 0.
    #expect(metrics.foundByBin.pT.all == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    #expect(metrics.foundByBin.pT.found == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    let byEta = metrics.foundByBin.eta
    #expect(byEta.all.indices.filter { byEta.all[$0] > 0 } == [6, 8])
    #expect(byEta.found[6] == 1)

    let three = TrackMetrics(
      matching: matching, truth: truth, particles: particles, minimumHits: 3)
    #expect(three.reconstructableParticles == 3)
    #expect(three.foundParticles == 2)
    let withoutTable = TrackMetrics(matching: matching, truth: truth)
    #expect(withoutTable.reconstructableParticles == 3)
  }

  @Test("bin tracks by what their own hits tell, also those of noise")
  func tracksInBins() throws {
    // Track 1 finds particle 1; tracks 2 and 3 are of particle 2; track 4 is of noise.
    var truth = TruthTable([1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0])
    let submission = SubmissionTable([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, nil])
    // On a circle of 1000 mm through the origin, 60 mm along the beam for 30 across, hits out of order.
    let turns = [0.2, 0.1, 0.3, 0.4, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    truth.tx = turns.map { 1000 * sin($0) } + [0, 0, 0, 5]
    truth.ty = turns.map { 1000 * (1 - cos($0)) } + [40, 120, 260, 5]
    truth.tz = turns.map { 2000 * sin($0 / 2) } + [0, 0, 0, 5]
    let metrics = TrackMetrics(
      matching: try TrackMatching(truth: truth, submission: submission), truth: truth)
    #expect(metrics.matchedTracks == 2 && metrics.duplicateTracks == 1 && metrics.fakeTracks == 1)
    let (fakes, duplicates) = (metrics.fakesByBin, metrics.duplicatesByBin)
    // 0.6 GeV, but for the straight line of noise, which is beyond the last edge.
    #expect(fakes.pT.all == [0, 0, 0, 3, 0, 0, 0, 0, 0, 1])
    #expect(fakes.pT.found == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(duplicates.pT.found[3] == 1 && duplicates.pT.all == fakes.pT.all)
    // asinh(1) = 0.88 for the particles' tracks, roughly, and 0 for the noise.
    #expect(fakes.eta.all[9] == 3 && fakes.eta.all[8] == 1 && fakes.eta.found[8] == 1)
    #expect(fakes.hits.found.prefix(5) == [0, 0, 1, 0, 0])
    #expect(fakes.hits.all.prefix(5) == [0, 0, 2, 2, 0])
    // First hits at 99.96 mm twice, at 494.8 and at 40.
    #expect(fakes.radius.all == [1, 2, 0, 0, 0, 0, 1, 0, 0])
    #expect(fakes.radius.found[0] == 1 && duplicates.radius.found[6] == 1)
    #expect(fakes.pT.unknown == 0 && fakes.pT.quantity == "pT of the track (GeV)")

    let short = TrackMetrics(
      matching: try TrackMatching(truth: truth, submission: .init([1, 1, nil, 2])), truth: truth,
      minimumTrackHits: 1)
    // Two hits make no circle; a lone hit has a direction as seen from the origin.
    #expect(short.fakesByBin.pT.unknown == 2 && short.fakesByBin.eta.all.reduce(0, +) == 2)
  }

  @Test("bin particles by their hits and by where they were born, if that is known")
  func particlesInBins() throws {
    let truth = TruthTable([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3])
    var particles = ParticleTable()
    particles.particleID = [1, 3]
    (particles.px, particles.py, particles.pz) = ([0.6, 3], [0.8, 4], [1, 1])
    particles.charge = [1, 1]
    (particles.vx, particles.vy) = ([30, 0], [40, 0])
    let matching = try TrackMatching(truth: truth, submission: SubmissionTable([1, 1, 1, 1]))
    let found = TrackMetrics(matching: matching, truth: truth, particles: particles).foundByBin
    // A radius of 50 is in the bin above that edge; the table does not name particle 2.
    #expect(found.radius.all == [0, 0, 0, 0, 0, 0, 1, 0, 0, 0] && found.radius.unknown == 1)
    #expect(found.radius.found[6] == 1)
    #expect(found.hits.all.prefix(6) == [0, 0, 0, 1, 1, 0] && found.hits.found[3] == 1)
    let bare = TrackMetrics(matching: matching, truth: truth).foundByBin
    #expect(bare.radius.unknown == 2 && bare.pT.unknown == 0)
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
    #expect(both.foundByBin.pT.all.reduce(0, +) == 2)
    #expect(both.tracks == 1)
  }

  @Test("are binned with values beyond the outermost edges in the outer bins")
  func bins() {
    var counts = BinnedCounts(quantity: "x", edges: [0, 1, 2, 3])
    for value in [-5, 0, 1, 1.5, 2.999, 3, 40] { counts.add(value, found: value > 1) }
    #expect(counts.all == [2, 2, 3])
    #expect(counts.found == [0, 1, 3])
    #expect(counts.shares == [0, 0.5, 1])
    counts.add(nil, found: true)
    #expect(counts.unknown == 1 && counts.all == [2, 2, 3])
    counts.add(counts)
    #expect(counts.unknown == 2 && counts.all == [4, 4, 6])
    #expect(BinnedCounts(quantity: "x", edges: [0, 1]).shares == [nil])
  }
}
