import CNumericKernels

/// Logits of a row network for tiles of rows that lie feature by feature.
///
/// ```
///   features            hidden              logits
///   [inputs][stride] -> [outputs][tile] …-> [count]
/// ```
/// A row's logit depends on its features alone: not on its place in the tile, nor on the other rows.
/// One object serves one thread; `copy()` makes one for another thread that shares the weights.
package final class RowInference {
  /// Rows that go through the network together; their hidden values stay in the first cache.
  package static let tile = 64

  /// A layer's weights as they are used: mean and scale of the inputs are in the first.
  ///
  /// Plain pointers: to count references to shared buffers would have the threads wait for each other.
  private struct Layer {
    let inputs: Int
    let outputs: Int
    /// [outputs][inputs].
    let weight: UnsafePointer<Float>
    /// [outputs].
    let bias: UnsafePointer<Float>
  }

  package let inputs: Int
  private let kernels: Kernels
  private let layers: [Layer]
  /// What the layers point to.
  private let buffers: [FloatBuffer]
  /// Hidden values of the layer before and of this one, [outputs][tile].
  private let even: FloatBuffer
  private let odd: FloatBuffer

  package init(network: RowNetwork, kernels: Kernels = .current) {
    self.kernels = kernels
    inputs = network.inputs
    let tensors = (0..<network.layers).map { layer in
      let values =
        layer == 0 ? network.foldedFirstLayer : (network.weight(layer), network.bias(layer))
      return (weight: FloatBuffer(values.0), bias: FloatBuffer(values.1))
    }
    layers = tensors.enumerated().map { layer, tensors in
      Layer(
        inputs: network.sizes[layer], outputs: network.sizes[layer + 1],
        weight: UnsafePointer(tensors.weight.base), bias: UnsafePointer(tensors.bias.base))
    }
    buffers = tensors.flatMap { [$0.weight, $0.bias] }
    let widest = network.sizes.dropFirst().reduce(1, max)
    even = FloatBuffer(count: widest * Self.tile)
    odd = FloatBuffer(count: widest * Self.tile)
  }

  private init(sharing other: RowInference) {
    kernels = other.kernels
    inputs = other.inputs
    layers = other.layers.map { $0 }
    buffers = other.buffers
    even = FloatBuffer(count: other.even.count)
    odd = FloatBuffer(count: other.odd.count)
  }

  /// An object for another thread.
  package func copy() -> RowInference { RowInference(sharing: self) }

  /// The logits of up to `tile` rows.
  ///
  /// - Parameters:
  ///   - features: [inputs][stride]; each feature is read up to the next multiple of 16 rows, where
  ///     anything may stand.
  ///   - stride: floats from one feature to the next.
  ///   - count: rows.
  ///   - logits: [count], and no more is written.
  package func logits(
    _ features: UnsafePointer<Float>, stride: Int, count: Int,
    into logits: UnsafeMutablePointer<Float>
  ) {
    let step = Int(TFK_WIDTH_STEP)
    let width = (count + step - 1) / step * step
    precondition(width <= Self.tile && width <= stride, "a tile's rows at most")
    var input = features
    var inputStride = stride
    for (index, layer) in layers.enumerated() {
      let output = index % 2 == 0 ? even.base : odd.base
      var call = tfk_layer(
        product: tfk_product(
          a: layer.weight, a_row: Int64(layer.inputs), a_step: 1, b: input,
          b_row: Int64(inputStride), c: output, c_row: Int64(Self.tile),
          rows: Int64(layer.outputs), depth: Int64(layer.inputs), width: Int32(width)),
        bias: layer.bias, gate: nil, has_row_bias: 1,
        rectified: index < layers.count - 1 ? 1 : 0)
      kernels.table.pointee.layer(&call)
      input = UnsafePointer(output)
      inputStride = Self.tile
    }
    logits.update(from: input, count: count)
  }
}

extension RowNetwork {
  /// Weight and bias of the first layer for inputs that are not standardised.
  fileprivate var foldedFirstLayer: ([Float], [Float]) {
    var weight = self.weight(0)
    var bias = self.bias(0)
    for output in bias.indices {
      var shift = 0.0
      for input in 0..<inputs {
        let factor = Double(weight[output * inputs + input]) * Double(scale[input])
        weight[output * inputs + input] = Float(factor)
        shift += factor * Double(mean[input])
      }
      bias[output] = Float(Double(bias[output]) - shift)
    }
    return (weight, bias)
  }
}
