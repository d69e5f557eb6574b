import EventData
import EventSimulation
import Foundation
import Testing

@Suite("Particles fly as they should")
struct TrackGeometryTests {
  /// Momenta in GeV/c that cross the barrel, its ends, and the disks.
  static let momenta: [SIMD3<Double>] = (0..<60).map { index in
    let pT = [0.3, 0.7, 2, 8][index % 4]
    let phi = 0.7 * Double(index)
    let eta = 6 * Double(index) / 59 - 3
    return SIMD3(pT * cos(phi), pT * sin(phi), pT * sinh(eta))
  }

  static func crossings(
    of momentum: SIMD3<Double>, charge: Int32, field: Double
  ) -> [SensorCrossing] {
    let transport = ParticleTransport(
      modules: TrackMLDetector.modules, field: UniformField(SIMD3(0, 0, field)),
      hasMaterial: false)
    var outcome = FlightOutcome()
    var random = RandomSource(seed: 1, event: 1)
    transport.fly(
      FlyingParticle(vertex: SIMD3(0.01, -0.02, 4), momentum: momentum, mass: 0.14, charge: charge),
      into: &outcome, &random)
    return outcome.crossings
  }

  @Test(arguments: [2.0, 0.5], [Int32(-1), 1])
  func `crossings lie on a circle of radius pT / 0.3 B, and z grows with the arc`(
    field: Double, charge: Int32
  ) {
    for momentum in Self.momenta {
      let pT = hypot(momentum.x, momentum.y)
      let radius = pT / (0.299_792_458 * field) * 1000
      // A positive charge in a field along +z turns clockwise: its centre lies to the right.
      let turn = -Double(charge)
      let centreX = 0.01 - turn * radius * momentum.y / pT
      let centreY = -0.02 + turn * radius * momentum.x / pT
      let start = atan2(-0.02 - centreY, 0.01 - centreX)
      let crossings = Self.crossings(of: momentum, charge: charge, field: field)
      #expect(crossings.count > 4)
      for crossing in crossings {
        let (x, y) = (crossing.place.x - centreX, crossing.place.y - centreY)
        #expect(abs(hypot(x, y) - radius) < 0.05)
        var angle = turn * (atan2(y, x) - start)
        if angle < 0 { angle += 2 * Double.pi }
        #expect(angle < Double.pi + 1e-6)
        let z = 4 + angle * radius * momentum.z / pT
        #expect(abs(crossing.place.z - z) < 0.05 * max(1, abs(momentum.z) / pT))
        #expect(abs(hypot(crossing.momentum.x, crossing.momentum.y) - pT) < 1e-3 * pT)
      }
    }
  }

  @Test func `without a field particles fly straight`() {
    for momentum in Self.momenta {
      let crossings = Self.crossings(of: momentum, charge: 1, field: 0)
      #expect(crossings.count > 4)
      for crossing in crossings {
        let way = crossing.place - SIMD3(0.01, -0.02, 4)
        let across = way.x * momentum.y - way.y * momentum.x
        #expect(abs(across) / hypot(momentum.x, momentum.y) < 1e-6)
      }
    }
  }

  @Test func `crossings lie on the sensors that they name`() {
    for momentum in Self.momenta {
      for crossing in Self.crossings(of: momentum, charge: -1, field: 2) {
        let module = TrackMLDetector.modules[crossing.module]
        let local = crossing.place - module.centre
        #expect(abs((local * module.axisW).sum()) < 0.01)
        #expect(abs((local * module.axisV).sum()) <= module.halfV)
        #expect(abs((local * module.axisU).sum()) <= module.maximumHalfU)
      }
    }
  }

