import EdgeClassifier
import Foundation
import Reconstruction
import TestSupport
import Testing

@Suite("The search for triplets")
struct TripletSearchTests {
  private func event() throws -> (hits: DetectorHits, graph: DoubletGraph) {
    let hits = try ToyDetector.hits(ToyEvent(.init(primaries: 60, noise: 60), seed: 5).hits)
    let position = (0..<Int32(hits.layerCount)).map { $0 }
    var random = SeededGenerator(state: 2)
    var (from, to): ([Int32], [Int32]) = ([], [])
    for a in 0..<Int32(hits.count) {
      for b in 0..<Int32(hits.count)
      where hits.layer[Int(a)] < hits.layer[Int(b)] && random.next() % 20 == 0 {
        from.append(a)
        to.append(b)
      }
    }
    return (
      hits,
      try DoubletGraph(
        hits: hits, position: position, from: from, to: to, value: from.map { _ in 1 },
        score: from.map { _ in 0 })
    )
  }

  @Test(
    "pairs all doublets that share a hit, within limits",
    arguments: [
      nil, TripletLimits(mostCurvature: 0.01, mostKink: 0.3),
      TripletLimits(mostCurvature: 0.1, mostKink: 1),
    ])
  func bruteForce(limits: TripletLimits?) throws {
    let (hits, graph) = try event()
    let records = HitRecords(values: hits.storedRecords)
    let plain = (0..<Int32(hits.count)).map(records.plain)
    var must: Set<Int> = []
    var may: Set<Int> = []
    for first in 0..<graph.count {
      for second in 0..<graph.count where graph.from[second] == graph.to[first] {
        let smooth = Smoothness(
          plain[Int(graph.from[first])], plain[Int(graph.to[first])], plain[Int(graph.to[second])])
        if smooth.isWithin(limits, slack: -1e-4) { must.insert(first * graph.count + second) }
        if smooth.isWithin(limits, slack: 1e-4) { may.insert(first * graph.count + second) }
      }
    }
    #expect(must.count > 500 && may.count - must.count < must.count / 100)
    let finder = TripletFinder(
      network: try ToyNetwork.constant(inputs: 31, 2), cut: -1, limits: limits, turns: true)
    for kernels in Kernels.available {
      let found = finder.triplets(of: graph, hits: hits, kernels: kernels)
      #expect(found.candidates == found.triplets.count)
      let keys = zip(found.triplets.first, found.triplets.second).map {
        Int($0) * graph.count + Int($1)
      }
      #expect(Set(keys).count == keys.count)
      #expect(Set(keys).isSuperset(of: must) && Set(keys).isSubset(of: may), "\(kernels.name)")
      #expect(found.triplets.first == found.triplets.first.sorted())
    }
  }

  /// How three hits bend and kink.
  private struct Smoothness {
    let goesBack: Bool
    let curvature: Double
    let kink: Double

    init(_ a: PlainHit, _ b: PlainHit, _ c: PlainHit) {
      let (x1, y1, x2, y2) = (b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y)
      goesBack = x1 * x2 + y1 * y2 < 0
      let (d1, d2) = (hypot(x1, y1), hypot(x2, y2))
      curvature = abs(2 * (x1 * y2 - y1 * x2) / (d1 * d2 * hypot(x1 + x2, y1 + y2)))
      // The angle between (d1, z1) and (d2, z2).
      kink = abs(sin(atan2(b.z - a.z, d1) - atan2(c.z - b.z, d2)))
    }

    func isWithin(_ limits: TripletLimits?, slack: Double) -> Bool {
      guard let limits else { return true }
      return !goesBack && curvature <= Double(limits.mostCurvature) * (1 + slack)
        && kink <= Double(limits.mostKink) + slack
    }
  }

  @Test("a cut drops what is below it, and nothing comes of nothing")
  func cut() throws {
    let (hits, graph) = try event()
    let network = try ToyNetwork.falling(inputs: 31, from: 2, [3: 1])
    let all = TripletFinder(network: network, cut: -1e9, limits: nil, turns: true)
      .triplets(of: graph, hits: hits).triplets
    let some = TripletFinder(network: network, cut: 0, limits: nil, turns: true)
      .triplets(of: graph, hits: hits)
    #expect(some.candidates == all.count)
    #expect(some.triplets.score == all.score.filter { $0 >= 0 })
    #expect(some.triplets.count > 0 && some.triplets.count < all.count)
    let empty = try DoubletGraph(
      hits: hits, position: graph.position, from: [], to: [], value: [], score: [])
    #expect(
      TripletFinder(network: network, cut: 0, limits: nil, turns: true)
        .triplets(of: empty, hits: hits).candidates == 0)
  }
}
