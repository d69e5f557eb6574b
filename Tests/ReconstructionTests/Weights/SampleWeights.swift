import EdgeClassifier
import EventData
import EventSimulation
import JSONDocument
import Reconstruction
import Testing

/// Weights of untrained networks over a few layer pairs, and events to use them on.
enum SampleWeights {
  static let geometry = DetectorGeometry(modules: TrackMLDetector.table())

  /// The barrel's pixel layers, one after the other.
  static let pairs: LayerPairs = {
    let barrel = geometry.layers.indices.filter { geometry.layers[$0] / 1000 == 8 }
    var position = [Int32](repeating: 0, count: geometry.layerCount)
    for (place, layer) in barrel.enumerated() { position[layer] = Int32(place) }
    return LayerPairs(
      pairs: zip(barrel, barrel.dropFirst()).map { .init(from: $0, to: $1, share: 0.1) },
      position: position)
  }()

  static func table(mostCurvature: Float) -> CandidateTable {
    let cells = CandidateTable.curvatureBins * CandidateTable.placeBins
    let values = (0..<pairs.pairs.count * cells).map { cell -> Float in
      let value = Float(1 + (cell * 7919) % 100_000)
      return cell % 3 == 0 ? 0 : value * 1e-9
    }
    return CandidateTable(mostCurvature: mostCurvature, values: values)
  }

  static func pass(inputs: Int, seed: UInt64) throws -> ReconstructionChain.Pass {
    ReconstructionChain.Pass(
      doublets: DoubletFinder(
        pairs: pairs, table: table(mostCurvature: 0.012), threshold: 2e-8,
        filter: try RowNetwork(sizes: [DoubletFeatures.count, 8, 1], seed: seed), cut: -0.1,
        turns: seed % 2 == 0),
      triplets: TripletFinder(
        network: try RowNetwork(sizes: [inputs, 8, 4, 1], seed: seed + 1), cut: -4,
        limits: seed % 2 == 0 ? nil : TripletLimits(mostCurvature: 0.015, mostKink: 0.3),
        turns: seed % 2 == 0),
      paths: PathFinder(bias: 3, threshold: 1, minimumHits: 3),
      extender: TrackExtender(
        pairs: pairs, network: try RowNetwork(sizes: [30, 4, 1], seed: seed + 6), cut: -1,
        companions: try companions()))
  }

  static func companions() throws -> CompanionFinder {
    CompanionFinder(network: try RowNetwork(sizes: [18, 4, 1], seed: 5), cut: 0.25)
  }

  static func weights() throws -> ReconstructionWeights {
    try ReconstructionWeights(
      name: "sample",
      chain: ReconstructionChain(
        passes: [
          pass(inputs: TripletFeatures.count, seed: 2),
          pass(inputs: TripletFeatures.richCount, seed: 7),
        ], companions: companions()),
      layers: geometry.layers, usesCells: true, provenance: provenance)
  }

  static let provenance = WeightsProvenance(
    dataSet: "some events", trainEvents: 8, beamSpot: BeamSpot(x: 0.016, y: 0.016, z: 5.8),
    field: .uniform(strength: 2), programVersion: "0.0.0", workflow: ["name": "some"],
    scores: [.init(stage: "score", events: 2, score: 0.5)])

  /// A small event's hits.
  static func hits(particles: Int, beamSpotZ: Double = 5.8, event: Int = 1) throws -> DetectorHits {
    var configuration = SimulationConfiguration()
    configuration.primaries = particles
    configuration.beamSpotZ = beamSpotZ
    let made = try EventGenerator(configuration: configuration).event(id: event)
    return try hits(made.hits, made.cells)
  }

  static func hits(_ table: HitTable, _ cells: CellTable? = nil) throws -> DetectorHits {
    try DetectorHits(
      hits: table, cells: cells, geometry: geometry, field: DetectorField(provenance.field))
  }
}
