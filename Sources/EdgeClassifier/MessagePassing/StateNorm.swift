import CNumericKernels

/// A layer norm of states, without a rectifier.
struct StateNorm {
  private let gain: FloatBuffer
  private let shift: FloatBuffer
  private let mask: FloatBuffer
  private let context: ComputeContext
  private let hidden: Int
  let width: Int
  /// Place of its weight among the network's tensors.
  let tensor: Int

  init(_ tensor: Int, of network: MessagePassingNetwork, context: ComputeContext) {
    self.tensor = tensor
    self.context = context
    hidden = network.configuration.hidden
    width = Perceptron.padded(hidden)
    gain = FloatBuffer(count: width)
    shift = FloatBuffer(count: width)
    mask = FloatBuffer(count: width)
    for k in 0..<hidden {
      gain.base[k] = network[tensor][k]
      shift.base[k] = network[tensor + 1][k]
      mask.base[k] = 1
    }
  }

  private var norm: tfk_norm {
    tfk_norm(
      gain: gain.base, shift: shift.base, mask: mask.base, width: Int32(width),
      real: Int32(hidden), rectified: 0)
  }

  func forward(
    _ rows: UnsafePointer<Float>, count: Int, normalised: UnsafeMutablePointer<Float>,
    inverse: UnsafeMutablePointer<Float>, to out: UnsafeMutablePointer<Float>
  ) {
    var norm = norm
    context.kernels.pointee.layer_norm(&norm, rows, Int64(count), normalised, inverse, out)
  }

  /// - Parameter sums: of gain and shift, [2][width].
  func backward(
    _ gradient: UnsafeMutablePointer<Float>, normalised: UnsafePointer<Float>,
    inverse: UnsafePointer<Float>, count: Int, sums: UnsafeMutablePointer<Float>
  ) {
    var norm = norm
    context.kernels.pointee.layer_norm_back(
      &norm, gradient, normalised, inverse, Int64(count), sums, sums + width)
  }

  func add(_ blocks: GradientBlocks, to gradient: inout [[Double]]) {
    let total = blocks.total(2 * width)
    for k in 0..<hidden {
      gradient[tensor][k] += total[k]
      gradient[tensor + 1][k] += total[width + k]
    }
  }
}
