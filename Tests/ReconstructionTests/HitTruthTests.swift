import EventData
import Reconstruction
import Testing

@Suite("Whose hits are whose")
struct HitTruthTests {
  @Test(
    "orders a particle's hits by their way from its origin, a layer's hits in a row as one step")
  func steps() {
    var truth = TruthTable()
    truth.hitID = [11, 12, 13, 14, 15]
    truth.particleID = [7, 7, 0, 7, 7]
    truth.tx = [30, 70, 5, 30.2, 110]
    truth.ty = [0, 0, 0, 0, 0]
    truth.tz = [0, 0, 0, 0, 0]
    truth.weight = [0.4, 0.3, 0, 0.2, 0.1]
    var particles = ParticleTable()
    particles.particleID = [7]
    particles.vx = [2]
    particles.vy = [0]
    particles.vz = [0]
    let found = HitTruth(
      hitID: [11, 12, 13, 14, 15, 16], layer: [0, 1, 0, 0, 2, 3], truth: truth,
      particles: particles)
    #expect(found.particle == [1, 1, 0, 1, 1, 0])
    #expect(found.step == [0, 1, -1, 0, 2, -1])
    #expect(found.isSecondary == [false, true])
    #expect(found.hitCount == [0, 4])
    #expect(found.joins(3, 1) && found.joins(1, 4))
    #expect(!found.joins(0, 4) && !found.joins(2, 1) && !found.joins(5, 5))
    #expect(found.isSame(0, 3) && !found.isSame(2, 2))
  }
}
