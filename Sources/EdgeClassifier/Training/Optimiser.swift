/// Adam and AdamW with bias correction, in PyTorch's order of operations.
struct Optimiser: Sendable, Equatable {
  static let decay = (first: 0.9, second: 0.999)
  static let epsilon: Float = 1e-8

  /// Steps made so far.
  var step = 0
  /// Running means of the gradient and of its square, by tensor; empty for those not trained.
  var first: [[Float]]
  var second: [[Float]]

  init(_ tensors: [NamedTensor], isTrained: (Int) -> Bool) {
    first = tensors.indices.map { tensor in
      isTrained(tensor) ? Array(repeating: 0, count: tensors[tensor].values.count) : []
    }
    second = first
  }

  /// One step; tensors whose gradient is empty stay as they are.
  ///
  /// - Parameter firstDecay: share of the gradient's running mean that stays; one that changes from
  ///   step to step is taken as PyTorch takes it, as if it had been the same from the first.
  mutating func update(
    _ tensors: inout [NamedTensor], with gradient: [[Double]], kind: OptimiserKind,
    learningRate: Double, firstDecay: Double = Self.decay.first
  ) {
    step += 1
    let size = Float(learningRate / (1 - power(firstDecay, step)))
    let correction = Float((1 - power(Self.decay.second, step)).squareRoot())
    let keep = (first: Float(firstDecay), second: Float(Self.decay.second))
    let take = (first: Float(1 - firstDecay), second: Float(1 - Self.decay.second))
    var shrink: Float = 1
    if case .adamW(let weightDecay) = kind { shrink = Float(1 - learningRate * weightDecay) }
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

extension Optimiser {
  init(_ model: EdgeModel) { self.init(model.tensors, isTrained: model.isTrained) }

  /// One step of an edge network.
  mutating func update(
    _ model: inout EdgeModel, with gradient: [[Double]], kind: OptimiserKind, learningRate: Double
  ) {
    var tensors = model.tensors
    update(&tensors, with: gradient, kind: kind, learningRate: learningRate)
    model.tensors = tensors
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
