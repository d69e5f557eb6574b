import EventData
import Foundation

/// What a track's hits tell of it by their places alone, whether it is of a particle or not.
///
/// Hits are ordered by their distance from the origin. Nothing is fitted: three of the hits, the first,
/// the middle and the last one, make a circle, and the first and the last one a direction.
struct TrackShape {
  /// Of the circle in a field of `nominalField`, GeV/c; nil with fewer than three hits.
  let pT: Double?
  /// Pseudorapidity of the way from the first hit to the last; that of a lone hit, from the origin.
  let eta: Double
  /// Number of hits.
  let hits: Int
  /// Distance of the first hit from the beam line, mm.
  let radius: Double

  /// The solenoid's, T.
  static let nominalField = 2.0

  /// - Parameters:
  ///   - rows: the track's hits as rows of the truth, not empty.
  ///   - truth: where the hits are.
  init(rows: [Int], truth: TruthTable) {
    let places = rows.map { SIMD3(truth.tx[$0], truth.ty[$0], truth.tz[$0]) }
      .map { (distance: ($0 * $0).sum(), place: $0) }
      .sorted { ($0.distance, $0.place.z) < ($1.distance, $1.place.z) }.map(\.place)
    let (first, last) = (places[0], places[places.count - 1])
    let way = places.count > 1 ? last - first : first
    eta = ParticleKinematics.eta(way.x, way.y, way.z)
    hits = places.count
    radius = hypot(first.x, first.y)
    pT =
      places.count < 3
      ? nil
      : 0.299_792_458e-3 * Self.nominalField * Self.radius(first, places[places.count / 2], last)
  }

  /// Of the circle through three places, seen along the beam, mm; infinite where they are in line.
  private static func radius(
    _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
  ) -> Double {
    func length(_ way: SIMD3<Double>) -> Double { hypot(way.x, way.y) }
    let (ab, ac) = (b - a, c - a)
    let area = abs(ab.x * ac.y - ab.y * ac.x)
    return area == 0 ? .infinity : length(ab) * length(ac) * length(c - b) / (2 * area)
  }
}
