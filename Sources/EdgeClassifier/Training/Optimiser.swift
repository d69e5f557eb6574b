/// Adam and AdamW with bias correction, in PyTorch's order of operations.
struct Optimiser: Sendable, Equatable {
  static let decay = (first: 0.9, second: 0.999)
  static let epsilon: Float = 1e-8

  /// Steps made so far.
  var step = 0
  /// Running means of the gradient and of its square, by tensor; empty for those not trained.
  var first: [[Float]]
  var second: [[Float]]

  init(_ model: EdgeModel) {
    first = model.tensors.indices.map { tensor in
      model.isTrained(tensor)
        ? Array(repeating: 0, count: model.tensors[tensor].values.count) : []
    }
    second = first
  }

  /// One step; tensors whose gradient is empty stay as they are.
  mutating func update(
    _ model: inout EdgeModel, with gradient: [[Double]], kind: OptimiserKind, learningRate: Double
  ) {
    step += 1
    let size = Float(learningRate / (1 - power(Self.decay.first, step)))
    let correction = Float((1 - power(Self.decay.second, step)).squareRoot())
    let keep = (first: Float(Self.decay.first), second: Float(Self.decay.second))
    let take = (first: Float(1 - Self.decay.first), second: Float(1 - Self.decay.second))
    var shrink: Float = 1
    if case .adamW(let weightDecay) = kind { shrink = Float(1 - learningRate * weightDecay) }
    var tensors = model.tensors
    for tensor in gradient.indices where !gradient[tensor].isEmpty && !first[tensor].isEmpty {
      gradient[tensor].withUnsafeBufferPointer { slope in
        first[tensor].withUnsafeMutableBufferPointer { mean in
          second[tensor].withUnsafeMutableBufferPointer { square in
            tensors[tensor].values.withUnsafeMutableBufferPointer { weights in
              for i in slope.indices {
                let g = Float(slope[i])
                mean[i] = keep.first * mean[i] + take.first * g
                square[i] = keep.second * square[i] + take.second * (g * g)
                weights[i] =
                  weights[i] * shrink - size
                  * (mean[i] / (square[i].squareRoot() / correction + Self.epsilon))
              }
            }
          }
        }
      }
    }
    model.tensors = tensors
  }

  /// By squaring: the same bits everywhere, which the mathematical library's does not promise.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}

/// What is done to a gradient, given by tensor.
enum GradientMath {
  static func norm(_ gradient: [[Double]]) -> Double {
    gradient.reduce(0) { sum, tensor in tensor.reduce(sum) { $0 + $1 * $1 } }.squareRoot()
  }

  /// Scales the gradient down to a norm of about `maximum`, by PyTorch's formula.
  ///
  /// - Returns: the norm before that.
  static func clip(_ gradient: inout [[Double]], to maximum: Double) -> Double {
    let norm = norm(gradient)
    let factor = maximum / (norm + 1e-6)
    if factor < 1 { scale(&gradient, by: factor) }
    return norm
  }

  static func scale(_ gradient: inout [[Double]], by factor: Double) {
    for tensor in gradient.indices {
      for i in gradient[tensor].indices { gradient[tensor][i] *= factor }
    }
  }

  static func add(_ other: [[Double]], to gradient: inout [[Double]]) {
    for tensor in other.indices {
      for i in other[tensor].indices { gradient[tensor][i] += other[tensor][i] }
    }
  }
}
