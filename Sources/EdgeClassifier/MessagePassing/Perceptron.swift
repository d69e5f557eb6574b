import CNumericKernels

/// A perceptron's weights in the layout that the kernels take.
///
/// Weights are turned to [inputs][outputs], the outputs padded with zeros to the kernels' step; the
/// other way round, for the backward pass, they lie in `transposed`. Sums of gradients have the
/// layout of `packed`.
struct Perceptron {
  struct Layer {
    let inputs: Int
    let outputs: Int
    /// Outputs with padding.
    let width: Int
    /// Places in `packed`.
    let weight: Int
    let bias: Int
    /// Place of the norm's gain, the shift behind it; nil without a norm.
    let gain: Int?
  }

  typealias Rows = UnsafeMutablePointer<Float>

  let shape: PerceptronShape
  let context: ComputeContext
  /// Of the hidden rows, with padding.
  let width: Int
  let layers: [Layer]
  /// Floats of `packed`.
  let size: Int
  private let packed: FloatBuffer
  private let transposed: FloatBuffer
  /// 1, and 0 in the padding, [width].
  private let mask: FloatBuffer
  /// First input of each segment.
  private let segmentStart: [Int]
  /// Place in `transposed` of each segment of the first layer, then of each further layer.
  private let turned: [Int]

  static func padded(_ width: Int) -> Int {
    let step = Int(TFK_WIDTH_STEP)
    return (width + step - 1) / step * step
  }

  init(_ shape: PerceptronShape, tensors: [NamedTensor], context: ComputeContext) {
    self.shape = shape
    self.context = context
    width = Self.padded(shape.hidden)
    var place = 0
    var layers: [Layer] = []
    for index in 0..<shape.layers {
      let inputs = shape.inputs(ofLayer: index)
      let outputs = shape.outputs(ofLayer: index)
      let width = Self.padded(outputs)
      let bias = place + inputs * width
      let hasNorm = index < shape.layers - 1 && shape.norm != .none
      layers.append(
        Layer(
          inputs: inputs, outputs: outputs, width: width, weight: place, bias: bias,
          gain: hasNorm ? bias + width : nil))
      place = bias + (hasNorm ? 3 : 1) * width
    }
    self.layers = layers
    size = place
    packed = FloatBuffer(count: size)
    mask = FloatBuffer(count: width)
    for k in 0..<shape.hidden { mask.base[k] = 1 }
    var starts: [Int] = []
    var turned: [Int] = []
    var next = 0
    var end = 0
    for segment in shape.segments {
      starts.append(next)
      turned.append(end)
      next += segment
      end += shape.hidden * Self.padded(segment)
    }
    for layer in layers.dropFirst() {
      turned.append(end)
      end += layer.outputs * Self.padded(layer.inputs)
    }
    segmentStart = starts
    self.turned = turned
    transposed = FloatBuffer(count: end)
    for index in layers.indices { fill(index, from: tensors) }
  }

  private func fill(_ index: Int, from tensors: [NamedTensor]) {
    let layer = layers[index]
    let first = shape.tensor(ofLayer: index)
    let values = packed.base
    tensors[first].values.withUnsafeBufferPointer { weight in
      for output in 0..<layer.outputs {
        for input in 0..<layer.inputs {
          values[layer.weight + input * layer.width + output] =
            weight[output * layer.inputs + input]
        }
      }
      let parts =
        index == 0
        ? shape.segments.indices.map { (segmentStart[$0], shape.segments[$0], turned[$0]) }
        : [(0, layer.inputs, turned[shape.segments.count + index - 1])]
      for (start, count, place) in parts {
        let stride = Self.padded(count)
        for output in 0..<layer.outputs {
          for input in 0..<count {
            transposed.base[place + output * stride + input] =
              weight[output * layer.inputs + start + input]
          }
        }
      }
    }
    for output in 0..<layer.outputs {
      values[layer.bias + output] = tensors[first + 1].values[output]
      guard let gain = layer.gain else { continue }
      values[gain + output] = tensors[first + 2].values[output]
      values[gain + layer.width + output] = tensors[first + 3].values[output]
    }
  }

  func norm(_ index: Int) -> tfk_norm {
    let gain = layers[index].gain.map { packed.base + $0 }
    return tfk_norm(
      gain: gain, shift: gain.map { $0 + width }, mask: mask.base, width: Int32(width),
      real: Int32(shape.hidden), rectified: 1)
  }

  // MARK: - Products of tiles

  /// rows = the layer's bias.
  func fillBias(_ layer: Int, rows: Rows, count: Int) {
    context.kernels.pointee.combine_rows(
      bias(layer), nil, nil, nil, nil, Int64(count), Int32(layers[layer].width), rows)
  }

