import EdgeClassifier
import EventData
import EventSimulation
import Foundation
import Reconstruction
import TestSupport
import Testing

@Suite("Events larger than any collision")
struct LargeEventTests {
  private func finder(_ pairs: LayerPairs, threshold: Float = 0.5) throws -> DoubletFinder {
    DoubletFinder(
      pairs: pairs,
      table: CandidateTable(
        mostCurvature: 0.012, values: [Float](repeating: 1, count: pairs.pairs.count * 24 * 48)),
      threshold: threshold, filter: try ToyNetwork.constant(inputs: 22, 1), cut: 0, turns: true)
  }

  @Test(
    "a layer of more hits than lists of candidates have room for, and a hit of as many doublets")
  func crowdedLayer() throws {
    var hits = HitTable()
    var random = SeededGenerator(state: 4)
    func add(_ count: Int, layer: Int) {
      let layer = ToyDetector.layers[layer]
      for _ in 0..<count {
        let azimuth = random.uniform(0, 0.02)
        hits.add(
          layer.place * cos(azimuth), layer.place * sin(azimuth), random.uniform(-200, 200),
          on: layer)
      }
    }
    add(5, layer: 4)
    add(1, layer: 5)
    add(40_000, layer: 6)
    let prepared = try ToyDetector.hits(hits)
    let pairs = LayerPairs(
      pairs: [(4, 5), (4, 6), (5, 6)].map { .init(from: $0.0, to: $0.1, share: 0.3) },
      position: (0..<14).map { Int32($0) })
    let found = try finder(pairs).doublets(of: prepared, threads: 2)
    #expect(found.candidates == 5 + 6 * 40_000)
    #expect(found.graph.count == found.candidates)
    for width in [31, 75] {
      let triplets = TripletFinder(
        network: try ToyNetwork.constant(inputs: width, 1), cut: 0, limits: nil, turns: true
      ).triplets(of: found.graph, hits: prepared, threads: 2)
      #expect(triplets.candidates == 5 * 40_000)
      #expect(triplets.triplets.count == 5 * 40_000)
    }
  }

  @Test("400,000 hits go through the whole chain")
  func many() throws {
    var configuration = SimulationConfiguration()
    configuration.primaries = 400
    let event = try EventGenerator(configuration: configuration).event(id: 3)
    let geometry = DetectorGeometry(modules: TrackMLDetector.table())
    func prepared(_ table: HitTable) throws -> DetectorHits {
      try DetectorHits(hits: table, cells: nil, geometry: geometry, field: DetectorField())
    }
    let single = try prepared(event.hits)
    let own = TrainingEvent(
      hits: single,
      truth: HitTruth(
        hitID: event.hits.hitID, layer: single.layer, truth: event.truth,
        particles: event.particles))
    let learner = CandidateLearner(pairCount: 60, mostCurvature: 0.012)
    let pairs = try learner.layerPairs(
      [learner.transitions(of: own)], layers: geometry.layerCount)
    let table = learner.table(learner.counts(of: own, pairs: pairs))

    var random = SeededGenerator(state: 7)
    var hits = HitTable()
    while hits.count < 400_000 {
      for row in 0..<event.hits.count where hits.count < 400_000 {
        // Each copy is turned, so that hits are spread as in a full event.
        let turn = random.uniform(-.pi, .pi)
        let (x, y) = (event.hits.x[row], event.hits.y[row])
        hits.hitID.append(Int32(hits.count + 1))
        hits.x.append(x * cos(turn) - y * sin(turn))
        hits.y.append(x * sin(turn) + y * cos(turn))
        hits.z.append(event.hits.z[row] + random.uniform(-0.5, 0.5))
        hits.volumeID.append(event.hits.volumeID[row])
        hits.layerID.append(event.hits.layerID[row])
        hits.moduleID.append(event.hits.moduleID[row])
      }
    }
    // The commonest cells alone, or pairs are more than memory has room for in any search.
    let threshold = table.values.sorted()[table.values.count * 997 / 1000]
    let companions = CompanionFinder(
      network: try ToyNetwork.falling(inputs: 18, from: -1, [1: 1]))
    let chain = ReconstructionChain(
      passes: [
        .init(
          doublets: DoubletFinder(
            pairs: pairs, table: table, threshold: threshold,
            filter: try ToyNetwork.falling(inputs: 22, from: 1, [1: 2]), cut: 0, turns: true),
          triplets: TripletFinder(
            network: try ToyNetwork.falling(inputs: 31, from: 1, [3: 1, 5: 1]), cut: 0,
            limits: nil, turns: true),
          paths: PathFinder(bias: 0, threshold: 0, minimumHits: 3),
          extender: TrackExtender(
            pairs: pairs, network: try ToyNetwork.falling(inputs: 30, from: -2, [1: 1]),
            rounds: 2, companions: companions))
      ], companions: companions)
    let tracks = try chain.tracks(of: prepared(hits), threads: 2)
    let all = tracks.flatMap { $0.path + $0.companions }
    #expect(!tracks.isEmpty && Set(all).count == all.count)
  }
}
