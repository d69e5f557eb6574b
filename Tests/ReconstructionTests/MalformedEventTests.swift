import EdgeClassifier
import EventData
import Foundation
import Reconstruction
import TestSupport
import Testing

@Suite("Events that are odd or wrong")
struct MalformedEventTests {
  private static let configuration = ToyEvent.Configuration(primaries: 40, noise: 40, overlap: 0.05)

  /// A chain that believes everything.
  private func chain() throws -> ReconstructionChain {
    let companions = CompanionFinder(network: try ToyNetwork.constant(inputs: 18, 1))
    let pairs = SmallLadder.pairs
    return ReconstructionChain(
      passes: [
        .init(
          doublets: DoubletFinder(
            pairs: pairs,
            table: CandidateTable(
              mostCurvature: 0.012,
              values: [Float](repeating: 1, count: pairs.pairs.count * 24 * 48)),
            threshold: 0.5, filter: try ToyNetwork.constant(inputs: 22, 1), cut: 0, turns: true),
          triplets: TripletFinder(
            network: try ToyNetwork.falling(inputs: 75, from: 5, [3: 1, 5: 1]), cut: 0,
            limits: nil, turns: true),
          paths: PathFinder(bias: 0, threshold: 0, minimumHits: 3),
          extender: TrackExtender(
            pairs: pairs, network: try ToyNetwork.constant(inputs: 30, 3), companions: companions))
      ], companions: companions)
  }

  private func isFinite(_ rows: RowTable) -> Bool {
    (0..<rows.count).allSatisfy { row in rows.features(ofRow: row).allSatisfy(\.isFinite) }
  }

  @Test("without cells every cluster is one cell without charge")
  func noCells() throws {
    let event = ToyEvent(Self.configuration, seed: 1)
    let bare = try ToyDetector.hits(event.hits)
    let empty = try ToyDetector.hits(event.hits, cells: CellTable())
    #expect(bare.storedRecords == empty.storedRecords)
    #expect(bare.storedRecords.allSatisfy { $0.isFinite })
    var others = CellTable()
    others.hitID = [-3, 0, 1_000_000, .max]
    others.channel0 = [1, 2, 3, 4]
    others.channel1 = [1, 2, 3, 4]
    others.value = [1, 1, 1, 1]
    #expect(try ToyDetector.hits(event.hits, cells: others).storedRecords == bare.storedRecords)
  }

  @Test("clusters count cells, and odd cells leave finite numbers")
  func cells() throws {
    var hits = HitTable()
    for number in 0..<4 {
      hits.add(40, Double(number), 10, on: ToyDetector.layers[4])
    }
    hits.hitID = [5, 1, .max, 7]
    var cells = CellTable()
    // Three cells on a diagonal; a whole row; opposite ends of all channels; a signal below 0.
    cells.hitID = [5, 5, 5, 1, 1, .max, .max, 7]
    cells.channel0 = [2, 3, 4, 8, 9, .min, .max, 1]
    cells.channel1 = [7, 6, 5, 1, 1, .min, .max, 1]
    cells.value = [0.1, 0.2, 0.3, 0.5, 0.5, 1, 1, -4]
    let records = HitRecords(values: try ToyDetector.hits(hits, cells: cells).storedRecords)
    #expect(records.values.allSatisfy { $0.isFinite })
    let plain = (0..<4).map { records.plain(Int32($0)) }
    #expect(abs(plain[0].size.u - log(3.5)) < 1e-6 && abs(plain[0].size.v - log(3.5)) < 1e-6)
    #expect(plain[0].lean == -1)
    #expect(abs(plain[0].charge - (log(0.601) - log(0.15))) < 1e-5)
    #expect(abs(plain[1].size.u - log(2.5)) < 1e-6 && abs(plain[1].size.v - log(1.5)) < 1e-6)
    #expect(plain[1].lean == 0)
    #expect(plain[2].lean == 1)
  }

