import CNumericKernels

/// The edge perceptron's linear layer with batch norm folded in, as a sum of two node terms.
///
/// The layer is linear in the nodes' features, so its normalised output is P[end] + Q[start] with
/// P and Q linear in one node's features. With W = [A, B, C] acting on [x_end, x_start, x_start -
/// x_end], V = [A - C, B + C] acts on [x_end, x_start].
struct FoldedLayer {
  static let inputs = EdgeInputStatistics.inputs
  static let features = EdgeTensor.features

  /// Hidden width padded with zeros to what the kernels take.
  let width: Int
  /// [hidden][10].
  let combined: [Double]
  /// Of the layer's output without bias over the edges, [hidden]; in evaluation the running one.
  let mean: [Double]
  /// Biased, [hidden].
  let variance: [Double]
  /// 1 / sqrt(variance + 1e-5), [hidden].
  let inverseDeviation: [Double]
  /// Batch-norm weight times inverse deviation, [hidden].
  let scale: [Double]
  /// Weights [5][width] and bias [width] that make P of the features, and Q.
  let endWeight: FloatBuffer
  let endBias: FloatBuffer
  let startWeight: FloatBuffer
  let startBias: FloatBuffer
  /// Weights from the hidden row to the logit, [width], and its bias.
  let logitWeight: FloatBuffer
  let logitBias: Float

  /// - Parameter statistics: of the batch in training; nil takes the running ones.
  init(_ network: EdgeNetwork, statistics: EdgeInputStatistics?) {
    let hidden = network.configuration.hidden
    let step = Int(TFK_WIDTH_STEP)
    let width = (hidden + step - 1) / step * step
    let combined = Self.combined(network[.edgeWeight], hidden: hidden)
    var mean = [Double](repeating: 0, count: hidden)
    var variance = mean
    if let statistics {
      for k in 0..<hidden {
        let row = combined[k * Self.inputs..<(k + 1) * Self.inputs]
        mean[k] = zip(row, statistics.mean).reduce(0) { $0 + $1.0 * $1.1 }
        let product = statistics.covarianceTimes(Array(row))
        variance[k] = max(0, zip(row, product).reduce(0) { $0 + $1.0 * $1.1 })
      }
    } else {
      // The running mean is of the output with its bias.
      let bias = network[.edgeBias]
      mean = network[.runningMean].indices.map {
        Double(network[.runningMean][$0]) - Double(bias[$0])
      }
      variance = network[.runningVariance].map(Double.init)
    }
    self.width = width
    self.combined = combined
    self.mean = mean
    self.variance = variance
    inverseDeviation = variance.map { 1 / ($0 + 1e-5).squareRoot() }
    let gain = network[.normWeight]
    let inverse = inverseDeviation
    scale = gain.indices.map { Double(gain[$0]) * inverse[$0] }
    endWeight = FloatBuffer(count: Self.features * width)
    endBias = FloatBuffer(count: width)
    startWeight = FloatBuffer(count: Self.features * width)
    startBias = FloatBuffer(count: width)
    logitWeight = FloatBuffer(count: width)
    logitBias = network[.logitBias][0]
    let shift = network[.normBias]
    let toLogit = network[.logitWeight]
    for k in 0..<hidden {
      var endMean = 0.0
      for i in 0..<Self.features {
        let toEnd = combined[k * Self.inputs + i]
        endWeight.base[i * width + k] = Float(scale[k] * toEnd)
        startWeight.base[i * width + k] =
          Float(scale[k] * combined[k * Self.inputs + Self.features + i])
        if let statistics { endMean += toEnd * statistics.mean[i] }
      }
      endBias.base[k] = Float(-scale[k] * endMean)
      startBias.base[k] = Float(Double(shift[k]) - scale[k] * (mean[k] - endMean))
      logitWeight.base[k] = toLogit[k]
    }
  }

  /// V from the layer's weights [hidden][15].
  private static func combined(_ weight: [Float], hidden: Int) -> [Double] {
    var combined = [Double](repeating: 0, count: hidden * inputs)
    for k in 0..<hidden {
      for i in 0..<features {
        let row = k * 3 * features + i
        let difference = Double(weight[row + 2 * features])
        combined[k * inputs + i] = Double(weight[row]) - difference
        combined[k * inputs + features + i] = Double(weight[row + features]) + difference
      }
    }
    return combined
  }
}

extension EdgeInputStatistics {
  /// covariance v, [10].
  func covarianceTimes(_ v: [Double]) -> [Double] {
    (0..<Self.inputs).map { i in
      var sum = 0.0
      for j in 0..<Self.inputs { sum += covariance[i * Self.inputs + j] * v[j] }
      return sum
    }
  }
}

extension EdgeNetwork {
  /// Moves the running statistics a tenth of the way to a batch's, the variance unbiased.
  mutating func updateRunningStatistics(with layer: FoldedLayer, edges: Int) {
    let bias = self[.edgeBias]
    let unbiased = Double(edges) / Double(edges - 1)
    var runningMean = self[.runningMean]
    var runningVariance = self[.runningVariance]
    for k in bias.indices {
      let mean = layer.mean[k] + Double(bias[k])
      runningMean[k] = Float(0.9 * Double(runningMean[k]) + 0.1 * mean)
      runningVariance[k] =
        Float(0.9 * Double(runningVariance[k]) + 0.1 * unbiased * layer.variance[k])
    }
    self[.runningMean] = runningMean
    self[.runningVariance] = runningVariance
  }
}
