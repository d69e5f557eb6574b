import Foundation

/// A particle's way in a uniform field along z.
struct ToyHelix {
  /// Where it is born, in mm.
  var origin: SIMD3<Double>
  /// Azimuth of its direction there.
  var azimuth: Double
  /// Signed, 1/mm.
  var curvature: Double
  /// Rise along z over the way in the transverse plane.
  var slope: Double

  /// - Parameter pT: in GeV/c, of a particle of unit charge in 2 T.
  init(origin: SIMD3<Double>, azimuth: Double, pT: Double, charge: Double, slope: Double) {
    self.init(
      origin: origin, azimuth: azimuth, curvature: charge * 0.29979 * 2 / (1000 * pT), slope: slope)
  }

  init(origin: SIMD3<Double>, azimuth: Double, curvature: Double, slope: Double) {
    self.origin = origin
    self.azimuth = azimuth
    self.curvature = curvature
    self.slope = slope
  }

  /// The place after a way in the transverse plane.
  func place(_ s: Double) -> SIMD3<Double> {
    let turn = curvature * s
    // Chord 2 sin(turn / 2) / c, turned by half.
    let half = turn / 2
    let chord = abs(half) < 1e-9 ? s : s * sin(half) / half
    return origin
      + SIMD3(chord * cos(azimuth + half), chord * sin(azimuth + half), slope * s)
  }

  /// The first way at which the particle is `radius` from the beam line; nil if it never is before `end`.
  func way(toRadius radius: Double, before end: Double) -> Double? {
    func excess(_ s: Double) -> Double {
      let at = place(s)
      return (at.x * at.x + at.y * at.y).squareRoot() - radius
    }
    let step = 4.0
    var low = 0.0
    guard excess(0) < 0 else { return nil }
    while low < end {
      let high = min(end, low + step)
      if excess(high) >= 0 {
        var (a, b) = (low, high)
        for _ in 0..<60 {
          let middle = (a + b) / 2
          if excess(middle) >= 0 { b = middle } else { a = middle }
        }
        return b
      }
      low = high
    }
    return nil
  }
}
