import EdgeClassifier
import EventData

/// All that turns an event's hits into tracks, with where it comes from: one file of trained weights.
///
/// ```swift
/// let weights = try ReconstructionWeights(contentsOf: "trackml-kaggle.tfw")
/// let tracks = try weights.chain.tracks(of: hits)
/// ```
public struct ReconstructionWeights: Sendable {
  public let name: String
  /// Rounded as it is written, so that it gives the same tracks before and after.
  public let chain: ReconstructionChain
  /// The detector's layers as `DetectorGeometry` numbers them, [layers].
  public let layers: [Int32]
  /// Whether the networks were trained on clusters; without, cells must be left out.
  public let usesCells: Bool
  public let provenance: WeightsProvenance

  /// Weights from a trained chain.
  ///
  /// Candidate tables become 256 levels and the networks' matrices numbers of half precision.
  public init(
    name: String, chain: ReconstructionChain, layers: [Int32], usesCells: Bool,
    provenance: WeightsProvenance
  ) throws(EdgeClassifierError) {
    self.name = name
    self.chain = try chain.rounded()
    self.layers = layers
    self.usesCells = usesCells
    self.provenance = provenance
  }

  /// Weights that are rounded already.
  init(
    name: String, rounded chain: ReconstructionChain, layers: [Int32], usesCells: Bool,
    provenance: WeightsProvenance
  ) {
    self.name = name
    self.chain = chain
    self.layers = layers
    self.usesCells = usesCells
    self.provenance = provenance
  }

  /// Weights and biases of all networks.
  public var parameterCount: Int {
    chain.networks.reduce(0) { $0 + $1.parameterCount }
  }

  /// Refuses a detector whose layers are others than those that the chain was trained on.
  ///
  /// - Throws: `WeightsError.otherDetector`.
  public func check(_ geometry: DetectorGeometry) throws(WeightsError) {
    guard geometry.layers != layers else { return }
    func name(_ layer: Int32) -> String { "\(layer / 1000)/\(layer % 1000)" }
    var reason = "it has \(geometry.layers.count) layers, theirs \(layers.count)"
    if let missing = layers.first(where: { !geometry.layers.contains($0) }) {
      reason += "; it lacks layer \(name(missing))"
    } else if let unknown = geometry.layers.first(where: { !layers.contains($0) }) {
      reason += "; they know no layer \(name(unknown))"
    }
    throw .otherDetector(set: self.name, reason: reason)
  }
}

extension ReconstructionChain {
  /// The chain as a file holds it.
  func rounded() throws(EdgeClassifierError) -> ReconstructionChain {
    var passes: [Pass] = []
    for var pass in self.passes {
      let finder = pass.doublets
      pass.doublets = DoubletFinder(
        pairs: finder.pairs,
        table: CandidateTable(
          mostCurvature: finder.table.mostCurvature,
          finder.table.levels(threshold: finder.threshold)),
        threshold: finder.threshold, filter: try finder.filter.rounded(), cut: finder.cut,
        turns: finder.turns, screen: try finder.screen?.rounded(), screenCut: finder.screenCut)
      var triplets = TripletFinder(
        network: try pass.triplets.network.rounded(), cut: pass.triplets.cut,
        limits: pass.triplets.limits, turns: pass.triplets.turns)
      triplets.lineGraph = pass.triplets.lineGraph
      triplets.lineGraphCut = pass.triplets.lineGraphCut
      pass.triplets = triplets
      let extender = pass.extender
      pass.extender = TrackExtender(
        pairs: extender.pairs, network: try extender.network.rounded(), cut: extender.cut,
        mergeCut: extender.mergeCut, rounds: extender.rounds,
        companions: CompanionFinder(
          network: try extender.companions.network.rounded(), cut: extender.companions.cut))
      passes.append(pass)
    }
    return ReconstructionChain(
      passes: passes,
      companions: CompanionFinder(network: try companions.network.rounded(), cut: companions.cut))
  }

  var networks: [RowNetwork] {
    passes.flatMap {
      [$0.doublets.screen, $0.doublets.filter, $0.triplets.network, $0.extender.network]
        .compactMap { $0 }
    } + [companions.network]
  }
}

extension RowNetwork {
  /// The network with matrices in half precision; one that does not fit stays as it is.
  func rounded() throws(EdgeClassifierError) -> RowNetwork {
    try RowNetwork(
      sizes: sizes,
      tensors: tensors.map { tensor in
        tensor.halved.map {
          NamedTensor(name: tensor.name, shape: tensor.shape, values: $0)
        } ?? tensor
      })
  }
}

extension NamedTensor {
  /// A matrix's values in half precision; nil for vectors, and where one would be infinite.
  var halved: [Float]? {
    guard shape.count == 2 else { return nil }
    let values = values.map { Float(Float16($0)) }
    return values.allSatisfy(\.isFinite) ? values : nil
  }
}
