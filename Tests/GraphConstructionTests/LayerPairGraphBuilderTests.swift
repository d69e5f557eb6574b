import EventData
import Foundation
import GraphConstruction
import TestSupport
import Testing

@Suite("Layer-pair graphs")
struct LayerPairGraphBuilderTests {
  @Test(
    "have exactly the edges that comparing all pairs of hits gives",
    arguments: [(0.5, 20.0), (0.05, 100), (3.0, 30), (3.2, 5), (7, 200), (0, 10), (1, 0)])
  func bruteForce(maxDeltaPhi: Double, maxDeltaZ: Double) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let hits = HitTable.random(count: 80, seed: seed)
      var generator = SeededGenerator(state: seed)
      let particles = hits.hitID.map { _ in Int64.random(in: 0...9, using: &generator) }
      let order = hits.hitID.indices.shuffled(using: &generator)
      let truth = TruthTable(
        hitID: order.map { hits.hitID[$0] }, particleID: order.map { particles[$0] })
      let builder = LayerPairGraphBuilder(
        selection: .notebook, maxDeltaPhi: maxDeltaPhi, maxDeltaZ: maxDeltaZ)
      let graph = try builder.graph(hits: hits, truth: truth)
      try graph.validate()

      let particleOfHit = Dictionary(uniqueKeysWithValues: zip(hits.hitID, particles))
      var expected: [[Int32]] = []
      let layers = Set(graph.layer).sorted()
      for (inner, outer) in zip(layers, layers.dropFirst()) {
        for start in graph.hitID.indices where graph.layer[start] == inner {
          for end in graph.hitID.indices where graph.layer[end] == outer {
            let a = try #require(hits.hitID.firstIndex(of: graph.hitID[start]))
            let b = try #require(hits.hitID.firstIndex(of: graph.hitID[end]))
            var deltaPhi = abs(atan2(hits.y[b], hits.x[b]) - atan2(hits.y[a], hits.x[a]))
            if deltaPhi > .pi { deltaPhi = 2 * .pi - deltaPhi }
            guard deltaPhi < maxDeltaPhi, abs(hits.z[b] - hits.z[a]) < maxDeltaZ else { continue }
            let same = particleOfHit[hits.hitID[a]] == particleOfHit[hits.hitID[b]]
            let isTrue = same && particleOfHit[hits.hitID[a]] != 0
            expected.append([hits.hitID[a], hits.hitID[b], isTrue ? 1 : 0])
          }
        }
      }
      let start = graph.start
      let edges = (0..<graph.edgeCount).map {
        [graph.hitID[Int(start[$0])], graph.hitID[Int(graph.end[$0])], Int32(graph.label[$0])]
      }
      #expect(edges == expected)
    }
  }

  @Test("order nodes by layer and keep the table's order within a layer")
  func nodeOrder() throws {
    var hits = HitTable()
    hits.append(5, x: 3, y: 4, z: 10, volume: 13, layer: 2)
    hits.append(3, x: 1, y: 0, z: 0, volume: 8, layer: 4)
    hits.append(9, x: 0, y: 2, z: 0, volume: 8, layer: 2)
    hits.append(1, x: -1, y: 0, z: 0, volume: 8, layer: 4)
    hits.append(2, x: 1, y: 1, z: 60, volume: 8, layer: 4)
    hits.append(4, x: 1, y: 1, z: 0, volume: 9, layer: 2)
    let graph = try LayerPairGraphBuilder(selection: .notebook).graph(hits: hits, truth: nil)
    #expect(graph.hitID == [9, 3, 1, 5])
    #expect(graph.layer == [802, 804, 804, 1302])
    let phi = Float(atan2(4.0, 3.0) / .pi)
    #expect(Array(graph.features.suffix(5)) == [0.003, 0.004, 0.01, 0.005, phi])
  }

  @Test("join hits across phi = pi, the shorter way round")
  func wrap() throws {
    var hits = HitTable()
    hits.append(1, x: cos(3.0), y: sin(3.0), z: 0, volume: 8, layer: 2)
    hits.append(2, x: cos(-3.1), y: sin(-3.1), z: 0, volume: 8, layer: 4)
    hits.append(3, x: cos(-2.7), y: sin(-2.7), z: 0, volume: 8, layer: 4)
    hits.append(4, x: cos(2.6), y: sin(2.6), z: 0, volume: 8, layer: 4)
    let graph = try LayerPairGraphBuilder(selection: .notebook).graph(hits: hits, truth: nil)
    #expect(graph.edges(from: 0).map { graph.hitID[Int(graph.end[$0])] } == [2, 4])
  }

  @Test("leave out differences that are just at the limit")
  func strictLimits() throws {
    var hits = HitTable()
    hits.append(1, x: 10, y: 0, z: 0, volume: 8, layer: 2)
    hits.append(2, x: 0, y: 10, z: 0, volume: 8, layer: 4)
    hits.append(3, x: 10, y: 0, z: 20, volume: 8, layer: 4)
    hits.append(4, x: 10, y: 0, z: 19.999, volume: 8, layer: 4)
    var builder = LayerPairGraphBuilder(selection: .notebook, maxDeltaPhi: .pi / 2)
    #expect(try builder.graph(hits: hits, truth: nil).end == [3])
    builder.maxDeltaPhi = (Double.pi / 2).nextUp
    builder.maxDeltaZ = 20.0.nextUp
    #expect(try builder.graph(hits: hits, truth: nil).end == [1, 2, 3])
  }

  @Test("never join layers that are not neighbours, nor hits of one layer")
  func oneLayer() throws {
    var hits = HitTable()
    for id in 1...3 as ClosedRange<Int32> {
      hits.append(id, x: 10, y: 0, z: 0, volume: 8, layer: 2)
    }
    let graph = try LayerPairGraphBuilder(selection: .notebook).graph(hits: hits, truth: nil)
    #expect(graph.nodeCount == 3)
    #expect(graph.edgeCount == 0)
    #expect(graph.firstEdge == [0, 0, 0, 0])
    hits.append(4, x: -10, y: 0, z: 0, volume: 8, layer: 4)
    hits.append(5, x: 10, y: 0, z: 0, volume: 8, layer: 6)
    #expect(
      try LayerPairGraphBuilder(selection: .notebook).graph(hits: hits, truth: nil).edgeCount == 0)
  }

  @Test("have no true edge without truth, nor between noise hits")
  func labels() throws {
    var hits = HitTable()
    hits.append(1, x: 10, y: 0, z: 0, volume: 8, layer: 2)
    hits.append(2, x: 10, y: 0, z: 0, volume: 8, layer: 4)
    let builder = LayerPairGraphBuilder(selection: .notebook)
    func labels(_ truth: TruthTable?) throws -> [UInt8] {
      try builder.graph(hits: hits, truth: truth).label
    }
    #expect(try labels(nil) == [0])
    #expect(try labels(TruthTable(hitID: [1, 2], particleID: [0, 0])) == [0])
    #expect(try labels(TruthTable(hitID: [1, 2], particleID: [1 << 60, 1 << 60])) == [1])
    // These two are one number in double precision.
    #expect(try labels(TruthTable(hitID: [2, 1], particleID: [1 << 60, 1 << 60 + 1])) == [0])
  }

  @Test("carry each node's weight and transverse momentum, 0 for noise, and nothing without truth")
  func truthQuantities() throws {
    var hits = HitTable()
    hits.append(7, x: 10, y: 0, z: 0, volume: 8, layer: 4)
    hits.append(2, x: 10, y: 0, z: 0, volume: 8, layer: 2)
    hits.append(3, x: 10, y: 0, z: 0, volume: 8, layer: 6)
    var truth = TruthTable(hitID: [3, 7, 2], particleID: [0, 5, 9])
    truth.tpx = [-5e5, 3, 0]
    truth.tpy = [1e6, -4, 0.25]
    truth.weight = [0, 0.5, 1e-5]
    let builder = LayerPairGraphBuilder(selection: .notebook)
    var graph = try builder.graph(hits: hits, truth: truth)
    try graph.validate()
    #expect(graph.hitID == [2, 7, 3])
    #expect(graph.hitWeight == [1e-5, 0.5, 0])
    #expect(graph.transverseMomentum == [0.25, 5, 0])
    graph = try builder.graph(hits: hits, truth: nil)
    #expect(graph.hitWeight.isEmpty && graph.transverseMomentum.isEmpty)
    truth.tpx[1] = 1e300
    #expect(
      throws: GraphConstructionError.truthOutOfRange(
        hitID: 7, weight: 0.5, transverseMomentum: 1e300)
    ) { try builder.graph(hits: hits, truth: truth) }
  }

  @Test("are refused where no hit is selected, with the selection and what there is")
  func nothingSelected() throws {
    var hits = HitTable()
    hits.append(1, x: 10, y: 0, z: 70, volume: 8, layer: 2)
    let builder = LayerPairGraphBuilder(selection: .notebook)
    let error = #expect(throws: GraphConstructionError.self) {
      try builder.graph(hits: hits, truth: nil)
    }
    let words = try #require(error).description
    #expect(words.contains("8, 13, 17"))
    #expect(words.contains("the event has 1 hits, in volumes 8 with z from 70.0 to 70.0 mm"))
    #expect(throws: GraphConstructionError.self) {
      try builder.graph(hits: HitTable(), truth: nil)
    }
  }

  @Test("are refused where the truth lacks selected hits, or a position is not finite")
  func badInput() throws {
    var hits = HitTable()
    hits.append(1, x: 10, y: 0, z: 0, volume: 8, layer: 2)
    hits.append(2, x: 10, y: 0, z: 0, volume: 8, layer: 4)
    let builder = LayerPairGraphBuilder(selection: .notebook)
    #expect(throws: GraphConstructionError.hitsWithoutTruth(first: 2, count: 1, selected: 2)) {
      try builder.graph(hits: hits, truth: TruthTable(hitID: [1], particleID: [5]))
    }
    hits.x[1] = .nan
    #expect(throws: GraphConstructionError.positionNotFinite(hitID: 2)) {
      try builder.graph(hits: hits, truth: nil)
    }
  }
}
