import EventSimulation
import Testing

@Suite("Collisions of a bunch crossing")
struct CollisionGeneratorTests {
  let generator = CollisionGenerator(pileUp: 40)

  @Test func `particles depend on the seed and the event alone`() {
    let first = generator.particles(event: 7, seed: 3)
    _ = generator.particles(event: 8, seed: 3)
    #expect(generator.particles(event: 7, seed: 3) == first)
    #expect(generator.particles(event: 8, seed: 3) != first)
    #expect(generator.particles(event: 7, seed: 4) != first)
  }

  @Test func `an event without pile-up is the hard collision alone`() {
    let generator = CollisionGenerator(pileUp: 0)
    let events = (0..<60).map { generator.particles(event: $0, seed: 1) }
    #expect(events.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.collision == 1 } })
    let hard = events.flatMap(\.self).filter { $0.transverseMomentum > 10 }
    // Two beauty jets and two W bosons give a few such particles; a soft collision gives one in hundreds.
    #expect(hard.count > 60 && hard.count < 600)
  }

  @Test func `the number of particles grows with the pile-up`() {
    let mean = { (pileUp: Double) in
      let generator = CollisionGenerator(pileUp: pileUp)
      return (0..<40).map { Double(generator.particles(event: $0, seed: 5).count) }
        .reduce(0, +) / 40
    }
    let (none, some, many) = (mean(0), mean(50), mean(150))
    // 66 to 67 charged particles and those of decays; the spread of the mean of 40 events is about 2 %.
    #expect(abs((some - none) / 50 - 67) < 5)
    #expect(abs((many - none) / 150 - 67) < 4)
  }

  @Test func `particles are charged, in the acceptance and numbered`() {
    let masses: [Int32: Double] = [
      11: 0.000511, 13: 0.10566, 211: 0.13957, 321: 0.49368, 2212: 0.93827, 3112: 1.19745,
      3222: 1.18937,
    ]
    for event in 0..<5 {
      let particles = generator.particles(event: event, seed: 1)
      var last = (collision: 0, number: 0)
      for particle in particles {
        #expect(particle.transverseMomentum > 0.05)
        #expect(abs(particle.pseudorapidity) < 5)
        #expect(abs(particle.charge) == 1)
        #expect(particle.mass == masses[abs(particle.pdg)])
        #expect(particle.number == (particle.collision == last.collision ? last.number + 1 : 1))
        last = (particle.collision, particle.number)
      }
    }
  }

  @Test func `the charge follows from the kind`() {
    // Leptons and the Sigma- have the sign against their number's.
    let opposite: Set<Int32> = [11, 13, 3112]
    for particle in generator.particles(event: 1, seed: 1) {
      let sign: Int32 = particle.pdg > 0 ? 1 : -1
      #expect(particle.charge == (opposite.contains(abs(particle.pdg)) ? -sign : sign))
    }
  }

  @Test func `collisions lie in the beam spot`() {
    let generator = CollisionGenerator(pileUp: 300, beamZ: 53, beamXY: 0.0157)
    var vertices: [[Double]] = [[], [], []]
    for event in 0..<10 {
      var seen: Set<Int> = []
      for particle in generator.particles(event: event, seed: 2)
      where particle.generation == 0 && seen.insert(particle.collision).inserted {
        for axis in 0..<3 { vertices[axis].append(particle.vertex[axis]) }
      }
    }
    for (values, expected) in zip(vertices, [0.0157, 0.0157, 53]) {
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.map { $0 * $0 }.reduce(0, +) / Double(values.count)
      // 2,800 collisions: four standard deviations of the mean and of the spread.
      #expect(abs(mean) < 0.08 * expected)
      #expect(abs(square.squareRoot() / expected - 1) < 0.06)
    }
  }
}
