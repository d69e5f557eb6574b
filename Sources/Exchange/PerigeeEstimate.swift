import Foundation

/// What three hits of a track say of it: the circle through its first, middle and last hit in the transverse plane.
///
/// An estimate for displays, in a uniform field along z; nothing is fitted.
public struct PerigeeEstimate: Sendable, Equatable {
  /// Signed distance from the beam line, mm: x0 = -d0 sin phi, y0 = d0 cos phi.
  public var d0: Double
  /// Where it passes the beam line, mm.
  public var z0: Double
  /// Direction there, rad.
  public var phi: Double
  public var theta: Double
  /// Transverse momentum in GeV/c.
  public var pT: Double
  /// 1 or -1.
  public var charge: Int

  public var eta: Double { -log(tan(theta / 2)) }

  /// Charge over momentum, 1/MeV.
  public var qOverP: Double { Double(charge) * sin(theta) / (1000 * pT) }

  /// GeV/c per tesla and mm of radius.
  private static let momentumOfRadius = 0.299_792_458e-3

  /// - Parameters:
  ///   - hits: x, y, z in mm, in the order in which the track meets them.
  ///   - field: in tesla.
  /// - Returns: nil for fewer than three hits, hits on a straight line, or a circle around the beam line.
  public init?(hits: [SIMD3<Double>], field: Double = 2) {
    guard hits.count >= 3, let first = hits.first, let last = hits.last else { return nil }
    let middle = hits[hits.count / 2]
    let (a, b) = (middle - first, last - middle)
    let turn = a.x * b.y - a.y * b.x
    let area = 2 * turn
    guard turn != 0 else { return nil }
    // The centre has the same distance from all three, measured from the first.
    let chord = last - first
    let (a2, c2) = (a.x * a.x + a.y * a.y, chord.x * chord.x + chord.y * chord.y)
    let centre = SIMD2(
      first.x + (chord.y * a2 - a.y * c2) / area, first.y + (a.x * c2 - chord.x * a2) / area)
    let radius = hypot(first.x - centre.x, first.y - centre.y)
    let distance = hypot(centre.x, centre.y)
    guard radius.isFinite, distance > 0 else { return nil }
    // Counter-clockwise for a negative charge in a field along z.
    let sense: Double = turn > 0 ? 1 : -1
    let nearest = centre * (1 - radius / distance)
    func angle(_ x: Double, _ y: Double) -> Double { atan2(y - centre.y, x - centre.x) }
    let start = angle(nearest.x, nearest.y)
    phi = atan2(
      sense * (nearest.x - centre.x), -sense * (nearest.y - centre.y))
    d0 = nearest.y * cos(phi) - nearest.x * sin(phi)
    func way(to hit: SIMD3<Double>) -> Double {
      var turned = sense * (angle(hit.x, hit.y) - start)
      if turned < -.pi { turned += 2 * .pi }
      if turned > .pi { turned -= 2 * .pi }
      return radius * turned
    }
    let (toFirst, toLast) = (way(to: first), way(to: last))
    guard toLast != toFirst else { return nil }
    let slope = (last.z - first.z) / (toLast - toFirst)
    z0 = first.z - toFirst * slope
    theta = atan2(1, slope)
    pT = Self.momentumOfRadius * field * radius
    charge = sense > 0 ? -1 : 1
    guard pT > 0, [d0, z0, phi, theta, pT].allSatisfy(\.isFinite) else { return nil }
  }
}
