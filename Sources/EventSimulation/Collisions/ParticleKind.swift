/// A kind of particle: its number and mass, as the Particle Data Group gives them.
///
/// Source: Review of Particle Physics, Phys. Rev. D 110, 030001 (2024).
struct ParticleKind: Sendable {
  /// The number of the particle that has the charge `charge`.
  var pdg: Int32
  /// GeV.
  var mass: Double
  var charge: Int32

  /// The same kind with the opposite charge.
  var conjugate: ParticleKind { ParticleKind(pdg: -pdg, mass: mass, charge: -charge) }

  static let pion = ParticleKind(pdg: 211, mass: 0.13957, charge: 1)
  static let kaon = ParticleKind(pdg: 321, mass: 0.49368, charge: 1)
  static let proton = ParticleKind(pdg: 2212, mass: 0.93827, charge: 1)
  static let positron = ParticleKind(pdg: -11, mass: 0.000511, charge: 1)
  static let antimuon = ParticleKind(pdg: -13, mass: 0.10566, charge: 1)
  static let neutralPion = ParticleKind(pdg: 111, mass: 0.13498, charge: 0)
  static let neutron = ParticleKind(pdg: 2112, mass: 0.93957, charge: 0)
  static let lambda = ParticleKind(pdg: 3122, mass: 1.11568, charge: 0)
}
