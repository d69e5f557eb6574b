/// A coil as a thin cylinder of current; its field is the difference of two that reach from its ends to infinity.
///
/// Source: N. Derby, S. Olbert, Cylindrical magnets and ideal solenoids, Am. J. Phys. 78 (2010) 229.
struct CurrentSheet {
  let radius: Double
  /// The field in the middle of an endless coil with this current, over pi; T.
  private let unit: Double

  /// - Parameters:
  ///   - radius: mm.
  ///   - length: mm.
  ///   - strength: the field in the middle, in T.
  init(radius: Double, length: Double, strength: Double) {
    self.radius = radius
    // On the axis in the middle, Bz = pi * unit * cos(angle of the coil's rim seen from there).
    let toRim = (length * length / 4 + radius * radius).squareRoot()
    unit = strength * toRim / (length / 2) / .pi
  }

  /// The field, in T, that a coil's end adds at a distance from its axis, inside of it, and from the end, both in mm.
  ///
  /// The coil's field is this at its lower end minus this at its upper end. The axial part changes its sign
  /// with the distance from the end, the radial one does not.
  func halfInfinite(radius r: Double, fromEnd z: Double) -> (axial: Double, radial: Double) {
    let (sum, difference) = (radius + r, radius - r)
    let far = (z * z + sum * sum).squareRoot()
    let complement = ((z * z + difference * difference) / (z * z + sum * sum)).squareRoot()
    let ratio = difference / sum
    let axial = completeEllipticIntegral(complement: complement, ratio * ratio, 1, ratio)
    let radial = completeEllipticIntegral(complement: complement, 1, 1, -1)
    return (unit * radius / sum * z / far * axial, unit * radius / far * radial)
  }
}
