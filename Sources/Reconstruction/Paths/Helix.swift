import Foundation

/// Small functions of circles and clusters that the searches around a track share.
enum Helix {
  /// Length of an arc of curvature c over a chord.
  @inline(__always)
  static func arc(_ chord: Float, _ c: Float) -> Float {
    let x = 0.5 * abs(c) * chord
    if x < 0.05 { return chord * (1 + x * x / 6) }
    return 2 * asinf(min(x, 1)) / abs(c)
  }

  /// The inverse of the hyperbolic sine.
  @inline(__always)
  static func asinh(_ x: Float) -> Float {
    let a = abs(x)
    let l = logf(a + (a * a + 1).squareRoot())
    return x < 0 ? -l : l
  }

  @inline(__always)
  static func slopeFeature(_ slope: Float) -> Float { slope / (1 + 0.3 * abs(slope)) }

  /// How well a hit's cluster fits a direction: six features, `stride` apart.
  ///
  /// - Parameters:
  ///   - tx: with ty the direction in the transverse plane, of unit length.
  ///   - slope: rise along z.
  @inline(__always)
  static func cluster(
    _ hit: UnsafePointer<Float>, _ tx: Float, _ ty: Float, _ slope: Float,
    into f: UnsafeMutablePointer<Float>, stride: Int
  ) {
    func along(_ axis: HitField) -> Float {
      let a = axis.rawValue
      return hit[a] * tx + hit[a + 1] * ty + hit[a + 2] * slope
    }
    let (du, dv, dw) = (along(.ux), along(.vx), along(.wx))
    let steep = 1 / (abs(dw) + 1e-3)
    let u = abs(du) * steep * hit[HitField.depthU.rawValue]
    let v = abs(dv) * steep * hit[HitField.depthV.rawValue]
    let (sizeU, sizeV) = (hit[HitField.sizeU.rawValue], hit[HitField.sizeV.rawValue])
    f[0] = logf(1 + u) - sizeU
    f[stride] = logf(1 + v) - sizeV
    f[2 * stride] = hit[HitField.charge.rawValue] - logf((1 + slope * slope).squareRoot() * steep)
    f[3 * stride] = sizeU
    f[4 * stride] = sizeV
    let lean = hit[HitField.lean.rawValue]
    f[5 * stride] = (du * dv < 0 ? -lean : lean) * min(u, 1) * min(v, 1)
  }
}

/// Where a track goes at one of its hits.
struct TrackDirection {
  /// In the transverse plane, of unit length.
  var tx: Float
  var ty: Float
  /// Rise along z over the way in the transverse plane.
  var slope: Float
  /// Signed, of the circle through three hits, 1/mm.
  var curvature: Float

  /// - Parameters:
  ///   - path: at least three hits.
  ///   - place: which of them.
  init(_ hits: DetectorHits, _ path: [Int32], at place: Int) {
    let first = place == 0 ? 0 : place == path.count - 1 ? path.count - 3 : place - 1
    let at: Spot = place == 0 ? .first : place == path.count - 1 ? .last : .middle
    self.init(hits, Int(path[first]), Int(path[first + 1]), Int(path[first + 2]), at: at)
  }

  enum Spot { case first, middle, last }

  init(_ hits: DetectorHits, _ i: Int, _ j: Int, _ k: Int, at spot: Spot) {
    let (a, b, c) = (hits.record(i), hits.record(j), hits.record(k))
    let (x1, y1, x2, y2) = (b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1])
    let (x3, y3) = (x1 + x2, y1 + y2)
    let d1 = (x1 * x1 + y1 * y1).squareRoot() + 1e-3
    let d2 = (x2 * x2 + y2 * y2).squareRoot() + 1e-3
    let d3 = (x3 * x3 + y3 * y3).squareRoot() + 1e-3
    curvature = 2 * (x1 * y2 - y1 * x2) / (d1 * d2 * d3)
    let (s1, s2) = (Helix.arc(d1, curvature), Helix.arc(d2, curvature))
    let (cx, cy, d, sign): (Float, Float, Float, Float)
    switch spot {
    case .first:
      (cx, cy, d, sign) = (x1, y1, d1, -1)
      slope = (b[2] - a[2]) / s1
    case .last:
      (cx, cy, d, sign) = (x2, y2, d2, 1)
      slope = (c[2] - b[2]) / s2
    case .middle:
      (cx, cy, d, sign) = (x1, y1, d1, 1)
      slope = (c[2] - a[2]) / (s1 + s2)
    }
    let sine = max(-1, min(1, 0.5 * curvature * d)) * sign
    let cosine = (1 - sine * sine).squareRoot()
    tx = (cx * cosine - cy * sine) / d
    ty = (cx * sine + cy * cosine) / d
  }
}
