import EventData
import EventSimulation
import Foundation
import TestSupport
import Testing

/// Our collisions beside those of Pythia 8 in the shared events: 16 events of ours, 8 of theirs.
@Suite(
  "Collisions beside those of Pythia",
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct CollisionReferenceTests {
  let ours: [ReferenceParticle]
  let theirs: [ReferenceParticle]
  static let ourEvents = 16
  static let theirEvents = 8

  init() throws {
    let generator = CollisionGenerator()
    var ours: [ReferenceParticle] = []
    for event in 0..<Self.ourEvents {
      ours += generator.particles(event: event, seed: 1).map { ReferenceParticle($0) }
    }
    self.ours = ours.filter(\.isInAcceptance)
    var theirs: [ReferenceParticle] = []
    for event in 0..<Self.theirEvents {
      let path = "data/acts_ttbar/event00003000\(event)-particles.csv.zst"
      let table = try EventReader.particles(at: SharedData.path(path))
      theirs += (0..<table.count).compactMap { ReferenceParticle(table, row: $0) }
    }
    self.theirs = theirs.filter(\.isInAcceptance)
  }

  @Test func `particles an event`() {
    let ratio = perEvent(ours, Self.ourEvents) / perEvent(theirs, Self.theirEvents)
    #expect(abs(ratio - 1) < 0.06)
  }

  @Test(arguments: [(0.0, 4.0), (0, 1), (1, 2), (2, 3), (3, 4)])
  func `transverse momenta in a range of pseudorapidity`(lower: Double, upper: Double) {
    let values = { (particles: [ReferenceParticle]) in
      particles.filter { (lower..<upper).contains(abs($0.pseudorapidity)) }
        .map(\.transverseMomentum).sorted()
    }
    let (mine, reference) = (values(ours), values(theirs))
    for share in [0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
      let ratio = quantile(mine, share) / quantile(reference, share)
      #expect(abs(ratio - 1) < 0.06, "quantile \(share): \(ratio)")
    }
  }

  @Test(arguments: [0.1, 0.25, 0.5, 0.75, 0.9])
  func `pseudorapidities`(share: Double) {
    let mine = quantile(ours.map { abs($0.pseudorapidity) }.sorted(), share)
    let reference = quantile(theirs.map { abs($0.pseudorapidity) }.sorted(), share)
    #expect(abs(mine / reference - 1) < 0.03)
  }

  @Test func `displaced particles by the radius at which they are born`() {
    let radii = [0.3, 3, 10, 30, 100, 300, 1000]
    for (lower, upper) in zip(radii, radii.dropFirst()) {
      let inRange = { (particle: ReferenceParticle) in
        particle.isDisplaced && (lower..<upper).contains(particle.radius)
      }
      let mine = perEvent(ours.filter(inRange), Self.ourEvents)
      let reference = perEvent(theirs.filter(inRange), Self.theirEvents)
      // 10 a reference event beyond 300 mm, 80 and more elsewhere.
      #expect(
        abs(mine / reference - 1) < (lower < 300 ? 0.15 : 0.35), "\(lower) mm: \(mine) \(reference)"
      )
    }
  }

  @Test func `hard particles`() {
    let above = { (particles: [ReferenceParticle], limit: Double, events: Int) in
      perEvent(particles.filter { $0.transverseMomentum > limit }, events)
    }
    let above3 = above(ours, 3, Self.ourEvents) / above(theirs, 3, Self.theirEvents)
    let above10 = above(ours, 10, Self.ourEvents) / above(theirs, 10, Self.theirEvents)
    #expect(abs(above3 - 1) < 0.12)
    #expect(abs(above10 - 1) < 0.4)
  }

  private func perEvent(_ particles: [ReferenceParticle], _ events: Int) -> Double {
    Double(particles.count) / Double(events)
  }

  private func quantile(_ sorted: [Double], _ share: Double) -> Double {
    sorted[Int(share * Double(sorted.count - 1))]
  }
}

/// What is compared of a particle.
struct ReferenceParticle: Sendable {
  var vertex: SIMD3<Double>
  var momentum: SIMD3<Double>
  var isDisplaced: Bool

  var radius: Double { hypot(vertex.x, vertex.y) }
  var transverseMomentum: Double { hypot(momentum.x, momentum.y) }
  var pseudorapidity: Double { asinh(momentum.z / transverseMomentum) }
  /// The files of the reference keep these.
  var isInAcceptance: Bool { transverseMomentum > 0.1 && abs(pseudorapidity) < 4 }
}

extension ReferenceParticle {
  init(_ particle: GeneratedParticle) {
    self.init(
      vertex: particle.vertex, momentum: particle.momentum,
      isDisplaced: particle.generation == 1)
  }

  /// A particle of the reference that no interaction with the detector made; nil for the others.
  ///
  /// Its number is collision << 52 | particle << 24 | generation << 16 | place among the secondaries.
  init?(_ table: ParticleTable, row: Int) {
    let id = table.particleID[row]
    guard id & 0xFFFF == 0 else { return nil }
    self.init(
      vertex: SIMD3(Double(table.vx[row]), Double(table.vy[row]), Double(table.vz[row])),
      momentum: SIMD3(Double(table.px[row]), Double(table.py[row]), Double(table.pz[row])),
      isDisplaced: id >> 16 & 0xFF == 1)
  }
}

extension GeneratedParticle {
  var transverseMomentum: Double { hypot(momentum.x, momentum.y) }
  var pseudorapidity: Double { asinh(momentum.z / transverseMomentum) }
}
