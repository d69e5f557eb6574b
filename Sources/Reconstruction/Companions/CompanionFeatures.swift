import Foundation

/// Further hits of a track on the layer of one of its hits: where to look, and what tells them from others.
struct CompanionFeatures {
  static let count = 18
  /// Those of the candidate's cluster.
  static let clusters = 12..<18

  let hits: DetectorHits
  let grid: HitGrid

  /// Calls the body with the hits near a track's hit on its layer, on other modules than the hit's.
  @inline(__always)
  func candidates(_ hit: Int, _ way: TrackDirection, _ body: (Int) -> Void) {
    let own = hits.record(hit)
    let layer = Int(hits.layer[hit])
    let (r, phi) = (own[HitField.r.rawValue], own[HitField.phi.rawValue])
    let along: (Float, Float)
    let window: Float
    if grid.layers[layer].isBarrel {
      let reach = min(40, abs(way.slope) * 5) + 8
      along = (own[2] - reach, own[2] + reach)
      let radial = (way.tx * own[0] + way.ty * own[1]) / r
      let tangent = max(0, 1 - radial * radial).squareRoot() / max(0.2, abs(radial))
      window = (3 + 5 * tangent) / r
    } else {
      let steep = max(0.2, abs(way.slope))
      let reach = min(30, 6 / steep) + 8
      along = (r - reach, r + reach)
      window = (3 + 6 / steep) / r
    }
    grid.visit(layer, along: along, azimuth: (phi - window, phi + window)) { other in
      if other != hit, hits.module[other] != hits.module[hit] { body(other) }
    }
  }

  /// The features of a candidate, `stride` apart.
  ///
  /// - Returns: false where it is too far off the helix; then nothing was written.
  @inline(__always)
  func put(
    _ hit: Int, _ other: Int, _ way: TrackDirection, into f: UnsafeMutablePointer<Float>,
    stride: Int
  ) -> Bool {
    let (a, b) = (hits.record(hit), hits.record(other))
    let (dx, dy, dz) = (b[0] - a[0], b[1] - a[1], b[2] - a[2])
    let forward = dx * way.tx + dy * way.ty
    let q = 1 / (1 + way.slope * way.slope).squareRoot()
    let s = (forward + dz * way.slope) * q
    let transverse = s * q
    let normal =
      dy * way.tx - dx * way.ty - 0.5 * way.curvature * transverse * transverse
    let binormal = (dz - way.slope * forward) * q
    guard abs(normal) <= 12, abs(binormal) <= 25, abs(s) <= 60 else { return false }
    f[0] = Helix.asinh(normal * 10)
    f[stride] = abs(f[0])
    f[2 * stride] = Helix.asinh(binormal * 5)
    f[3 * stride] = abs(f[2 * stride])
    f[4 * stride] = Helix.asinh(s)
    f[5 * stride] = abs(f[4 * stride])
    f[6 * stride] = a[HitField.r.rawValue] * 0.003
    f[7 * stride] = abs(a[2]) * 0.001
    f[8 * stride] = Helix.slopeFeature(abs(way.slope))
    f[9 * stride] = abs(way.curvature) * 300
    f[10 * stride] = a[HitField.barrel.rawValue]
    f[11 * stride] = a[HitField.pitchV.rawValue]
    Helix.cluster(
      b, way.tx - way.curvature * transverse * way.ty, way.ty + way.curvature * transverse * way.tx,
      way.slope, into: f + 12 * stride, stride: stride)
    return true
  }
}
