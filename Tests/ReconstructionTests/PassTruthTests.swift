import CNumericKernels
import Reconstruction
import Testing

@Suite("What is true in a pass")
struct PassTruthTests {
  /// Hits of which the layers alone are looked at.
  private static func hits(layers: [Int32]) -> DetectorHits {
    DetectorHits(
      hitID: layers.indices.map(Int32.init), layer: layers,
      module: Array(repeating: 0, count: layers.count), layerCount: 4,
      records: Array(repeating: 1, count: layers.count * Int(TFK_HIT_SIZE)))
  }

  @Test("counts the pairs of hits in a row on linked layers, found or not, either way")
  func truePairs() throws {
    var event = WaterfallEvent()
    // Layers 0, 1, 2, 3 outwards, and 2, 1 on the way back in.
    _ = event.particle(steps: [0, 1, 2, 3])
    _ = event.particle(steps: [0, 1])
    _ = event.noise(1)
    let hits = Self.hits(layers: [0, 1, 2, 3, 2, 1, 0])
    let pairs = LayerPairs(
      pairs: [(0, 1), (1, 2), (0, 2)].map { LayerPairs.Pair(from: $0.0, to: $0.1, share: 0.5) },
      position: [0, 1, 2, 3])
    let truth = PassTruth(hits: hits, truth: event.truth)
    // The second particle goes from layer 2 to layer 1: its pair is one all the same.
    #expect(truth.truePairs(on: pairs) == [1, 2, 0])
    let without = PassTruth(
      hits: hits, truth: event.truth,
      leavingOut: [false, true, false, false, false, false, false])
    #expect(without.truePairs(on: pairs) == [0, 1, 0])

    let graph = try DoubletGraph(
      hits: hits, position: pairs.position, from: [0, 1, 0, 6, 5, 2], to: [1, 2, 2, 1, 4, 3],
      value: [1, 1, 1, 1, 1, 1], score: [1, 2, 3, 4, 5, 6])
    let kinds = truth.kinds(of: graph)
    for (doublet, kind) in kinds.enumerated() {
      switch (graph.from[doublet], graph.to[doublet]) {
      case (6, 1): #expect(kind == .mixed)
      case (0, 2): #expect(kind == .skipping)
      default: #expect(kind == .inARow)
      }
    }
    // 0-1-2 and 1-2-3; 0-2-3 skips a hit, and 6-1-2 begins with noise.
    #expect(PassTruth.trueTriplets(of: graph, doublets: kinds) == 2)
    func doublet(_ from: Int32, _ to: Int32) throws -> Int32 {
      Int32(try #require(graph.from.indices.first { graph.from[$0] == from && graph.to[$0] == to }))
    }
    let triplets = TripletSet(
      first: [try doublet(0, 1), try doublet(6, 1), try doublet(0, 2)],
      second: [try doublet(1, 2), try doublet(1, 2), try doublet(2, 3)], score: [1, 1, 1])
    #expect(PassTruth.kinds(of: triplets, doublets: kinds) == [.inARow, .mixed, .skipping])
  }
}
