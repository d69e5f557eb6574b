/// Adam with bias correction (Kingma and Ba, 2015), in PyTorch's order of operations.
struct Adam: Sendable, Equatable {
  static let decay = (first: 0.9, second: 0.999)
  static let epsilon: Float = 1e-8

  /// Steps made so far.
  var step = 0
  /// Running means of the gradient and of its square, by trained `EdgeTensor`.
  var first: [EdgeTensor: [Float]] = [:]
  var second: [EdgeTensor: [Float]] = [:]

  init(hidden: Int) {
    for tensor in EdgeTensor.allCases where tensor.isTrained {
      let count = tensor.shape(hidden: hidden).reduce(1, *)
      first[tensor] = Array(repeating: 0, count: count)
      second[tensor] = Array(repeating: 0, count: count)
    }
  }

  /// One step; tensors that the gradient does not have stay as they are.
  mutating func update(
    _ network: inout EdgeNetwork, with gradient: NetworkGradient, learningRate: Double
  ) {
    step += 1
    let size = Float(learningRate / (1 - power(Self.decay.first, step)))
    let correction = Float((1 - power(Self.decay.second, step)).squareRoot())
    let keep = (first: Float(Self.decay.first), second: Float(Self.decay.second))
    let take = (first: Float(1 - Self.decay.first), second: Float(1 - Self.decay.second))
    for tensor in EdgeTensor.allCases {
      let slope = gradient[tensor]
      guard !slope.isEmpty, var mean = first[tensor], var square = second[tensor] else { continue }
      var weights = network[tensor]
      for i in slope.indices {
        let g = Float(slope[i])
        mean[i] = keep.first * mean[i] + take.first * g
        square[i] = keep.second * square[i] + take.second * (g * g)
        weights[i] -= size * (mean[i] / (square[i].squareRoot() / correction + Self.epsilon))
      }
      first[tensor] = mean
      second[tensor] = square
      network[tensor] = weights
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

extension NetworkGradient {
  /// Scales the gradient down to a norm of about `maximum`, by PyTorch's formula.
  ///
  /// - Returns: the norm before that.
  mutating func clip(to maximum: Double) -> Double {
    let norm = norm
    let factor = maximum / (norm + 1e-6)
    if factor < 1 { scale(by: factor) }
    return norm
  }
}
