import EventData
import Reconstruction
import Testing

@Suite("Where collisions are along the beam")
struct BeamSpotEstimateTests {
  @Test("is told from the hits to a third", arguments: [5.8, 53])
  func lengths(sigmaZ: Double) throws {
    let hits = try SampleWeights.hits(particles: 3000, beamSpotZ: sigmaZ)
    let found = try #require(BeamSpotEstimate(hits))
    #expect(found.sigmaZ > 0.67 * sigmaZ && found.sigmaZ < 1.5 * sigmaZ, "\(found)")
    #expect(found.fits(sigmaZ: sigmaZ))
    #expect(!found.fits(sigmaZ: sigmaZ == 53 ? 5.8 : 53))
  }

  @Test("is not told from few tracks, few collisions or no hits")
  func little() throws {
    #expect(try BeamSpotEstimate(SampleWeights.hits(particles: 60)) == nil)
    #expect(try BeamSpotEstimate(SampleWeights.hits(HitTable())) == nil)
    #expect(BeamSpotEstimate(starts: (0..<50).map { Float($0) }) == nil)
    #expect(BeamSpotEstimate(starts: (0..<500).map { Float($0 % 4) }) == nil)
  }

  @Test("is half the distance between the quantiles of one deviation")
  func quantiles() throws {
    let found = try #require(BeamSpotEstimate(starts: (0...1000).map { Float($0) / 10 }))
    #expect(abs(found.sigmaZ - 34.1) < 0.2)
    #expect(found.distance(from: 68.2) > 1.99 && found.distance(from: 17) > 1.99)
  }
}
