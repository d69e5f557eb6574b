import Foundation

/// The particles of one collision, as they are made.
struct CollisionRecord {
  /// Only particles above this transverse momentum (GeV) and below this pseudorapidity are kept.
  static let minimumTransverseMomentum = 0.05
  static let maximumPseudorapidity = 5.0

  let collision: Int
  let vertex: SIMD3<Double>
  private(set) var particles: [GeneratedParticle] = []

  init(collision: Int, vertex: SIMD3<Double>) {
    self.collision = collision
    self.vertex = vertex
  }

  /// Adds a stable particle, if it is charged and in the acceptance; says whether it was added.
  @discardableResult
  mutating func add(
    _ kind: ParticleKind, momentum: SIMD3<Double>, displacement: SIMD3<Double>? = nil
  ) -> Bool {
    guard kind.charge != 0 else { return false }
    let transverse = (momentum.x * momentum.x + momentum.y * momentum.y).squareRoot()
    guard transverse > Self.minimumTransverseMomentum,
      abs(asinh(momentum.z / transverse)) < Self.maximumPseudorapidity
    else { return false }
    particles.append(
      GeneratedParticle(
        collision: collision, generation: displacement == nil ? 0 : 1,
        number: particles.count + 1, pdg: kind.pdg, mass: kind.mass, charge: kind.charge,
        vertex: vertex + (displacement ?? .zero), momentum: momentum))
    return true
  }

  /// A momentum from transverse momentum (GeV), rapidity and mass (GeV), at a random azimuth.
  static func momentum(
    transverse: Double, rapidity: Double, mass: Double, _ random: inout RandomSource
  ) -> SIMD3<Double> {
    let azimuth = random.uniform(0, 2 * Double.pi)
    let transverseMass = (transverse * transverse + mass * mass).squareRoot()
    return SIMD3(
      transverse * cos(azimuth), transverse * sin(azimuth), transverseMass * sinh(rapidity))
  }
}
