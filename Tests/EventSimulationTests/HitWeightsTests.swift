import EventData
import Foundation
import TestSupport
import Testing

@Suite("Hit weights follow the challenge's definition")
struct HitWeightsTests {
  /// Particles given by pT and hits by |tz|; vertices at z = 0, particle numbers from 1 on.
  private func weights(_ particles: [(pT: Double, hits: [Double])], noise: Int = 0) -> [Double] {
    var truth = TruthTable()
    var table = ParticleTable()
    for (index, particle) in particles.enumerated() {
      table.particleID.append(Int64(index + 1))
      table.px.append(particle.pT * 0.6)
      table.py.append(-particle.pT * 0.8)
      table.vz.append(0)
      for z in particle.hits {
        truth.particleID.append(Int64(index + 1))
        truth.tz.append(z)
      }
    }
    truth.particleID += Array(repeating: 0, count: noise)
    truth.tz += Array(repeating: 1, count: noise)
    truth.hitID = truth.particleID.indices.map { Int32($0 + 1) }
    return HitWeights.weights(truth: truth, particles: table)
  }

  private func expect(_ found: [Double], _ wanted: [Double]) {
    #expect(found.count == wanted.count)
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-12 }, "\(found), not \(wanted)")
  }

  @Test func `hits are ordered by distance from the vertex along z`() {
    let proposal: [Double] = [10, 8, 6, 5, 3, 3, 3, 5, 6]
    let z = [3.0, -1, 8, 2, -9, 4, 5, -6, 7]
    let order: [Double] = [3, 1, 8, 2, 9, 4, 5, 6, 7]
    expect(weights([(1, z)]), order.map { proposal[Int($0) - 1] / 49 })
    expect(weights([(1, [1, 2, 3, 4, 5])]), [10, 6, 3, 3, 6].map { $0 / 28 })
    expect(weights([(1, [4, 3, 2, 1])]), [18, 9, 16, 30].map { $0 / 73 })
  }

  @Test func `hits at equal distance share the truncated mean rank`() {
    // Ranks 0, 1.5 truncated to 1, again 1, 3.
    expect(weights([(1, [1, 2, -2, 3])]), [30, 16, 16, 18].map { $0 / 80 })
  }

  @Test func `particles with fewer than 4 hits and noise weigh nothing`() {
    expect(weights([(1, [1, 2, 3])], noise: 2), [0, 0, 0, 0, 0])
    let both = weights([(1, [1, 2, 3]), (1, [1, 2, 3, 4])], noise: 1)
    expect(both, [0, 0, 0] + [30, 16, 9, 18].map { $0 / 73 } + [0])
  }

  @Test func `the hits after the 20th weigh nothing`() {
    let found = weights([(1, (1...25).map(Double.init))])
    #expect(found[..<20].allSatisfy { $0 > 0 })
    #expect(found[20...].allSatisfy { $0 == 0 })
    expect([found.reduce(0, +)], [1])
  }

  @Test(arguments: [
    (0.049, 0.0), (0.05, 0.2), (0.3, 0.2), (0.5, 0.2), (1.75, 0.6), (3, 1), (50, 1),
  ])
  func `the weight grows from 0.5 to 3 GeV`(pT: Double, weight: Double) {
    #expect(abs(HitWeights.weight(pT: pT) - weight) < 1e-12)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    arguments: 30000...30007)
  func `weights of full events are those of their files`(event: Int) throws {
    let stem = SharedData.path("data/acts_ttbar/event0000\(event)")
    let truth = try EventReader.truth(at: stem + "-truth.csv.zst")
    let particles = try EventReader.particles(at: stem + "-particles.csv.zst")
    let weights = HitWeights.weights(truth: truth, particles: particles)
    // Numbers of six digits put a few hits at equal distances that were not equal when the file was made.
    let row = Dictionary(
      uniqueKeysWithValues: zip(particles.particleID, particles.particleID.indices))
    let places = truth.particleID.indices.map { hit in
      [
        Double(row[truth.particleID[hit]] ?? -1),
        abs(truth.tz[hit] - (row[truth.particleID[hit]].map { particles.vz[$0] } ?? 0)),
      ]
    }
    let hitsAtPlace = Dictionary(grouping: weights.indices) { places[$0] }
    let wrong = weights.indices.filter {
      abs(weights[$0] - truth.weight[$0]) > 1e-4 * truth.weight[$0]
    }
    #expect(wrong.count < 5)
    #expect(wrong.allSatisfy { hitsAtPlace[places[$0], default: []].count > 1 })
  }

  /// The sample is part of an event, and its file gives secondaries no weight: one factor is left over.
  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func `weights of the challenge's sample are those of its file up to one factor`() throws {
    let stem = SharedData.path("data/trackml_sample/event000000001")
    let truth = try EventReader.truth(at: stem + "-truth.csv.zst")
    let particles = try EventReader.particles(at: stem + "-particles.csv.zst")
    let weights = HitWeights.weights(truth: truth, particles: particles)
    let rows = weights.indices.filter { truth.weight[$0] > 0 }
    #expect(rows.count > 4000)
    let ratios = rows.map { weights[$0] / truth.weight[$0] }
    let lowest = try #require(ratios.min())
    let highest = try #require(ratios.max())
    #expect(highest / lowest - 1 < 1e-4)
  }
}
