import Foundation

/// Where a track may go on from its end, and what tells the right hit from others.
struct ExtensionFeatures {
  static let count = 30
  /// Those of the candidate's cluster.
  static let clusters = 19..<25
  /// Sharper curves are not followed, 1/mm.
  private static let mostCurvature: Float = 0.015

  let hits: DetectorHits
  let grid: HitGrid
  /// For each layer the layers after and before it, with the log of their share.
  private let outwards: [[(layer: Int, share: Float)]]
  private let inwards: [[(layer: Int, share: Float)]]

  init(hits: DetectorHits, grid: HitGrid, pairs: LayerPairs) {
    self.hits = hits
    self.grid = grid
    var outwards = [[(layer: Int, share: Float)]](repeating: [], count: pairs.layerCount)
    var inwards = outwards
    for pair in pairs.pairs {
      let share = logf(pair.share + 1e-5)
      outwards[pair.from].append((pair.to, share))
      inwards[pair.to].append((pair.from, share))
    }
    self.outwards = outwards
    self.inwards = inwards
  }

  /// Calls the body with every hit that may be next, its features in `f`, `stride` apart.
  ///
  /// Feature 25 is left 0: it says how long the track is that the hit is the end of.
  /// - Parameters:
  ///   - end: the track's last three hits in the direction of the search, the end last.
  ///   - isOutwards: along the layers' order or against it.
  ///   - length: hits of the track.
  func candidates(
    _ end: (Int, Int, Int), isOutwards: Bool, length: Int, into f: UnsafeMutablePointer<Float>,
    stride: Int, _ body: (Int) -> Void
  ) {
    let (a, b, c) = (hits.record(end.0), hits.record(end.1), hits.record(end.2))
    var way = TrackDirection(hits, end.0, end.1, end.2, at: .last)
    let bend = way.curvature
    guard abs(bend) <= Self.mostCurvature else { return }
    let first = max(1e-3, length2(b[0] - a[0], b[1] - a[1]))
    let second = max(1e-3, length2(c[0] - b[0], c[1] - b[1]))
    let (s1, s2) = (Helix.arc(first, bend), Helix.arc(second, bend))
    let long = (c[2] - a[2]) / (s1 + s2)
    // Over a short last step, or one between strips, the slope over both steps is the better one.
    let isLong = s2 < 25 || c[HitField.pitchV.rawValue] > 1
    if isLong { way.slope = long }
    let (tx, ty, slope) = (way.tx, way.ty, way.slope)
    let ci = abs(bend) < 1e-6 ? 1e-6 : bend
    let radius = 1 / ci
    let field = FieldOnTheWay(a, b, c, bend: bend, slope: long)
    let bending = field.from(c, to: b, tx, ty, slope)
    let turned = 0.5 * field.normal * (bending.bend - field.bend) * second
    let lever = 0.5 * ((isLong ? s1 : 0) + s2)
    let off = c[HitField.r.rawValue] * c[HitField.r.rawValue] - 2 * radius * (c[0] * ty - c[1] * tx)
    let d0 = off / (length2(c[0] - ty * radius, c[1] + tx * radius) + abs(radius))
    let sign: Float = isOutwards ? 1 : -1
    let z0 = c[2] - sign * slope * Helix.arc(c[HitField.r.rawValue], ci)
    for (layer, share) in (isOutwards ? outwards : inwards)[Int(hits.layer[end.2])] {
      guard let target = crossing(layer, c, tx, ty, slope, ci) else { continue }
      let reach = 4 + 0.10 * target.s
      let reachZ = 8 + 0.12 * target.s * (1 + slope * slope).squareRoot() * 0.7
      let along: (Float, Float)
      if grid.layers[layer].isBarrel {
        let all = reachZ + 4 * abs(slope)
        along = (target.z - all, target.z + all)
      } else {
        let all = reach + 6 + 5 / max(0.3, abs(slope))
        along = (target.r - all, target.r + all)
      }
      let window = min(1, reach / target.r)
      grid.visit(layer, along: along, azimuth: (target.phi - window, target.phi + window)) {
        other in
        let q = hits.record(other)
        let (dx, dy) = (q[0] - c[0], q[1] - c[1])
        let d = length2(dx, dy) + 1e-3
        guard dx * tx + dy * ty >= 0 else { return }
        let ds = Helix.arc(d, ci)
        let side = d * d - 2 * radius * (dy * tx - dx * ty)
        let missed =
          -side / (length2(dx + ty * radius, dy - tx * radius) + abs(radius))
        let rz = q[2] - c[2] - slope * ds
        guard abs(missed) <= reach + 6, abs(rz) <= reachZ + 8 + 4 * abs(slope) else { return }
        f[0] = Helix.asinh(missed * 2)
        f[stride] = abs(f[0])
        f[2 * stride] = Helix.asinh(rz * 2) * (slope < 0 ? -1 : 1)
        f[3 * stride] = abs(f[2 * stride])
        f[4 * stride] = logf(d)
        f[5 * stride] = logf(second)
        f[6 * stride] = logf(first)
        f[7 * stride] = abs(bend) * 300
        f[8 * stride] = Helix.slopeFeature(abs(slope))
        f[9 * stride] = c[HitField.r.rawValue] * 0.003
        f[10 * stride] = abs(c[2]) * 0.001
        f[11 * stride] = q[HitField.r.rawValue] * 0.003
        f[12 * stride] = abs(q[2]) * 0.001
        f[13 * stride] = share * 0.3
        f[14 * stride] = sign
        f[15 * stride] = Float(min(length, 10)) * 0.3
        f[16 * stride] = abs(Helix.asinh(d0))
        f[17 * stride] = abs(Helix.asinh(z0 * 0.1))
        f[18 * stride] = q[HitField.pitchV.rawValue]
        let (sine, cosine) = (sinf(ci * ds), cosf(ci * ds))
        Helix.cluster(
          q, (tx * cosine - ty * sine) * sign, (ty * cosine + tx * sine) * sign, slope * sign,
          into: f + 19 * stride, stride: stride)
        f[25 * stride] = 0
        let ahead = field.from(c, to: q, tx, ty, slope)
        let corrected =
          missed
          - (0.5 * field.normal * (ahead.bend - field.bend) * ds * ds + turned * ds)
          * (ci < 0 ? -1 : 1)
        f[26 * stride] = Helix.asinh(corrected * 2)
        f[27 * stride] = abs(f[26 * stride])
        let dl = -field.normal * ahead.turn * (1 + slope * slope)
        f[28 * stride] = Helix.asinh((rz - dl * ds * (0.5 * ds + lever)) * 2) * (slope < 0 ? -1 : 1)
        f[29 * stride] = abs(f[28 * stride])
        body(other)
      }
    }
  }

