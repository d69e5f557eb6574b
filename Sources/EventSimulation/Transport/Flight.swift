import Foundation

/// A charged particle at the start of its flight.
public struct FlyingParticle: Sendable {
  /// In mm.
  public var vertex: SIMD3<Double>
  /// In GeV/c.
  public var momentum: SIMD3<Double>
  /// In GeV/c^2.
  public var mass: Double
  public var charge: Int32
  /// Whether nuclei stop it: hadrons from the collision.
  public var interacts: Bool
  /// The layer on which it was born.
  var layer: LayerIndex?

  public init(
    vertex: SIMD3<Double>, momentum: SIMD3<Double>, mass: Double, charge: Int32,
    interacts: Bool = false
  ) {
    (self.vertex, self.momentum, self.mass) = (vertex, momentum, mass)
    (self.charge, self.interacts) = (charge, interacts)
  }
}

/// A particle on its way.
struct Flight {
  var state: FlightState
  /// Momentum in GeV/c.
  var size: Double
  let mass: Double
  let charge: Double
  /// Charge times 0.3e-3 over the momentum, 1 / (T mm).
  var bending: Double
  /// Length of the way to half a turn; mm.
  var remaining: Double
  /// The layer crossed last, and how much of the way remained there.
  var last: (layer: LayerIndex, remaining: Double)?
  /// An interaction in a cylinder without sensors; it counts only if a sensor would have been crossed afterwards.
  var struck: (place: SIMD3<Double>, momentum: SIMD3<Double>)?

  init<Field: MagneticField>(_ particle: FlyingParticle, in field: Field) {
    size = particle.momentum.length
    mass = particle.mass
    charge = Double(particle.charge)
    bending = charge * FlightStep.momentumPerFieldAndLength / size
    state = FlightState(
      place: particle.vertex, direction: particle.momentum / size,
      field: field.field(at: particle.vertex))
    remaining = Double.pi / max(1e-9, abs(bending) * state.field.length)
    if let layer = particle.layer { last = (layer, remaining) }
  }

  var momentum: SIMD3<Double> { size * state.direction }

  /// The flight near this place.
  var curve: FlightCurve {
    let bend = bending * cross(state.direction, state.field)
    return FlightCurve(
      start: state.place, direction: state.direction, bend: bend,
      turn: bending * cross(bend, state.field))
  }

  var isInside: Bool {
    state.place.transverse < LayerMap.outerRadius && abs(state.place.z) < LayerMap.halfLength
  }

  /// Scatters, and loses momentum, in a layer.
  mutating func suffer(
    _ material: LayerMaterial, obliquity: Double, _ random: inout RandomSource
  ) {
    guard material.scattering > 0 else { return }
    let slowness = (1 + mass * mass / (size * size)).squareRoot()
    let angle = material.scattering * obliquity.squareRoot() * slowness / size
    let d = state.direction
    let across = cross(d, abs(d.z) < 0.7 ? SIMD3(0, 0, 1) : SIMD3(1, 0, 0)).unit
    let other = cross(d, across)
    state.direction =
      (d + (angle * random.normal()) * across + (angle * random.normal()) * other).unit
    size -= material.loss * obliquity * slowness * slowness * slowness
    size = max(size, 1e-6)
    bending = charge * FlightStep.momentumPerFieldAndLength / size
  }
}
