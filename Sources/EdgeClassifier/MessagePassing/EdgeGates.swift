import CNumericKernels

/// The gates through which an edge goes into the sums of its two nodes.
///
/// Gate 0 opens it for the sum over the outgoing edges of its start, gate 1 for that over the
/// incoming edges of its end.
struct EdgeGates {
  /// [2][width].
  let weight: FloatBuffer
  /// [2].
  private let bias: FloatBuffer
  private let hidden: Int
  let width: Int
  private let tensor: Int

  init(_ tensor: Int, of network: MessagePassingNetwork) {
    self.tensor = tensor
    hidden = network.configuration.hidden
    width = Perceptron.padded(hidden)
    weight = FloatBuffer(count: 2 * width)
    for gate in 0..<2 {
      for k in 0..<hidden {
        weight.base[gate * width + k] = network[tensor][gate * hidden + k]
      }
    }
    bias = FloatBuffer(network[tensor + 1])
  }

  /// How far the gates of some edges are open, [count][2].
  func open(
    _ states: UnsafePointer<Float>, count: Int, kernels: UnsafePointer<tfk_kernels>,
    to out: UnsafeMutablePointer<Float>
  ) {
    kernels.pointee.project_back(
      states, Int64(count), Int32(width), weight.base, bias.base, 2, out)
    kernels.pointee.sigmoid(out, Int64(2 * count), out)
  }

  /// Adds sums [2][width] of the weight's gradient and [2] of the bias's, in this order.
  func add(_ blocks: GradientBlocks, to gradient: inout [[Double]]) {
    let total = blocks.total(2 * width + 2)
    for gate in 0..<2 {
      for k in 0..<hidden { gradient[tensor][gate * hidden + k] += total[gate * width + k] }
      gradient[tensor + 1][gate] += total[2 * width + gate]
    }
  }
}
