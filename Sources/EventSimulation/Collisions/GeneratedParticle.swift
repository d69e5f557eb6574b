/// A charged particle as it comes out of the collisions of a bunch crossing, before it meets the
/// detector.
public struct GeneratedParticle: Sendable, Equatable {
  /// The collision it comes from: 1 is the hard one, the soft ones follow.
  public var collision: Int
  /// 0 if it comes from the collision itself, 1 if from a decay in flight.
  public var generation: Int
  /// Its place among the particles of its collision, from 1.
  public var number: Int
  /// The kind, as the Particle Data Group numbers it.
  public var pdg: Int32
  /// GeV.
  public var mass: Double
  /// In units of the elementary charge.
  public var charge: Int32
  /// Where it is born, mm.
  public var vertex: SIMD3<Double>
  /// GeV.
  public var momentum: SIMD3<Double>

  public init(
    collision: Int, generation: Int, number: Int, pdg: Int32, mass: Double, charge: Int32,
    vertex: SIMD3<Double>, momentum: SIMD3<Double>
  ) {
    self.collision = collision
    self.generation = generation
    self.number = number
    self.pdg = pdg
    self.mass = mass
    self.charge = charge
    self.vertex = vertex
    self.momentum = momentum
  }
}
