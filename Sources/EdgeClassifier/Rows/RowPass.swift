import CNumericKernels

/// One worker's way through a row network and back, a tile of rows at a time.
final class RowPass {
  /// Rows that go through the network together; what lies between stays in the cache.
  static let tile = 64

  private let kernels: UnsafePointer<tfk_kernels>
  private let weights: RowWeights
  /// An array of its own: threads that count references to the same one wait for each other.
  private let hidden: [RowWeights.Layer]
  /// Standardised features, [tile][inputs].
  private let features: FloatBuffer
  /// Behind the rectifier, by hidden layer, [tile][width].
  private let active: [FloatBuffer]
  /// The loss's gradient before the rectifier, by hidden layer, [tile][width].
  private let gradient: [FloatBuffer]
  private let logit = FloatBuffer(count: tile)
  private let slope = FloatBuffer(count: tile)
  private let weight = FloatBuffer(count: tile)
  private var label = [UInt8](repeating: 0, count: tile)

  init(_ weights: RowWeights, kernels: UnsafePointer<tfk_kernels>) {
    self.kernels = kernels
    self.weights = weights
    hidden = weights.hidden.map { $0 }
    features = FloatBuffer(count: Self.tile * weights.inputs)
    active = weights.hidden.map { FloatBuffer(count: Self.tile * $0.width) }
    gradient = weights.hidden.map { FloatBuffer(count: Self.tile * $0.width) }
  }

  /// Sum of the weighted losses of some of a table's rows.
  ///
  /// - Parameters:
  ///   - order: the rows' numbers in the table, [count].
  ///   - scale: factor on the gradient.
  ///   - sums: takes the gradient, in the layout of `RowWeights`; what is in it is written over.
  func train(
    _ table: UnsafePointer<tfk_row_table>, _ order: UnsafePointer<UInt32>, count: Int,
    scale: Float, sums: UnsafeMutablePointer<Float>
  ) -> Double {
    sums.update(repeating: 0, count: weights.size)
    var loss = 0.0
    for first in stride(from: 0, to: count, by: Self.tile) {
      let rows = min(Self.tile, count - first)
      forward(table, order + first, count: rows)
      loss += self.loss(count: rows, scale: scale, gradient: slope.base)
      backward(count: rows, sums: sums)
    }
    return loss
  }

  /// The same without a gradient; the logits, [count], are written.
  func evaluate(
    _ table: UnsafePointer<tfk_row_table>, _ order: UnsafePointer<UInt32>, count: Int,
    logits: UnsafeMutablePointer<Float>
  ) -> Double {
    var loss = 0.0
    for first in stride(from: 0, to: count, by: Self.tile) {
      let rows = min(Self.tile, count - first)
      forward(table, order + first, count: rows)
      loss += self.loss(count: rows, scale: 1, gradient: nil)
      (logits + first).update(from: logit.base, count: rows)
    }
    return loss
  }

  private func forward(
    _ table: UnsafePointer<tfk_row_table>, _ order: UnsafePointer<UInt32>, count: Int
  ) {
    kernels.pointee.gather_rows(
      table, order, Int64(count), weights.mean.base, weights.scale.base, features.base, &label,
      weight.base)
    var input = features.base
    var stride = weights.inputs
    for (index, layer) in hidden.enumerated() {
      var call = tfk_layer(
        product: tfk_product(
          a: input, a_row: Int64(stride), a_step: 1, b: layer.forward,
          b_row: Int64(layer.width), c: active[index].base, c_row: Int64(layer.width),
          rows: Int64(count), depth: Int64(layer.inputs), width: Int32(layer.width)),
        bias: layer.shift, gate: nil, has_row_bias: 0, rectified: 1)
      kernels.pointee.layer(&call)
      input = active[index].base
      stride = layer.width
    }
    kernels.pointee.project_back(
      input, Int64(count), Int32(stride), weights.logitWeight.base, weights.logitBias.base, 1,
      logit.base)
  }

  private func loss(
    count: Int, scale: Float, gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    label.withUnsafeBufferPointer { label in
      var target = tfk_edge_target(
        label: label.baseAddress, weight: weight.base, positive_weight: 1, focusing: 0,
        scale: scale)
      return kernels.pointee.edge_loss(&target, 0, Int64(count), logit.base, gradient)
    }
  }

  /// From the logits' slopes to the sums over the rows of every weight's gradient.
  private func backward(count: Int, sums: UnsafeMutablePointer<Float>) {
    let last = hidden.count - 1
    kernels.pointee.logit_back(
      slope.base, weights.logitWeight.base, active[last].base, Int64(count),
      Int32(hidden[last].width), gradient[last].base, sums + weights.logitWeightPlace)
    for row in 0..<count { sums[weights.logitBiasPlace] += slope.base[row] }
    for index in stride(from: last, through: 0, by: -1) {
      let layer = hidden[index]
      let width = Int64(layer.width)
      kernels.pointee.column_sums(
        gradient[index].base, Int64(count), Int32(width), sums + layer.bias)
      let input = index == 0 ? features.base : active[index - 1].base
      let inputWidth = index == 0 ? layer.inputs : hidden[index - 1].width
      var product = tfk_product(
        a: input, a_row: 1, a_step: Int64(inputWidth), b: gradient[index].base, b_row: width,
        c: sums + layer.weight, c_row: width, rows: Int64(layer.inputs), depth: Int64(count),
        width: Int32(width))
      kernels.pointee.multiply(&product)
      guard index > 0 else { break }
      var call = tfk_layer(
        product: tfk_product(
          a: gradient[index].base, a_row: width, a_step: 1, b: layer.backward,
          b_row: Int64(inputWidth), c: gradient[index - 1].base, c_row: Int64(inputWidth),
          rows: Int64(count), depth: Int64(layer.outputs), width: Int32(inputWidth)),
        bias: nil, gate: active[index - 1].base, has_row_bias: 0, rectified: 0)
      kernels.pointee.layer(&call)
    }
  }
}
