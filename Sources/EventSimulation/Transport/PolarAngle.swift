/// The azimuth of a point to 1e-5 rad, several times faster than the exact one; it serves to find modules.
///
/// Minimax polynomial for the arc tangent on 0 to 1: Abramowitz and Stegun, 4.4.49.
@inline(__always)
func polarAngle(_ x: Double, _ y: Double) -> Double {
  let (a, b) = (abs(x), abs(y))
  let high = max(a, b)
  guard high > 0 else { return 0 }
  let t = min(a, b) / high
  let s = t * t
  var angle =
    t
    * (0.999_866_0 + s * (-0.330_299_5 + s * (0.180_141_0 + s * (-0.085_133_0 + s * 0.020_835_1))))
  if b > a { angle = Double.pi / 2 - angle }
  if x < 0 { angle = Double.pi - angle }
  return y < 0 ? -angle : angle
}