  /// Where the helix meets a layer; nil where it does not.
  private func crossing(
    _ index: Int, _ c: UnsafePointer<Float>, _ tx: Float, _ ty: Float, _ slope: Float, _ ci: Float
  ) -> (s: Float, r: Float, phi: Float, z: Float)? {
    let layer = grid.layers[index]
    guard !layer.isEmpty else { return nil }
    func place(_ s: Float) -> (x: Float, y: Float, ux: Float, uy: Float) {
      let (sine, cosine) = (sinf(ci * s), cosf(ci * s))
      let (p, q) = (sine / ci, (1 - cosine) / ci)
      return (
        c[0] + p * tx - q * ty, c[1] + p * ty + q * tx, tx * cosine - ty * sine,
        ty * cosine + tx * sine
      )
    }
    var s: Float
    var at: (x: Float, y: Float, ux: Float, uy: Float)
    if layer.isBarrel {
      s = abs(layer.middleRadius - c[HitField.r.rawValue]) * 1.05
      at = place(s)
      var isThere = false
      for _ in 0..<5 {
        at = place(s)
        let r = length2(at.x, at.y)
        let rise = (at.x * at.ux + at.y * at.uy) / r
        if abs(layer.middleRadius - r) < 0.5 {
          isThere = true
          break
        }
        if abs(rise) < 0.05 { break }
        s += max(-200, min(200, (layer.middleRadius - r) / rise))
      }
      guard isThere, s >= 0, s * abs(ci) <= 2.5 else { return nil }
    } else {
      guard abs(slope) >= 1e-3 else { return nil }
      s = (layer.middleZ - c[2]) / slope
      guard s >= 0, s * abs(ci) <= 2.5, s <= 1500 else { return nil }
      at = place(s)
    }
    return (s, length2(at.x, at.y), atan2f(at.y, at.x), c[2] + slope * s)
  }

  @inline(__always)
  private func length2(_ x: Float, _ y: Float) -> Float { (x * x + y * y).squareRoot() }
}

/// The field along three hits, and from the last of them on.
private struct FieldOnTheWay {
  /// Mean field that bends the track along the three hits.
  let bend: Float
  /// Curvature that the track would have in the field of the magnet's middle.
  let normal: Float

  init(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, bend: Float,
    slope: Float
  ) {
    let (dx, dy) = (c[0] - a[0], c[1] - a[1])
    let d = (dx * dx + dy * dy).squareRoot() + 1e-3
    func mean(_ field: HitField) -> Float {
      (a[field.rawValue] + b[field.rawValue] + c[field.rawValue]) / 3
    }
    self.bend = mean(.bz) - slope * (mean(.bx) * dx / d + mean(.by) * dy / d)
    if abs(self.bend) > 0.3 {
      normal = bend / self.bend
    } else {
      // Where the field is weak, the circle through the beam line tells more.
      let (x, y) = (c[0] - b[0], c[1] - b[1])
      let chord = (x * x + y * y).squareRoot() + 1e-6
      let sine = (b[0] * c[1] - b[1] * c[0]) / (b[HitField.r.rawValue] * c[HitField.r.rawValue])
      let mean = 0.5 * (b[HitField.bend.rawValue] + c[HitField.bend.rawValue])
      normal = 2 * sine / chord / (abs(mean) < 1e-3 ? (mean < 0 ? -1e-3 : 1e-3) : mean)
    }
  }

  /// Mean field a third of the way from one hit to another: what bends, and what turns the slope.
  @inline(__always)
  func from(
    _ c: UnsafePointer<Float>, to q: UnsafePointer<Float>, _ tx: Float, _ ty: Float, _ slope: Float
  ) -> (bend: Float, turn: Float) {
    func third(_ field: HitField) -> Float {
      c[field.rawValue] + (q[field.rawValue] - c[field.rawValue]) / 3
    }
    let (bx, by, bz) = (third(.bx), third(.by), third(.bz))
    return (bz - slope * (bx * tx + by * ty), tx * by - ty * bx)
  }
}
