import Foundation

/// A particle that decays in flight into two.
struct TwoBodyDecay: Sendable {
  var parent: ParticleKind
  /// Mean proper decay length, mm.
  var properLength: Double
  var daughters: (ParticleKind, ParticleKind)
}

/// Proper lengths and masses: Review of Particle Physics, Phys. Rev. D 110, 030001 (2024).
extension TwoBodyDecay {
  static let kaonShort = TwoBodyDecay(
    parent: ParticleKind(pdg: 310, mass: 0.49761, charge: 0), properLength: 26.84,
    daughters: (.pion, .pion.conjugate))
  static let lambda = TwoBodyDecay(
    parent: .lambda, properLength: 78.9, daughters: (.proton, .pion.conjugate))
  static let sigmaMinus = TwoBodyDecay(
    parent: ParticleKind(pdg: 3112, mass: 1.19745, charge: -1), properLength: 44.34,
    daughters: (.pion.conjugate, .neutron))
  static let sigmaPlusToPion = TwoBodyDecay(
    parent: ParticleKind(pdg: 3222, mass: 1.18937, charge: 1), properLength: 24.04,
    daughters: (.pion, .neutron))
  static let sigmaPlusToProton = TwoBodyDecay(
    parent: ParticleKind(pdg: 3222, mass: 1.18937, charge: 1), properLength: 24.04,
    daughters: (.proton, .neutralPion))
}

/// A short-lived hadron with charm or beauty, or a tau, of which only the charged daughters are
/// made.
struct HeavyDecay: Sendable {
  /// GeV.
  var mass: Double
  /// Mean proper decay length, mm.
  var properLength: Double
  /// The chances of 0, 1, 2, ... charged daughters.
  var multiplicity: [Double]
  /// Mean momentum of a daughter at rest, GeV.
  var meanMomentum: Double
  /// The chances that a daughter is a kaon, an electron, a muon; else it is a pion.
  var kaon: Double
  var electron: Double
  var muon: Double
}

/// Lengths and topological branching fractions after the Review of Particle Physics (2024).
///
/// Charm is a mixture of D0 (0.12 mm, mostly 2 prongs), D+ (0.31 mm, 1 or 3), Ds and charmed
/// baryons; beauty has about 5 charged daughters, its charm's included (LEP and SLD average 4.97).
extension HeavyDecay {
  static let charm = HeavyDecay(
    mass: 1.87, properLength: 0.22, multiplicity: [0.08, 0.30, 0.42, 0.14, 0.06],
    meanMomentum: 0.48, kaon: 0.25, electron: 0.06, muon: 0.06)
  static let beauty = HeavyDecay(
    mass: 5.28, properLength: 0.46,
    multiplicity: [0, 0.03, 0.09, 0.13, 0.20, 0.17, 0.17, 0.11, 0.10],
    meanMomentum: 0.75, kaon: 0.16, electron: 0.05, muon: 0.05)
  static let tau = HeavyDecay(
    mass: 1.777, properLength: 0.087, multiplicity: [0, 0.85, 0, 0.15],
    meanMomentum: 0.55, kaon: 0.03, electron: 0.16, muon: 0.16)
}

extension CollisionRecord {
  /// Decays happen inside this cylinder only (mm); what leaves it is stable.
  static let decayRadius = 1000.0
  static let decayHalfLength = 2900.0

  /// Adds the charged daughters of a particle that decays in flight, or itself if it does so
  /// outside.
  mutating func add(
    _ decay: TwoBodyDecay, momentum: SIMD3<Double>, antiparticle: Bool, _ random: inout RandomSource
  ) {
    let mass = decay.parent.mass
    let path = momentum * (decay.properLength * random.exponentialNumber() / mass)
    guard isInside(path) else {
      add(antiparticle ? decay.parent.conjugate : decay.parent, momentum: momentum)
      return
    }
    let (first, second) = decay.daughters
    let sum = first.mass + second.mass
    let difference = first.mass - second.mass
    let magnitude =
      ((mass * mass - sum * sum) * (mass * mass - difference * difference)).squareRoot()
      / (2 * mass)
    let atRest = magnitude * random.isotropicDirection()
    for (kind, own) in [(first, atRest), (second, -atRest)] where kind.charge != 0 {
      add(
        antiparticle ? kind.conjugate : kind,
        momentum: boost(own, mass: kind.mass, by: momentum, of: mass), displacement: path)
    }
  }

  /// Adds the charged daughters of a heavy hadron or a tau; they do not share its momentum exactly.
  mutating func add(
    _ decay: HeavyDecay, momentum: SIMD3<Double>, _ random: inout RandomSource
  ) {
    let path = momentum * (decay.properLength * random.exponentialNumber() / decay.mass)
    guard isInside(path) else { return }
    var left = random.uniform()
    var charge: Int32 = random.uniform() < 0.5 ? 1 : -1
    for (count, chance) in decay.multiplicity.enumerated() {
      left -= chance
      guard left < 0 else { continue }
      for _ in 0..<count {
        let chosen = random.uniform()
        let kind: ParticleKind =
          chosen < decay.kaon
          ? .kaon
          : chosen < decay.kaon + decay.electron
            ? .positron
            : chosen < decay.kaon + decay.electron + decay.muon ? .antimuon : .pion
        // A three-body-like spectrum, which ends where one daughter has half the mass.
        let magnitude = min(
          decay.meanMomentum / 3 * random.gammaNumber(shape: 3), 0.48 * decay.mass)
        add(
          charge > 0 ? kind : kind.conjugate,
          momentum: boost(
            magnitude * random.isotropicDirection(), mass: kind.mass, by: momentum, of: decay.mass),
          displacement: path)
        charge = -charge
      }
      return
    }
  }

  private func isInside(_ path: SIMD3<Double>) -> Bool {
    path.x * path.x + path.y * path.y < Self.decayRadius * Self.decayRadius
      && abs(path.z) < Self.decayHalfLength
  }

  /// A momentum at rest, seen where the parent has its momentum.
  private func boost(
    _ own: SIMD3<Double>, mass: Double, by parent: SIMD3<Double>, of parentMass: Double
  ) -> SIMD3<Double> {
    let energy = (mass * mass + (own * own).sum()).squareRoot()
    let gamma = (1 + (parent * parent).sum() / (parentMass * parentMass)).squareRoot()
    let along = (own * parent).sum() / parentMass
    return own + parent * ((along / (gamma + 1) + energy) / parentMass)
  }
}
