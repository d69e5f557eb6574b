import Foundation

/// The kernels written down plainly in double precision.
enum PlainKernels {
  /// Gradient of a function of some numbers by central differences.
  static func differences(
    _ values: [Double], step: Double = 1e-6, of function: ([Double]) -> Double
  ) -> [Double] {
    values.indices.map { index in
      var moved = values
      moved[index] = values[index] + step
      let above = function(moved)
      moved[index] = values[index] - step
      return (above - function(moved)) / (2 * step)
    }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// Weighted focal loss of one logit.
  static func loss(_ logit: Double, isTrue: Bool, weight: Double, focusing: Double) -> Double {
    let x = isTrue ? -logit : logit
    let plain = max(x, 0) + log1p(exp(-abs(x)))
    // The logarithm of the wrong answer's probability is x - plain.
    return weight * exp(focusing * (x - plain)) * plain
  }

  static func lossSlope(_ logit: Double, isTrue: Bool, weight: Double, focusing: Double) -> Double {
    let x = isTrue ? -logit : logit
    let plain = max(x, 0) + log1p(exp(-abs(x)))
    let wrong = sigmoid(x)
    let slope = exp(focusing * (x - plain)) * (wrong + focusing * sigmoid(-x) * plain)
    return weight * (isTrue ? -slope : slope)
  }

  /// The sum over nodes of two gated sums of the edges' rows, each times a given gradient.
  static func gatedSum(_ sum: GatedSum) -> Double {
    var total = 0.0
    for edge in sum.a.indices {
      let row = Array(sum.state[edge * sum.width..<(edge + 1) * sum.width])
      for (gate, node, gradient) in [
        (0, sum.a[edge], sum.gradientA), (1, sum.b[edge], sum.gradientB),
      ] {
        let weight = Array(sum.weight[gate * sum.width..<(gate + 1) * sum.width])
        let open = sigmoid(dot(weight, row) + sum.bias[gate])
        let slope = Array(gradient[node * sum.width..<(node + 1) * sum.width])
        total += open * dot(slope, row)
      }
    }
    return total
  }

  struct GatedSum {
    var width: Int
    var state: [Double]
    var weight: [Double]
    var bias: [Double]
    var gradientA: [Double]
    var gradientB: [Double]
    var a: [Int]
    var b: [Int]
  }
}

/// A norm of rows without padding.
struct PlainNorm {
  var gain: [Double]
  var shift: [Double]
  var isRectified: Bool

  private var width: Int { gain.count }

  func finish(_ hat: [Double]) -> [Double] {
    hat.indices.map {
      let y = hat[$0] * gain[$0 % width] + shift[$0 % width]
      return isRectified ? max(y, 0) : y
    }
  }

  func layerHat(_ rows: [Double]) -> [Double] {
    stride(from: 0, to: rows.count, by: width).flatMap { first -> [Double] in
      let row = rows[first..<first + width]
      let (mean, inverse) = Self.moments(Array(row))
      return row.map { ($0 - mean) * inverse }
    }
  }

  func batchHat(_ rows: [Double]) -> [Double] {
    var hat = rows
    for column in 0..<width {
      let places = stride(from: column, to: rows.count, by: width)
      let (mean, inverse) = Self.moments(places.map { rows[$0] })
      for place in places { hat[place] = (rows[place] - mean) * inverse }
    }
    return hat
  }

  /// Mean, and 1 over the root of the biased variance with the norms' epsilon.
  static func moments(_ values: [Double]) -> (mean: Double, inverse: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return (mean, 1 / (variance + 1e-5).squareRoot())
  }

  /// From the gradient at the output of a layer norm to those at rows, gain and shift.
  func layerBack(
    _ gradient: [Double], rows: [Double]
  ) -> (rows: [Double], gain: [Double], shift: [Double]) {
    let hat = layerHat(rows)
    var back = gradient
    var gains = [Double](repeating: 0, count: width)
    var shifts = gains
    for first in stride(from: 0, to: rows.count, by: width) {
      let inverse = Self.moments(Array(rows[first..<first + width])).inverse
      let slope = (0..<width).map { k -> Double in
        let y = hat[first + k] * gain[k] + shift[k]
        return isRectified && y <= 0 ? 0 : gradient[first + k]
      }
      for k in 0..<width {
        gains[k] += slope[k] * hat[first + k]
        shifts[k] += slope[k]
      }
      let scaled = (0..<width).map { slope[$0] * gain[$0] }
      let mean = scaled.reduce(0, +) / Double(width)
      let tilt = (0..<width).reduce(0) { $0 + scaled[$1] * hat[first + $1] } / Double(width)
      for k in 0..<width { back[first + k] = (scaled[k] - mean - hat[first + k] * tilt) * inverse }
    }
    return (back, gains, shifts)
  }
}