  /// rows += x times the first layer's weights for a segment.
  func addProduct(_ x: UnsafePointer<Float>, stride: Int, segment: Int, count: Int, to rows: Rows) {
    context.multiply(
      a: x, row: stride, b: packed.base + segmentStart[segment] * width, row: width, c: rows,
      row: width, rows: count, depth: shape.segments[segment], width: width)
  }

  /// Adds to the gradient at a segment's input what the gradient at the first layer's output gives.
  func addBack(_ gradient: UnsafePointer<Float>, segment: Int, count: Int, to x: Rows) {
    let stride = Self.padded(shape.segments[segment])
    context.multiply(
      a: gradient, row: width, b: transposed.base + turned[segment], row: stride, c: x,
      row: stride, rows: count, depth: shape.hidden, width: stride)
  }

  /// Adds the gradient of a segment's weights to sums in the packed layout.
  func addWeightGradient(
    _ x: UnsafePointer<Float>, stride: Int, segment: Int, gradient: UnsafePointer<Float>,
    count: Int, to sums: Rows
  ) {
    context.multiply(
      a: x, row: 1, step: stride, b: gradient, row: width,
      c: sums + segmentStart[segment] * width, row: width, rows: shape.segments[segment],
      depth: count, width: width)
  }

  /// rows += bias + x times the weights of a layer behind the first.
  func addLayer(_ layer: Int, _ x: UnsafePointer<Float>, count: Int, to rows: Rows) {
    let to = layers[layer]
    context.multiply(
      a: x, row: width, b: packed.base + to.weight, row: to.width, c: rows, row: to.width,
      rows: count, depth: to.inputs, width: to.width)
  }

  /// A layer's bias, [width].
  func bias(_ layer: Int) -> UnsafePointer<Float> {
    UnsafePointer(packed.base + layers[layer].bias)
  }

  /// The last layer's bias.
  var outputBias: UnsafePointer<Float> { bias(layers.count - 1) }

  /// Takes a gradient back through a layer behind the first, and adds that of its weights.
  func layerBack(
    _ layer: Int, gradient: UnsafePointer<Float>, x: UnsafePointer<Float>, count: Int,
    to back: Rows, sums: Rows
  ) {
    let from = layers[layer]
    context.multiply(
      a: x, row: 1, step: width, b: gradient, row: from.width, c: sums + from.weight,
      row: from.width, rows: from.inputs, depth: count, width: from.width)
    back.update(repeating: 0, count: count * width)
    context.multiply(
      a: gradient, row: from.width,
      b: transposed.base + turned[shape.segments.count + layer - 1], row: width, c: back,
      row: width, rows: count, depth: from.outputs, width: width)
  }

  /// Adds the gradient of a layer's bias.
  func addBiasGradient(_ layer: Int, gradient: UnsafePointer<Float>, count: Int, to sums: Rows) {
    context.kernels.pointee.column_sums(
      gradient, Int64(count), Int32(layers[layer].width), sums + layers[layer].bias)
  }

  // MARK: - Gradient

  /// Adds sums in the packed layout to the network's gradient.
  func add(_ sums: [Double], to gradient: inout [[Double]]) {
    for (index, layer) in layers.enumerated() {
      let first = shape.tensor(ofLayer: index)
      for output in 0..<layer.outputs {
        for input in 0..<layer.inputs {
          gradient[first][output * layer.inputs + input] +=
            sums[layer.weight + input * layer.width + output]
        }
        // Batch norm takes a shift away again, so the bias before it has the gradient 0.
        if layer.gain == nil || shape.norm == .layer {
          gradient[first + 1][output] += sums[layer.bias + output]
        }
        guard let gain = layer.gain else { continue }
        gradient[first + 2][output] += sums[gain + output]
        gradient[first + 3][output] += sums[gain + layer.width + output]
      }
    }
  }
}

extension ComputeContext {
  /// c += a b, see `tfk_product`.
  func multiply(
    a: UnsafePointer<Float>, row aRow: Int, step aStep: Int = 1, b: UnsafePointer<Float>,
    row bRow: Int, c: UnsafeMutablePointer<Float>, row cRow: Int, rows: Int, depth: Int, width: Int
  ) {
    var product = tfk_product(
      a: a, a_row: Int64(aRow), a_step: Int64(aStep), b: b, b_row: Int64(bRow), c: c,
      c_row: Int64(cRow), rows: Int64(rows), depth: Int64(depth), width: Int32(width))
    kernels.pointee.multiply(&product)
  }
}
