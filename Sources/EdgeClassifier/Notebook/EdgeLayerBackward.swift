/// The backward pass of the edge perceptron, from sums over edges to weights and node features.
///
/// With g = the gradient at the normalised, scaled and shifted output, batch norm's is
/// s (g - mean(g) - zhat mean(g zhat)). The kernels sum g over the edges of a node; products of
/// these sums with the features, and the covariance of the inputs, give all the rest.
struct EdgeLayerBackward {
  static let inputs = EdgeInputStatistics.inputs
  static let features = EdgeTensor.features

  let loop: EdgeLoop
  let layer: FoldedLayer
  let statistics: EdgeInputStatistics
  let sums: EdgeLoop.GradientSums
  let x: FloatBuffer

  /// Adds the gradient of the edge perceptron's tensors.
  ///
  /// - Returns: the batch-norm weight's and bias's part in this pass, [hidden] each.
  func addWeights(
    of network: EdgeNetwork, to gradient: inout NetworkGradient
  ) -> (gain: [Double], shift: [Double]) {
    let width = layer.width
    let end = sums.endProduct
    let start = sums.startProduct
    let gain = network[.normWeight]
    let shift = network[.normBias]
    let toLogit = network[.logitWeight]
    var gains = [Double](repeating: 0, count: gain.count)
    var shifts = gains
    for k in gain.indices {
      let plain = end[Self.features * width + k]
      // Sums over edges of the open gate's gradient times u - mean.
      var moments = [Double](repeating: 0, count: Self.inputs)
      for i in 0..<Self.features {
        moments[i] = end[i * width + k] - statistics.mean[i] * plain
        moments[Self.features + i] =
          start[i * width + k]
          - statistics.mean[Self.features + i] * start[Self.features * width + k]
      }
      let row = Array(layer.combined[k * Self.inputs..<(k + 1) * Self.inputs])
      let normalised =
        layer.inverseDeviation[k] * zip(row, moments).reduce(0) { $0 + $1.0 * $1.1 }
      let weight = Double(toLogit[k])
      gains[k] = weight * normalised
      shifts[k] = weight * plain
      gradient[.normWeight][k] += gains[k]
      gradient[.normBias][k] += shifts[k]
      gradient[.logitWeight][k] += Double(gain[k]) * normalised + Double(shift[k]) * plain
      let correction = statistics.covarianceTimes(row)
      for i in 0..<Self.features {
        let toEnd = derivative(k, i, weight, moments, gains[k], correction)
        let toStart = derivative(k, Self.features + i, weight, moments, gains[k], correction)
        let place = k * 3 * Self.features + i
        gradient[.edgeWeight][place] += toEnd
        gradient[.edgeWeight][place + Self.features] += toStart
        gradient[.edgeWeight][place + 2 * Self.features] += toStart - toEnd
      }
    }
    // Batch norm takes the bias away again: its gradient is exactly 0.
    gradient[.logitBias][0] += sums.logit
    return (gains, shifts)
  }

  private func derivative(
    _ k: Int, _ input: Int, _ weight: Double, _ moments: [Double], _ gain: Double,
    _ correction: [Double]
  ) -> Double {
    layer.scale[k]
      * (weight * moments[input] - gain * layer.inverseDeviation[k] * correction[input])
  }

  /// The gradient with respect to the node features, [nodes][5].
  func featureGradient(
    of network: EdgeNetwork, gain: [Double], shift: [Double]
  ) -> FloatBuffer {
    let width = layer.width
    let nodes = loop.graph.nodeCount
    let features = Self.features
    let toLogit = network[.logitWeight]
    let endWeight = FloatBuffer(count: features * width)
    let startWeight = FloatBuffer(count: features * width)
    let zero = FloatBuffer(count: features)
    let edges = Double(loop.graph.edgeCount)
    // What batch norm's two means take away: a constant an edge, and a product with its input.
    var constant = [Double](repeating: 0, count: Self.inputs)
    var product = [Double](repeating: 0, count: Self.inputs * Self.inputs)
    for k in toLogit.indices {
      let row = Array(layer.combined[k * Self.inputs..<(k + 1) * Self.inputs])
      for i in 0..<features {
        endWeight.base[i * width + k] = foldedWeight(k, row[i], toLogit)
        startWeight.base[i * width + k] = foldedWeight(k, row[features + i], toLogit)
      }
      let factor = layer.scale[k] * gain[k] * layer.inverseDeviation[k] / edges
      for i in 0..<Self.inputs {
        constant[i] += row[i] * layer.scale[k] * shift[k] / edges
        for j in 0..<Self.inputs { product[i * Self.inputs + j] += factor * row[i] * row[j] }
      }
    }
    let asEnd = loop.workspace.buffer("end feature gradient", count: nodes * features)
    let asStart = loop.workspace.buffer("start feature gradient", count: nodes * features)
    loop.projectBack(sums.end, width: width, endWeight, zero, outputs: features, to: asEnd)
    loop.projectBack(sums.start, width: width, startWeight, zero, outputs: features, to: asStart)
    let parts = blocks(of: nodes)
    forEach(parts.count, threads: loop.threads) { part in
      var inputs = [Double](repeating: 0, count: 2 * Self.inputs)
      for node in parts[part] {
        let degree = sumInputs(of: node, to: &inputs)
        for i in 0..<features {
          var sum = Double(asEnd.base[node * features + i])
          sum += Double(asStart.base[node * features + i])
          sum -= degree.end * constant[i] + degree.start * constant[features + i]
          for j in 0..<Self.inputs {
            sum -= product[i * Self.inputs + j] * inputs[j]
            sum -= product[(features + i) * Self.inputs + j] * inputs[Self.inputs + j]
          }
          asEnd.base[node * features + i] = Float(sum)
        }
      }
    }
    return asEnd
  }

  private func foldedWeight(_ k: Int, _ combined: Double, _ toLogit: [Float]) -> Float {
    Float(layer.scale[k] * Double(toLogit[k]) * combined)
  }

  /// Sums of u - mean over the edges that end at a node, then over those that start there.
  private func sumInputs(
    of node: Int, to inputs: inout [Double]
  ) -> (end: Double, start: Double) {
    let features = Self.features
    let graph = loop.graph
    let asEnd = Double(graph.firstIncoming[node + 1] - graph.firstIncoming[node])
    let asStart = Double(graph.firstEdge[node + 1] - graph.firstEdge[node])
    for i in 0..<features {
      let value = Double(x.base[node * features + i])
      inputs[i] = asEnd * (value - statistics.mean[i])
      inputs[features + i] = statistics.startSums[node * features + i]
      inputs[Self.inputs + i] = statistics.endSums[node * features + i]
      inputs[Self.inputs + features + i] = asStart * (value - statistics.mean[features + i])
    }
    return (asEnd, asStart)
  }
}
