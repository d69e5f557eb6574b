import EdgeClassifier
import EventData
import Foundation
import Reconstruction
import TestSupport
import Testing

@Suite("The search for candidates")
struct CandidateSearchTests {
  /// What a table allows.
  enum Allowed: String, CaseIterable {
    case all, random, straightFromTheMiddle, bentFromOnePlace, displaced

    func value(curvature: Int, place: Int, _ random: inout SeededGenerator) -> Float {
      let isIn =
        switch self {
        case .all: true
        case .random: random.next() % 8 == 0
        case .straightFromTheMiddle: (20...27).contains(place) && curvature <= 8
        case .bentFromOnePlace: place == 30 && curvature >= 12
        case .displaced: place < 12 && curvature < 20 || place > 40 && curvature > 10
        }
      return isIn ? 1 : 0
    }
  }

  private static let most: Float = 0.012
  private static let barrels = [4, 6, 8]
  private static let disks = [0, 2, 11, 12]

  /// Random hits on barrels and disks, some of them at the wrap in azimuth.
  private func event(each count: Int) -> HitTable {
    var random = SeededGenerator(state: 12)
    var hits = HitTable()
    for index in Self.barrels + Self.disks {
      let layer = ToyDetector.layers[index]
      for number in 0..<count {
        var azimuth = random.uniform(-.pi, .pi)
        if number % 10 == 0 { azimuth = random.sign() * (.pi - random.uniform(0, 1e-3)) }
        if number == 5 { azimuth = .pi }
        let r = layer.isBarrel ? layer.place + random.uniform(0, 4) : random.uniform(35, 450)
        let z = layer.isBarrel ? random.uniform(-600, 600) : layer.place + random.uniform(-3, 3)
        hits.add(r * cos(azimuth), r * sin(azimuth), z, on: layer)
      }
    }
    return hits
  }

  private func pairs(layers: Int) -> LayerPairs {
    // Outwards and inwards, from barrel to barrel and to disks, from disk to disk.
    let links = [
      (4, 6), (4, 8), (6, 8), (4, 11), (6, 11), (8, 12), (11, 12), (2, 0), (6, 2), (4, 0),
    ]
    let position: [Int32] = [9, 10, 8, 11, 0, 12, 1, 13, 2, 3, 4, 5, 6, 7]
    return LayerPairs(
      pairs: links.map { LayerPairs.Pair(from: $0.0, to: $0.1, share: 0.1) }, position: position)
  }

  @Test("finds what the table allows, nothing else and nothing twice", arguments: Allowed.allCases)
  func bruteForce(allowed: Allowed) throws {
    let hits = try ToyDetector.hits(event(each: 260))
    let pairs = pairs(layers: hits.layerCount)
    var random = SeededGenerator(state: 13)
    let values = pairs.pairs.flatMap { _ in
      (0..<24 * 48).map { allowed.value(curvature: $0 / 48, place: $0 % 48, &random) }
    }
    let table = CandidateTable(mostCurvature: Self.most, values: values)
    let records = HitRecords(values: hits.storedRecords)
    let plain = (0..<Int32(hits.count)).map(records.plain)
    let finder = DoubletFinder(
      pairs: pairs, table: table, threshold: 0.5,
      filter: try ToyNetwork.constant(inputs: 22, 0), cut: -1, turns: true)

    // Every pair by hand, once.
    var must: Set<Int> = []
    var may: Set<Int> = []
    for (number, pair) in pairs.pairs.enumerated() {
      let sources = hits.layer.indices.filter { Int(hits.layer[$0]) == pair.from }
      let targets = hits.layer.indices.filter { Int(hits.layer[$0]) == pair.to }
      for a in sources {
        for b in targets {
          let doublet = PlainDoublet(plain[a], plain[b])
          guard abs(doublet.curvature) < 0.0125 else { continue }
          let cells = PlainCell(doublet, most: Double(Self.most)).possible
          let isAllowed = cells.map { $0 >= 0 && values[number * 24 * 48 + $0] > 0.5 }
          if isAllowed.contains(true) { may.insert(a * hits.count + b) }
          // Beyond the turning point the way to a hit is not the table's.
          guard !isAllowed.contains(false), isBeforeTurning(plain[a], plain[b]) else { continue }
          must.insert(a * hits.count + b)
        }
      }
    }
    #expect(must.count > 100)
    for kernels in Kernels.available {
      let found = try finder.doublets(of: hits, kernels: kernels)
      #expect(found.candidates == found.graph.count)
      let keys = zip(found.graph.from, found.graph.to).map { Int($0) * hits.count + Int($1) }
      let set = Set(keys)
      #expect(set.count == keys.count, "none twice")
      let missed = must.subtracting(set)
      #expect(missed.isEmpty, "\(kernels.name): \(missed.count) of \(must.count) missed")
      #expect(set.isSubset(of: may), "\(kernels.name): \(set.subtracting(may).count) too many")
    }
  }

  /// Whether both hits are on the first half of the circle.
  private func isBeforeTurning(_ a: PlainHit, _ b: PlainHit) -> Bool {
    let (near, far) = a.r < b.r ? (a, b) : (b, a)
    return near.x * (far.x - near.x) + near.y * (far.y - near.y) > 0
  }

  @Test("leaves out used hits, and hits alone")
  func used() throws {
    let hits = try ToyDetector.hits(event(each: 60))
    let pairs = pairs(layers: hits.layerCount)
    let finder = DoubletFinder(
      pairs: pairs,
      table: CandidateTable(
        mostCurvature: Self.most,
        values: pairs.pairs.flatMap { _ in [Float](repeating: 1, count: 24 * 48) }),
      threshold: 0.5, filter: try ToyNetwork.constant(inputs: 22, 0), cut: -1, turns: true)
    let all = try finder.doublets(of: hits).graph
    let used = (0..<hits.count).map { $0 % 3 == 0 }
    let left = try finder.doublets(of: hits, leavingOut: used).graph
    // Pairs beyond the turning point may be found or not.
    let records = HitRecords(values: hits.storedRecords)
    func keys(_ graph: DoubletGraph) -> Set<[Int32]> {
      Set(
        zip(graph.from, graph.to).filter {
          isBeforeTurning(records.plain($0.0), records.plain($0.1))
        }.map { [$0.0, $0.1] })
    }
    #expect(keys(left) == keys(all).filter { !used[Int($0[0])] && !used[Int($0[1])] })
    #expect(!keys(left).isEmpty && left.from.allSatisfy { !used[Int($0)] })
    let none = try finder.doublets(of: hits, leavingOut: used.map { _ in true })
    #expect(none.graph.count == 0 && none.candidates == 0)
  }
}
