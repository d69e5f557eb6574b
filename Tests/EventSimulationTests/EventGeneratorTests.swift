import EventData
import EventSimulation
import Foundation
import Testing

@Suite("An event depends on the configuration and its number alone")
struct EventDeterminismTests {
  static func generator(_ change: (inout SimulationConfiguration) -> Void = { _ in }) throws
    -> EventGenerator
  {
    var configuration = SimulationConfiguration()
    configuration.primaries = 40
    change(&configuration)
    return try EventGenerator(configuration: configuration)
  }

  @Test func `the order in which events are made changes nothing`() async throws {
    let generator = try Self.generator()
    let inOrder = (0..<6).map { generator.event(id: $0) }
    let backwards = (0..<6).reversed().map { generator.event(id: $0) }
    #expect(inOrder == backwards.reversed())
    let atOnce = await withTaskGroup(of: SimulatedEvent.self) { group in
      for id in 0..<6 { group.addTask { generator.event(id: id) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(inOrder == atOnce.sorted { $0.id < $1.id })
  }

  @Test func `another number or another seed makes another event`() throws {
    let event = try Self.generator().event(id: 3)
    #expect(event.hits != (try Self.generator().event(id: 4).hits))
    #expect(event.hits != (try Self.generator { $0.seed = 2 }.event(id: 3).hits))
  }

  @Test func `random words are those of xoshiro256** for the seed, on every machine`() {
    var random = RandomSource(seed: 1, event: 7)
    let words = (0..<4).map { _ in random.next() }
    let expected: [UInt64] = [
      0x16CD_47CA_FA16_17C5, 0x64C0_D3F4_4A9B_8A46,
      0x9B5C_1DB1_7119_BFD0, 0xA28E_6E2D_F96D_73D3,
    ]
    #expect(words == expected)
  }

  @Test func `normal numbers have mean 0 and standard deviation 1`() {
    var random = RandomSource(seed: 5, event: 0)
    let numbers = (0..<100_000).map { _ in random.normal() }
    let mean = numbers.reduce(0, +) / 100_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    #expect(abs(mean) < 0.015)
    #expect(abs(variance - 1) < 0.02)
  }
}

@Suite("Events have the form of the challenge's")
struct EventFormTests {
  let event: SimulatedEvent

  init() throws { event = try EventDeterminismTests.generator { $0.primaries = 300 }.event(id: 1) }

  @Test func `hits are numbered from 1 and sorted by volume, layer and module`() {
    let hits = event.hits
    #expect(hits.hitID == hits.hitID.indices.map { Int32($0 + 1) })
    #expect(event.truth.hitID == hits.hitID)
    let keys = hits.hitID.indices.map {
      (hits.volumeID[$0] * 100 + hits.layerID[$0]) * 10_000 + hits.moduleID[$0]
    }
    #expect(keys == keys.sorted())
    #expect(Set(hits.volumeID) == [7, 8, 9, 12, 13, 14, 16, 17, 18])
  }

  @Test func `noise is about one hit in seven, and shrinks with the event`() {
    let noise = event.truth.particleID.count { $0 == 0 }
    #expect((0.1...0.2).contains(Double(noise) / Double(event.hits.count)))
  }

  @Test func `particles carry large numbers of their own and count their hits`() {
    let particles = event.particles
    let primaries = particles.particleID.filter { $0 & 0xFFFF == 0 }
    #expect(primaries.count == 300)
    #expect(particles.count > 300)
    #expect(Set(particles.particleID).count == particles.count)
    #expect(particles.particleID.allSatisfy { $0 > 1 << 52 })
    #expect(primaries == primaries.sorted())
    #expect(Set(particles.charge) == [-1, 1])
    let counts = Dictionary(grouping: event.truth.particleID) { $0 }.mapValues { Int32($0.count) }
    for row in 0..<particles.count {
      #expect(particles.hitCount[row] == counts[particles.particleID[row], default: 0])
    }
  }

  @Test func `every hit has cells, and strips measure no charge`() {
    let cells = event.cells
    #expect(cells.hitID == cells.hitID.sorted())
    #expect(Set(cells.hitID).count == event.hits.count)
    for row in 0..<cells.count {
      let isPixel = event.hits.volumeID[Int(cells.hitID[row]) - 1] <= 9
      #expect(cells.value[row] > 0)
      #expect(isPixel || cells.value[row] == 1)
      #expect(cells.channel0[row] >= 0 && cells.channel1[row] >= 0)
    }
  }

  @Test func `numbers have six digits, so that files say all of them`() {
    for value in event.hits.x + event.truth.tpz + event.cells.value + event.particles.vz {
      #expect(Double(String(format: "%.6g", value)) == value)
    }
  }

  @Test func `weights are the score's and add up to 1`() {
    let weights = HitWeights.weights(truth: event.truth, particles: event.particles)
    #expect(abs(event.truth.weight.reduce(0, +) - 1) < 1e-5)
    #expect(zip(weights, event.truth.weight).allSatisfy { abs($0 - $1) < 1e-8 })
    #expect(zip(weights, event.truth.particleID).allSatisfy { $0 == 0 || $1 != 0 })
  }

  @Test func `a full event has the size of a real one`() throws {
    let event = try EventGenerator(configuration: .init()).event(id: 0)
    #expect((80_000...145_000).contains(event.hits.count))
  }
}

@Suite("Settings are checked")
struct SimulationConfigurationTests {
  @Test(arguments: [0, -1, 200_001])
  func `a number of particles that makes no event is refused`(count: Int) {
    #expect(
      throws: SimulationError.invalidConfiguration(
        field: "particles", expected: "a number from 1 to 200000")
    ) { try EventDeterminismTests.generator { $0.primaries = count } }
  }

  @Test func `shares outside 0 to 1 and numbers that are none are refused`() {
    let changes: [(inout SimulationConfiguration) -> Void] = [
      { $0.pileUp = -1 }, { $0.pileUp = .nan }, { $0.beamSpotZ = .infinity },
      { $0.inefficiency = -0.1 }, { $0.noiseScale = -1 },
    ]
    for change in changes {
      #expect(throws: SimulationError.self) { try EventDeterminismTests.generator(change) }
    }
  }
}
