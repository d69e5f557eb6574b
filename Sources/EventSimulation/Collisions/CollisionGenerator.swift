/// Makes the charged particles of a bunch crossing: one hard collision and a Poisson number of soft
/// ones, at 14 TeV.
///
/// A parametrisation, not an event generator: particles of a soft collision are independent of each
/// other but for the activity that they share, and the momenta of a collision do not balance. The
/// parameters are published ones, or fitted to events of Pythia 8; each says which.
public struct CollisionGenerator: Sendable {
  /// The mean number of soft collisions.
  public var pileUp: Double
  /// One standard deviation of the collisions along the beam, mm.
  public var beamZ: Double
  /// One standard deviation of the collisions across the beam, mm.
  public var beamXY: Double

  /// - Parameters:
  ///   - pileUp: finite; zero gives the hard collision alone.
  ///   - beamZ: 5.8 mm in the challenge's first data set, 53 mm in its second; measured there.
  ///   - beamXY: measured in the challenge's events.
  public init(pileUp: Double = 155, beamZ: Double = 5.8, beamXY: Double = 0.0157) {
    self.pileUp = pileUp
    self.beamZ = beamZ
    self.beamXY = beamXY
  }

  /// The charged particles with pT > 0.05 GeV and |eta| < 5; they depend on the seed and the event
  /// alone.
  public func particles(event: Int, seed: UInt64) -> [GeneratedParticle] {
    // A stream of its own, so that the detector's random numbers can have those of the seed.
    var random = RandomSource(
      seed: seed ^ 0x436F_6C6C_6973_696F, event: UInt64(bitPattern: Int64(event)))
    let collisions = 1 + random.poissonNumber(mean: pileUp)
    var particles: [GeneratedParticle] = []
    particles.reserveCapacity(collisions * 80)
    for collision in 1...collisions {
      let vertex = SIMD3(
        beamXY * random.normal(), beamXY * random.normal(), beamZ * random.normal())
      var record = CollisionRecord(collision: collision, vertex: vertex)
      if collision == 1 {
        record.addTopPair(&random)
      } else {
        record.addSoftCollision(&random)
      }
      particles += record.particles
    }
    return particles
  }
}
