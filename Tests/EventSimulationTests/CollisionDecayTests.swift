import EventSimulation
import Foundation
import Testing

@Suite("Decays in flight")
struct CollisionDecayTests {
  /// The displaced particles by where they are born.
  let decays: [SIMD3<Double>: [GeneratedParticle]]
  /// The vertex of the collisions, by event and collision.
  let origins: [SIMD3<Double>]

  init() {
    // Collisions all at the origin: what is displaced is displaced from there.
    let generator = CollisionGenerator(pileUp: 155, beamZ: 0, beamXY: 0)
    let particles = (0..<6).flatMap { generator.particles(event: $0, seed: 9) }
    decays = Dictionary(grouping: particles.filter { $0.generation == 1 }, by: \.vertex)
    origins = particles.filter { $0.generation == 0 }.map(\.vertex)
  }

  @Test func `only what decays in flight is displaced`() {
    #expect(origins.allSatisfy { $0 == .zero })
    for vertex in decays.keys {
      #expect(vertex != .zero)
      #expect(hypot(vertex.x, vertex.y) < 1000 && abs(vertex.z) < 2900)
    }
  }

  @Test func `pairs far from the collision have the masses of the K0s and the Lambda`() {
    let pairs = decays.filter { $0.value.count == 2 && hypot($0.key.x, $0.key.y) > 30 }.values
    let masses = pairs.map { invariantMass($0) }
    let kaons = masses.filter { abs($0 - 0.49761) < 1e-6 }
    let lambdas = masses.filter { abs($0 - 1.11568) < 1e-6 }
    #expect(kaons.count > 300)
    #expect(lambdas.count > 100)
    // Heavy hadrons rarely come so far.
    #expect(Double(kaons.count + lambdas.count) > 0.98 * Double(masses.count))
  }

  @Test func `pairs have opposite charges and fly on from the collision`() {
    for (vertex, pair) in decays where pair.count == 2 && hypot(vertex.x, vertex.y) > 30 {
      #expect(pair[0].charge == -pair[1].charge)
      let sum = pair[0].momentum + pair[1].momentum
      let cosine =
        (sum * vertex).sum() / ((sum * sum).sum() * (vertex * vertex).sum()).squareRoot()
      guard invariantMass(pair) < 1.2 else { continue }
      #expect(cosine > 0.999)
    }
  }

  @Test func `K0s live as long as they should`() {
    let kaons = decays.filter { $0.value.count == 2 }
      .filter { abs(invariantMass($0.value) - 0.49761) < 1e-6 }
    let proper = kaons.map { vertex, pair in
      let momentum = pair[0].momentum + pair[1].momentum
      return 0.49761 * ((vertex * vertex).sum() / (momentum * momentum).sum()).squareRoot()
    }
    // Mean of an exponential distribution of 26.84 mm; 2,000 decays give it to 2.3 %.
    let mean = proper.reduce(0, +) / Double(proper.count)
    #expect(proper.count > 1000)
    #expect(abs(mean / 26.84 - 1) < 0.08)
  }

  private func invariantMass(_ particles: [GeneratedParticle]) -> Double {
    let energy = particles.map {
      ($0.mass * $0.mass + ($0.momentum * $0.momentum).sum()).squareRoot()
    }.reduce(0, +)
    let momentum = particles.map(\.momentum).reduce(.zero, +)
    return max(0, energy * energy - (momentum * momentum).sum()).squareRoot()
  }
}
