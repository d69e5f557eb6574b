import Foundation

/// The path of a charged particle in a uniform field along z, from a point onwards.
public struct Helix: Sendable, Equatable {
  /// Position in mm.
  public var x: Double
  public var y: Double
  public var z: Double
  /// Direction of flight across the beam, in rad.
  public var phi: Double
  /// Transverse momentum in GeV/c.
  public var pT: Double
  /// pz / pT: the change of z with the length of the path across the beam.
  public var slope: Double
  public var charge: Int32

  public init(
    x: Double, y: Double, z: Double, phi: Double, pT: Double, slope: Double, charge: Int32
  ) {
    (self.x, self.y, self.z, self.phi) = (x, y, z, phi)
    (self.pT, self.slope, self.charge) = (pT, slope, charge)
  }

  /// GeV/c per T and mm.
  static let momentumPerFieldAndLength = 0.299_792_458e-3

  /// Radius of the circle across the beam in mm: pT / (0.3 B) with pT in GeV/c, B in T, times 1000.
  public static func radius(pT: Double, field: Double) -> Double {
    pT / (momentumPerFieldAndLength * field)
  }

  /// Change of `phi` per mm of path across the beam; positive charges turn clockwise in a field along +z.
  func curvature(field: Double) -> Double {
    -Double(charge) * Self.momentumPerFieldAndLength * field / pT
  }

  /// The length of path across the beam, in mm, to where the particle leaves a cylinder around the beam.
  ///
  /// - Returns: nil if the circle does not reach the cylinder.
  func length(toRadius radius: Double, curvature: Double) -> Double? {
    let (cosine, sine) = (cos(phi), sin(phi))
    let r2 = x * x + y * y
    let outward = x * cosine + y * sine
    if curvature == 0 {
      let discriminant = outward * outward + radius * radius - r2
      return discriminant >= 0 ? discriminant.squareRoot() - outward : nil
    }
    // The point turns by beta around the circle's centre from where it is nearest to the beam, at a:
    // r^2 = a^2 + 4 d R sin^2(beta/2). Differences of large numbers are avoided throughout.
    let circle = 1 / abs(curvature)
    let side = (y * cosine - x * sine) * (curvature > 0 ? 1 : -1)
    let centre2 = r2 + 2 * circle * side + circle * circle
    let centre = max(0, centre2).squareRoot()
    let nearest = (r2 + 2 * circle * side) / (centre + circle)
    let scale = 1 / (4 * centre * circle)
    let target = (radius * radius - nearest * nearest) * scale
    guard target >= 0, target <= 1 else { return nil }
    let now = min(1, max(0, (r2 - nearest * nearest) * scale))
    let turned = 2 * asin(now.squareRoot())
    return circle * (2 * asin(target.squareRoot()) - (outward < 0 ? -turned : turned))
  }

  /// Moves the point along the path.
  mutating func advance(length: Double, curvature: Double) {
    let half = curvature * length / 2
    let chord = half == 0 ? length : length * sin(half) / half
    x += chord * cos(phi + half)
    y += chord * sin(phi + half)
    z += slope * length
    phi += 2 * half
  }
}
