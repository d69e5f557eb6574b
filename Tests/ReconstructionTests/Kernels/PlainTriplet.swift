import Foundation

/// The features of three hits of two doublets, in double precision.
struct PlainTriplet {
  let hits: (a: PlainHit, b: PlainHit, c: PlainHit)
  /// Curvatures of both doublets' circles through the beam line, and the first one's place there.
  let curvatures: (first: Double, second: Double)
  let place: Double

  init(_ a: PlainHit, _ b: PlainHit, _ c: PlainHit) {
    hits = (a, b, c)
    let first = PlainDoublet(a, b)
    curvatures = (first.curvature, PlainDoublet(b, c).curvature)
    place = first.z0
  }

  /// Length of an arc over a chord.
  static func arc(_ chord: Double, _ curvature: Double) -> Double {
    let half = abs(curvature) / 2
    return half * chord < 1e-9 ? chord : asin(min(1, half * chord)) / half
  }

  func features(scores: (Double, Double)) -> [Double] {
    let (a, b, c) = hits
    let (c1, c2) = curvatures
    let (x1, y1, x2, y2) = (b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y)
    let d1 = hypot(x1, y1) + 1e-3
    let d2 = hypot(x2, y2) + 1e-3
    let d3 = hypot(x1 + x2, y1 + y2) + 1e-3
    let c3 = 2 * (x1 * y2 - y1 * x2) / (d1 * d2 * d3)
    let (s1, s2) = (Self.arc(d1, c3), Self.arc(d2, c3))
    let (l1, l2) = ((b.z - a.z) / s1, (c.z - b.z) / s2)
    func signed(_ x: Double, by sign: Double) -> Double { asinh(sign < 0 ? -x : x) }
    let bent = signed((c3 - c1) / 2 * d2 * d3 * 5, by: c1)
    let missed = signed((c.z - b.z - l1 * s2) * 5, by: l1)
    let turned = asinh((l2 - l1) * 50)

    // The circle's nearest distance to the beam line.
    let sine = max(-1, min(1, c3 * d1 / 2))
    let cosine = (1 - sine * sine).squareRoot()
    let (tx, ty) = ((x1 * cosine - y1 * sine) / d1, (x1 * sine + y1 * cosine) / d1)
    let radius = 1 / (c3 + (c3 < 0 ? -1e-7 : 1e-7))
    let lever = b.x * ty - b.y * tx
    let centre = hypot(b.x - ty * radius, b.y + tx * radius)
    let d0 = asinh((b.r * b.r - 2 * radius * lever) / (centre + abs(radius)))
    let z03 = a.z - l1 * Self.arc(a.r, c3)

    // The same in the field.
    let mean = (a.field + b.field + c.field) / 3
    let slope = (c.z - a.z) / (s1 + s2)
    let along = ((x1 + x2) / d3, (y1 + y2) / d3)
    let bend = mean.z - slope * (mean.x * along.0 + mean.y * along.1)
    let turn = along.0 * mean.y - along.1 * mean.x
    let n1 = c1 / ((a.bend + b.bend) / 2)
    let n2 = c2 / ((b.bend + c.bend) / 2)
    let bentInField = signed((c3 - n1 * bend) / 2 * d2 * d3 * 5, by: c1)
    let n = abs(bend) > 0.3 ? c3 / bend : n1
    let dl = -n * turn * (1 + slope * slope)
    let missedInField = signed(
      (c.z - b.z - l1 * s2 - s2 * (s1 + s2) * dl / 2) * 5, by: l1)
    return [
      scores.0, scores.1, bent, abs(bent), missed, abs(missed), turned, abs(turned), abs(c3) * 300,
      abs(c1) * 300, d0, abs(d0), abs(asinh(place / 10)), abs(asinh(z03 / 10)),
      abs(l1) / (1 + 0.3 * abs(l1)), a.r * 0.003, b.r * 0.003, c.r * 0.003, abs(a.z) * 0.001,
      abs(b.z) * 0.001, abs(c.z) * 0.001, d1 * 0.005, d2 * 0.005, signed((c2 - c1) * 1000, by: c1),
      bentInField, abs(bentInField), signed((n2 - n1) * 1000, by: c1),
      abs(asinh(n * b.r * b.r * b.bend / 2 - lever)), missedInField, abs(missedInField),
      asinh((l2 - l1 - (s1 + s2) * dl / 2) * 50),
    ]
  }
}
