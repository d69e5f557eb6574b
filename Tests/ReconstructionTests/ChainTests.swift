import EdgeClassifier
import Reconstruction
import Testing

@Suite("The whole chain on exact helices")
struct ChainTests {
  /// Trained once for all tests, on crowded events.
  private static let trained = Result {
    try ToyChain((1...48).map { try ToyEvent(crowded, seed: UInt64($0)).trainingEvent() })
  }
  private static let crowded = ToyEvent.Configuration(
    primaries: 150, secondaries: 20, noise: 100, overlap: 0.06)

  @Test(
    "finds every hit of every particle from the beam line at low density",
    arguments: [0, 0.06])
  func primaries(overlap: Double) throws {
    let chain = try Self.trained.get().chain
    for seed in 101...110 as ClosedRange<UInt64> {
      let event = ToyEvent(.init(primaries: 20, overlap: overlap), seed: seed)
      let score = try event.score(chain.tracks(of: event.trainingEvent().hits))
      #expect(abs(score - 1) < 1e-9, "event \(seed)")
    }
  }

  @Test("finds nearly all among noise, secondaries and second hits on layers, on any threads")
  func crowded() throws {
    let toy = try Self.trained.get()
    let event = ToyEvent(
      .init(primaries: 150, secondaries: 25, noise: 200, overlap: 0.06), seed: 103)
    let hits = try event.trainingEvent().hits
    let tracks = try toy.chain.tracks(of: hits)
    let score = try event.score(tracks)
    #expect(score > 0.97)
    // Second hits on layers are among them.
    #expect(tracks.reduce(0) { $0 + $1.companions.count } > 50)

    // No hit is on two tracks, and none twice on one.
    let all = tracks.flatMap { $0.path + $0.companions }
    #expect(Set(all).count == all.count)
    #expect(tracks.allSatisfy { $0.path.count >= 3 })

    let finder = toy.chain.passes[0]
    let one = try finder.doublets.doublets(of: hits)
    let triplets = finder.triplets.triplets(of: one.graph, hits: hits)
    for threads in [2, 3] {
      let graph = try finder.doublets.doublets(of: hits, threads: threads)
      #expect(graph.candidates == one.candidates)
      #expect(graph.graph.from == one.graph.from && graph.graph.to == one.graph.to)
      #expect(graph.graph.value == one.graph.value && graph.graph.score == one.graph.score)
      #expect(graph.graph.curvature == one.graph.curvature && graph.graph.z0 == one.graph.z0)
      #expect(graph.graph.slope == one.graph.slope)
      let others = finder.triplets.triplets(of: graph.graph, hits: hits, threads: threads).triplets
      #expect(others.first == triplets.triplets.first && others.second == triplets.triplets.second)
      #expect(others.score == triplets.triplets.score)
      #expect(try toy.chain.tracks(of: hits, threads: threads) == tracks)
    }
  }

  @Test("prepares the same hits and counts the same candidates on any threads")
  func threads() throws {
    let event = ToyEvent(.init(primaries: 1500, noise: 300), seed: 9)
    func hits(_ threads: Int) throws -> DetectorHits {
      try DetectorHits(
        hits: event.hits, cells: nil, geometry: ToyDetector.geometry, field: .init(),
        threads: threads)
    }
    let one = try hits(1)
    #expect(one.count > 8192)
    for threads in [2, 3] {
      let other = try hits(threads)
      #expect(other.storedRecords == one.storedRecords)
      #expect(other.layer == one.layer && other.module == one.module)
    }
    let own = try event.trainingEvent()
    let learner = CandidateLearner(pairCount: 30, mostCurvature: 0.012)
    let pairs = try learner.layerPairs([learner.transitions(of: own)], layers: one.layerCount)
    let counts = learner.counts(of: own, pairs: pairs)
    for threads in [2, 3] {
      let other = learner.counts(of: own, pairs: pairs, threads: threads)
      #expect(other.pairs == counts.pairs && other.weight == counts.weight)
    }
  }

  @Test("comes back the same from stored records")
  func stored() throws {
    let hits = try ToyEvent(.init(primaries: 5), seed: 1).trainingEvent().hits
    let other = DetectorHits(
      hitID: hits.hitID, layer: hits.layer, module: hits.module, layerCount: hits.layerCount,
      records: hits.storedRecords)
    #expect(other.storedRecords == hits.storedRecords && other.count == hits.count)
  }
}