  @Test func `a straight flight crosses every sensor that it meets`() {
    for momentum in Self.momenta {
      let found = Self.crossings(of: momentum, charge: 1, field: 0).map(\.module)
      let expected = TrackMLDetector.modules.indices.filter { row in
        let module = TrackMLDetector.modules[row]
        let start = SIMD3(0.01, -0.02, 4)
        let toward = (module.axisW * momentum).sum()
        let way = (module.axisW * (module.centre - start)).sum() / toward
        guard way > 0 else { return false }
        let local = start + way * momentum - module.centre
        let v = (local * module.axisV).sum()
        let width =
          module.minimumHalfU
          + (module.maximumHalfU - module.minimumHalfU) * (v / module.halfV + 1) / 2
        return abs(v) <= module.halfV && abs((local * module.axisU).sum()) <= width
      }
      #expect(found.sorted() == expected)
    }
  }
}

@Suite("Material does to particles what it should")
struct MaterialTests {
  /// Changes between the crossings of two barrel layers that follow each other, of straight flights at the path of 1.5.
  static func changes(
    volume: Int32, layer: Int32
  ) -> (angles: [Double], losses: [Double]) {
    let transport = ParticleTransport(
      modules: TrackMLDetector.modules, field: UniformField(.zero))
    var random = RandomSource(seed: 3, event: 0)
    var outcome = FlightOutcome()
    var (angles, losses): ([Double], [Double]) = ([], [])
    for _ in 0..<4000 {
      let phi = random.uniform(-Double.pi, Double.pi)
      let size = 5.0
      let across = size / 1.5
      let momentum = SIMD3(
        across * cos(phi), across * sin(phi), (size * size - across * across).squareRoot())
      transport.fly(
        FlyingParticle(vertex: SIMD3(0, 0, -400), momentum: momentum, mass: 0.1057, charge: 1),
        into: &outcome, &random)
      let modules = outcome.crossings.map { TrackMLDetector.modules[$0.module] }
      guard
        let before = modules.lastIndex(where: { $0.volume == volume && $0.layer == layer }),
        before + 1 < modules.count, modules[before + 1].volume == volume
      else { continue }
      let (first, second) = (
        outcome.crossings[before].momentum, outcome.crossings[before + 1].momentum
      )
      let azimuth = atan2(second.y, second.x) - atan2(first.y, first.x)
      angles.append(remainder(azimuth, 2 * Double.pi) * across)
      let length = { (p: SIMD3<Double>) in (p * p).sum().squareRoot() }
      losses.append(length(first) - length(second))
    }
    return (angles, losses)
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  @Test(
    "as the challenge's momenta show it",
    arguments: [
      (Int32(8), 1.3, 0.57, 1.5), (13, 1.85, 0.76, 1.3), (17, 2.5, 1.0, 1.2),
    ])
  func material(volume: Int32, angle: Double, loss: Double, path: Double) throws {
    let found = Self.changes(volume: volume, layer: 2)
    try #require(found.angles.count > 2000)
    // The standard deviation by the median: 0.6745 for a normal number.
    let width = Self.median(found.angles.map(abs)) / 0.6745
    #expect(abs(width / (angle * 1e-3 * (1.5 / path).squareRoot()) - 1) < 0.05)
    #expect(abs(Self.median(found.losses) / (loss * 1e-3 * 1.5 / path) - 1) < 0.01)
  }

  @Test func `hadrons interact, muons do not`() {
    let transport = ParticleTransport(
      modules: TrackMLDetector.modules, field: UniformField(SIMD3(0, 0, 2)))
    var outcome = FlightOutcome()
    for interacts in [true, false] {
      var random = RandomSource(seed: 4, event: 0)
      var secondaries = 0
      for _ in 0..<2000 {
        let phi = random.uniform(-Double.pi, Double.pi)
        transport.fly(
          FlyingParticle(
            vertex: .zero, momentum: SIMD3(2 * cos(phi), 2 * sin(phi), 1), mass: 0.14, charge: 1,
            interacts: interacts),
          into: &outcome, &random)
        secondaries += outcome.secondaries.count
      }
      // A tenth of them strike a nucleus on their way out, 1.8 charged particles come from there.
      #expect(interacts ? (250...550).contains(secondaries) : secondaries == 0)
    }
  }
}