  @Test("a hit on an unknown module is named")
  func unknownModule() throws {
    var hits = ToyEvent(Self.configuration, seed: 1).hits
    hits.moduleID[17] = 999
    let error = #expect(throws: ReconstructionError.self) { try ToyDetector.hits(hits) }
    #expect(
      error
        == .unknownModule(
          hit: 18, volume: hits.volumeID[17], layer: hits.layerID[17], module: 999))
    #expect(error?.description.hasPrefix("hit 18 is on module 999 of volume") == true)
  }

  @Test(
    "a place that is no number or far away is refused",
    arguments: [Double.nan, .infinity, 1e5, -1e30])
  func places(value: Double) throws {
    for axis in 0..<3 {
      var hits = ToyEvent(Self.configuration, seed: 1).hits
      switch axis {
      case 0: hits.x[3] = value
      case 1: hits.y[3] = value
      default: hits.z[3] = value
      }
      #expect(throws: ReconstructionError.impossiblePlace(hit: 4)) { try ToyDetector.hits(hits) }
    }
  }

  @Test("events without hits and with hits on one layer have no tracks")
  func empty() throws {
    let chain = try chain()
    #expect(try chain.tracks(of: ToyDetector.hits(HitTable()), threads: 2).isEmpty)
    var one = HitTable()
    var random = SeededGenerator(state: 1)
    for _ in 0..<500 {
      let azimuth = random.uniform(-.pi, .pi)
      one.add(
        90 * cos(azimuth), 90 * sin(azimuth), random.uniform(-500, 500), on: ToyDetector.layers[5])
    }
    #expect(try chain.tracks(of: ToyDetector.hits(one), threads: 2).isEmpty)
  }

  @Test("hits in the same place, on the beam line and far outside do no harm")
  func oddPlaces() throws {
    var event = ToyEvent(Self.configuration, seed: 2)
    event.repeatHits(3)
    event.place(5, at: SIMD3(0, 0, 0))
    event.place(9, at: SIMD3(0, 0, 700))
    event.place(12, at: SIMD3(99_000, 0, 0))
    event.place(13, at: SIMD3(0, 99_000, -99_000))
    let own = try event.trainingEvent()
    let chain = try chain()
    let tracks = try chain.tracks(of: own.hits)
    let all = tracks.flatMap { $0.path + $0.companions }
    #expect(!tracks.isEmpty && Set(all).count == all.count)
    let rows = try self.rows(own, chain, tracks.map { Track(path: Array($0.path.prefix(3))) })
    #expect(rows.allSatisfy { $0.count > 10 && isFinite($0) })
  }

  @Test("without a magnetic field, and along the beam, all features are numbers")
  func noField() throws {
    let event = ToyEvent(.init(primaries: 60, overlap: 0.05, pT: 500...1000), seed: 3)
    var hits = event.hits
    // A way along the beam: the same place on every disk.
    for (place, layer) in ToyDetector.layers.enumerated() where layer.volume == 9 {
      hits.add(100, 100, layer.place, on: layer, module: Int32(place % 16) + 1)
    }
    let prepared = try DetectorHits(
      hits: hits, cells: nil, geometry: ToyDetector.geometry,
      field: DetectorField(.uniform(strength: 0)))
    #expect(prepared.storedRecords.allSatisfy { $0.isFinite })
    var truth = event.truth
    for hit in truth.hitID.count..<hits.count {
      truth.hitID.append(Int32(hit + 1))
      truth.particleID.append(1_000_000)
      truth.tx.append(hits.x[hit])
      truth.ty.append(hits.y[hit])
      truth.tz.append(hits.z[hit])
      truth.weight.append(0.001)
    }
    let own = TrainingEvent(
      hits: prepared,
      truth: HitTruth(
        hitID: prepared.hitID, layer: prepared.layer, truth: truth, particles: event.particles))
    let chain = try chain()
    let last = Int32(hits.count)
    let along = Track(path: [last - 4, last - 3, last - 2])
    for tracks in [try chain.tracks(of: prepared), [along]] {
      let rows = try self.rows(own, chain, tracks)
      #expect(rows.allSatisfy { isFinite($0) })
      #expect(rows[0].count > 1000 && rows[1].count > 1000)
      #expect(tracks != [along] || rows[3].trueCount == 1)
    }
  }

  /// The training rows of every part of a chain.
  private func rows(
    _ event: TrainingEvent, _ chain: ReconstructionChain, _ tracks: [Track]
  ) throws -> [RowTable] {
    let doublets = chain.passes[0].doublets
    let sampling = RowSampling(falseShare: 0.2)
    let sampler = TrackSampler(meanWeight: 1)
    return [
      DoubletSampler(
        pairs: doublets.pairs, table: doublets.table, threshold: 0.5, turns: true,
        sampling: sampling, meanWorth: 1
      ).rows(of: event),
      TripletSampler(
        isRich: true, limits: nil, turns: true, sampling: sampling, meanWeight: 1
      ).rows(of: event, graph: try doublets.doublets(of: event.hits).graph),
      sampler.companionRows(of: event, tracks: tracks),
      sampler.extensionRows(of: event, tracks: tracks, pairs: doublets.pairs),
    ]
  }

  @Test("there is nothing to learn from an event without a true pair")
  func nothingToLearn() throws {
    let event = try ToyEvent(.init(primaries: 0, noise: 300), seed: 1).trainingEvent()
    let learner = CandidateLearner(pairCount: 10, mostCurvature: 0.012)
    for events in [[event], []] {
      let error = #expect(throws: ReconstructionError.self) {
        try learner.layerPairs(events.map { learner.transitions(of: $0) }, layers: 14)
      }
      #expect(error?.description.contains("no particle") == true)
    }
    // A table in which nothing is true allows what its pairs of hits say: nothing.
    let counts = learner.counts(of: event, pairs: SmallLadder.pairs)
    let table = learner.table(counts)
    #expect(table.values.allSatisfy { $0 == 0 })
    let sampler = DoubletSampler(
      pairs: SmallLadder.pairs, table: table, threshold: 1e-9, turns: true,
      sampling: RowSampling(falseShare: 1), meanWorth: 1)
    let rows = sampler.rows(of: event)
    #expect(rows.isEmpty)
    var trainer = try RowTrainer(
      network: try RowNetwork(sizes: [22, 4, 1], seed: 1), options: RowTrainingOptions())
    #expect(throws: EdgeClassifierError.self) { try trainer.runEpoch(rows: rows) }
  }

  @Test("parts that were made for other detectors or events are refused")
  func otherParts() throws {
    let hits = try ToyEvent(Self.configuration, seed: 1).trainingEvent().hits
    var chain = try chain()
    let pass = chain.passes[0]
    let fewer = LayerPairs(
      pairs: [.init(from: 0, to: 1, share: 1)], position: [0, 1])
    chain.passes[0].doublets = DoubletFinder(
      pairs: fewer, table: pass.doublets.table, threshold: 0.5, filter: pass.doublets.filter,
      cut: 0, turns: true)
    #expect(throws: ReconstructionError.self) { try chain.tracks(of: hits) }
    for (from, to) in [([0], [Int32(hits.count)]), ([-1], [3]), ([Int32(hits.count - 1)], [0])]
      as [([Int32], [Int32])]
    {
      #expect(throws: ReconstructionError.self) {
        try DoubletGraph(
          hits: hits, position: SmallLadder.pairs.position, from: from, to: to, value: [1],
          score: [1])
      }
    }
    #expect(throws: ReconstructionError.self) {
      try DoubletGraph(
        hits: hits, position: SmallLadder.pairs.position, from: [0], to: [1], value: [], score: [1])
    }
    #expect(throws: ReconstructionError.self) {
      try DoubletGraph(hits: hits, position: [0, 1], from: [], to: [], value: [], score: [])
    }
  }
}
