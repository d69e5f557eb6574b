import Foundation

/// The circle through the beam line and two hits, and the features of a doublet, in double precision.
struct PlainDoublet {
  let a: PlainHit
  let b: PlainHit
  /// Signed, 1/mm.
  let curvature: Double
  let slope: Double
  let z0: Double

  init(_ a: PlainHit, _ b: PlainHit) {
    self.a = a
    self.b = b
    let chord = hypot(b.x - a.x, b.y - a.y) + 1e-6
    curvature = 2 * (a.x * b.y - a.y * b.x) / (a.r * b.r * chord)
    let (near, far) = (Self.way(a.r, curvature), Self.way(b.r, curvature))
    var rise = far - near
    if abs(rise) < 1e-3 { rise = rise < 0 ? -1e-3 : 1e-3 }
    slope = (b.z - a.z) / rise
    z0 = a.z - slope * near
  }

  /// Way along the circle from the beam line out to a distance.
  static func way(_ r: Double, _ curvature: Double) -> Double {
    let half = abs(curvature) / 2
    return half < 1e-12 ? r : asin(min(1, r * half)) / half
  }

  var circle: [Double] { [curvature, z0, slope] }

  func features(value: Double, turns: Bool) -> [Double] {
    let chord = hypot(b.x - a.x, b.y - a.y) + 1e-6
    let (dx, dy) = ((b.x - a.x) / chord, (b.y - a.y) / chord)
    // Along the circle the direction turns by this angle to either side of the chord's.
    let sine = turns ? max(-1, min(1, curvature * chord / 2)) : 0
    let cosine = (1 - sine * sine).squareRoot()
    let far = asinh(z0 / 10)
    return [
      log(value + 1e-9) / 5 + 2, abs(curvature) * 300, far, abs(far),
      slope / (1 + 0.3 * abs(slope)),
      a.r * 0.003, b.r * 0.003, abs(a.z) * 0.001, abs(b.z) * 0.001, chord * 0.005,
    ]
      + Self.cluster(a, dx * cosine + dy * sine, dy * cosine - dx * sine, slope)
      + Self.cluster(b, dx * cosine - dy * sine, dy * cosine + dx * sine, slope)
  }

  static func cluster(_ hit: PlainHit, _ tx: Double, _ ty: Double, _ slope: Double) -> [Double] {
    let way = SIMD3(tx, ty, slope)
    func along(_ axis: Int) -> Double { (hit.axis(axis) * way).sum() }
    let steep = 1 / (abs(along(2)) + 1e-3)
    let (u, v) = (abs(along(0)) * steep * hit.depth.u, abs(along(1)) * steep * hit.depth.v)
    let sign: Double = along(0) * along(1) < 0 ? -1 : 1
    return [
      log(1 + u) - hit.size.u, log(1 + v) - hit.size.v,
      hit.charge - log((1 + slope * slope).squareRoot() * steep), hit.size.u, hit.size.v,
      sign * hit.lean * min(u, 1) * min(v, 1),
    ]
  }
}
