import EventData
import Foundation

/// An event in the making: its particles, and the crossings that give hits.
struct EventRecord {
  let transport: ParticleTransport<CoilField>
  let inefficiency: Double
  var particles = ParticleTable()
  var crossings: [SensorCrossing] = []
  /// Row of each crossing's particle; -1 for noise.
  var owners: [Int32] = []

  init(transport: ParticleTransport<CoilField>, inefficiency: Double) {
    (self.transport, self.inefficiency) = (transport, inefficiency)
  }

  /// Slower particles stop; GeV/c, as in the challenge's events.
  private static let stoppingPT = 0.15
  /// A secondary that is slow from the start leaves one hit with this chance.
  private static let slowSeen = 0.4
  /// A crossing nearer to the sensor's plane than this cosine leaves no hit.
  private static let grazing = 0.1
  /// Particles are listed above this pT in GeV/c and within this |eta|.
  private static let minimumPT = 0.1
  private static let maximumEta = 4.0
  private static let maximumSlope = sinh(maximumEta)

  /// Whether an event lists a particle of this momentum.
  static func isListed(_ momentum: SIMD3<Double>) -> Bool {
    let pT = momentum.transverse
    return pT > minimumPT && abs(momentum.z) < maximumSlope * pT
  }

  /// Flies all particles, and then what came out of their interactions.
  mutating func fly(_ generated: [GeneratedParticle], _ random: inout RandomSource) {
    var outcome = FlightOutcome()
    var born: [(parent: GeneratedParticle, number: Int, secondary: Secondary)] = []
    for particle in generated {
      let kind = abs(particle.pdg)
      transport.fly(
        FlyingParticle(
          vertex: particle.vertex, momentum: particle.momentum, mass: particle.mass,
          charge: particle.charge, interacts: kind != 11 && kind != 13),
        into: &outcome, &random)
      for (index, secondary) in outcome.secondaries.enumerated() {
        born.append((particle, index + 1, secondary))
      }
      guard Self.isListed(particle.momentum) else { continue }
      list(
        Self.number(particle, generation: particle.generation, secondary: 0),
        particle.vertex, particle.momentum, particle.charge)
      keep(outcome.crossings, isSecondary: false, &random)
    }
    for (parent, number, secondary) in born where Self.isListed(secondary.particle.momentum) {
      transport.fly(secondary.particle, into: &outcome, &random)
      list(
        Self.number(parent, generation: parent.generation + 1, secondary: number),
        secondary.particle.vertex, secondary.particle.momentum, secondary.particle.charge)
      keep(outcome.crossings, isSecondary: true, &random)
    }
  }

  /// As the challenge numbers particles: collision, particle, generation, secondary.
  private static func number(
    _ particle: GeneratedParticle, generation: Int, secondary: Int
  ) -> Int64 {
    Int64(particle.collision) << 52 | Int64(particle.number) << 24 | Int64(generation) << 16
      | Int64(secondary)
  }

  private mutating func list(
    _ number: Int64, _ vertex: SIMD3<Double>, _ momentum: SIMD3<Double>, _ charge: Int32
  ) {
    particles.particleID.append(number)
    particles.vx.append(roundedToSixDigits(vertex.x))
    particles.vy.append(roundedToSixDigits(vertex.y))
    particles.vz.append(roundedToSixDigits(vertex.z))
    particles.px.append(roundedToSixDigits(momentum.x))
    particles.py.append(roundedToSixDigits(momentum.y))
    particles.pz.append(roundedToSixDigits(momentum.z))
    particles.charge.append(charge)
    particles.hitCount.append(0)
  }

  /// Keeps those crossings of the last particle that give hits: up to the first slow one, and most of the others.
  private mutating func keep(
    _ found: [SensorCrossing], isSecondary: Bool, _ random: inout RandomSource
  ) {
    let row = particles.count - 1
    for (index, crossing) in found.enumerated() {
      let isSlow = crossing.momentum.transverse < Self.stoppingPT
      if isSlow, index == 0 {
        guard isSecondary, random.uniform() < Self.slowSeen else { return }
      }
      if random.uniform() >= inefficiency, crossing.cosine > Self.grazing {
        crossings.append(crossing)
        owners.append(Int32(row))
        particles.hitCount[row] += 1
      }
      if isSlow { return }
    }
  }

  mutating func add(noise: [SensorCrossing]) {
    crossings += noise
    owners += repeatElement(-1, count: noise.count)
  }
}
