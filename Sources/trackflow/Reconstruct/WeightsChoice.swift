import EventData
import Reconstruction

/// Which weights an event is reconstructed with: those that were told, or the shipped set that fits its collisions.
struct WeightsChoice {
  private let told: ReconstructionWeights?
  let shipped: [ReconstructionWeights]

  /// - Parameters:
  ///   - name: a set or a file; goes before that of the data set.
  /// - Throws: `WeightsError`.
  init(told name: String?, dataSet: DataSet?) throws {
    shipped = try ShippedWeights.names.compactMap { try ShippedWeights.named($0) }
    told = try (name ?? dataSet?.weights).map { try ShippedWeights.load($0) }
    guard told != nil || !shipped.isEmpty else { throw WeightsError.noneShipped }
  }

  /// All that an event can be reconstructed with.
  var candidates: [ReconstructionWeights] { told.map { [$0] } ?? shipped }

  /// The weights for collisions that are spread so; the first shipped set where nothing is known.
  func weights(for spot: BeamSpotEstimate?) -> ReconstructionWeights {
    told ?? Self.nearest(to: spot, among: shipped) ?? shipped[0]
  }

  /// A set that fits where the used one does not, by name; nil where there is none.
  func better(than used: ReconstructionWeights, for spot: BeamSpotEstimate) -> String? {
    Self.nearest(to: spot, among: shipped).flatMap { other in
      spot.fits(sigmaZ: other.provenance.beamSpot.z) && other.name != used.name
        ? other.name : nil
    }
  }

  private static func nearest(
    to spot: BeamSpotEstimate?, among sets: [ReconstructionWeights]
  ) -> ReconstructionWeights? {
    guard let spot else { return nil }
    return sets.min {
      spot.distance(from: $0.provenance.beamSpot.z) < spot.distance(from: $1.provenance.beamSpot.z)
    }
  }
}
