import Foundation

/// How far the collisions of an event are spread along the beam, from straight tracks through the innermost layers.
///
/// It looks at hits alone, so it does not depend on what a network was trained on.
public struct BeamSpotEstimate: Sendable, Equatable {
  /// Tracks that it rests on.
  public var tracks: Int
  /// Half the distance between the 16 % and the 84 % quantile of where they start, in mm.
  public var sigmaZ: Double

  public init(tracks: Int, sigmaZ: Double) {
    self.tracks = tracks
    self.sigmaZ = sigmaZ
  }

  /// Fewer tracks tell nothing.
  public static let fewestTracks = 100
  /// Tracks of fewer collisions than this tell where those were, not how such are spread.
  static let fewestPlaces = 15

  /// From where tracks start on the beam line, in mm; nil for too few tracks or places.
  public init?(starts: [Float]) {
    guard starts.count >= Self.fewestTracks else { return nil }
    let sorted = starts.sorted()
    // Collisions closer than half a millimetre count as one place.
    let places = Dictionary(grouping: sorted) { Int(($0 * 2).rounded(.down)) }
    guard places.count(where: { $0.value.count >= 2 }) >= Self.fewestPlaces else { return nil }
    func quantile(_ share: Double) -> Float { sorted[Int(share * Double(sorted.count - 1))] }
    tracks = starts.count
    sigmaZ = Double(quantile(0.841) - quantile(0.159)) / 2
  }

  /// From an event's hits; nil where they tell too little.
  public init?(_ hits: DetectorHits) {
    self.init(starts: InnerTracks(hits).starts())
  }

  /// Estimates within this factor of what weights are for do not speak against them.
  public static let tolerance = 2.0

  /// Whether weights for collisions of a spread fit these.
  public func fits(sigmaZ declared: Double) -> Bool { distance(from: declared) <= Self.tolerance }

  /// By what factor a spread is larger or smaller, 1 or more.
  public func distance(from declared: Double) -> Double {
    let ratio = max(sigmaZ, 1e-3) / declared
    return max(ratio, 1 / ratio)
  }
}
