import Foundation

/// A charged particle that a nuclear interaction sets free.
public struct Secondary: Sendable {
  public var particle: FlyingParticle
  public var pdg: Int32
}

/// What comes out when a hadron strikes a nucleus in the detector.
///
/// Numbers and spectra were chosen so that secondaries agree with the challenge's in number, pT and angle.
enum NuclearInteraction {
  /// Mean number of charged secondaries.
  static let meanSecondaries = 1.8
  /// Chance that the parent leaves a hit on the sensor that it strikes.
  static let parentSeen = 0.25
  /// Share of slow particles that fly in all directions.
  private static let evaporated = 0.6
  /// Shape of the gamma distributions whose ratios share out the momentum.
  private static let shareShape = 1.2
  private static let lowestMomentum = 0.12

  static func secondaries(
    of parent: SIMD3<Double>, at place: SIMD3<Double>, layer: LayerIndex?,
    _ random: inout RandomSource
  ) -> [Secondary] {
    let count = random.poissonNumber(mean: meanSecondaries)
    let total = parent.length
    let shares = (0...count).map { _ in random.gammaNumber(shape: shareShape) }
    let sum = shares.reduce(0, +)
    return (0..<count).map { index in
      var size: Double
      var angle: Double
      if random.uniform() < evaporated {
        size = lowestMomentum + 0.16 * random.exponentialNumber()
        angle = acos(random.uniform(-1, 1))
      } else {
        size = max(
          lowestMomentum,
          0.75 * shares[index] / sum * total + 0.12 * random.exponentialNumber())
        angle = min(3, abs(random.normal()) * 0.30 / size)
      }
      let any = SIMD3(random.normal(), random.normal(), random.normal())
      let across = cross(parent, any)
      let axis = across / (across.length + 1e-12)
      let direction = parent / total * cos(angle) + axis * sin(angle)
      let kind = kind(random.uniform())
      var particle = FlyingParticle(
        vertex: place, momentum: size * direction, mass: kind.mass, charge: kind.charge)
      particle.layer = layer
      return Secondary(particle: particle, pdg: kind.pdg)
    }
  }

  /// Pions of both charges and protons, 36, 36 and 28 of 100.
  private static func kind(_ draw: Double) -> (pdg: Int32, mass: Double, charge: Int32) {
    switch draw {
    case ..<0.36: (211, 0.13957, 1)
    case ..<0.72: (-211, 0.13957, -1)
    default: (2212, 0.93827, 1)
    }
  }
}
