import CNumericKernels

/// The node perceptron: forward to the next pass's features, and backward.
struct NodePerceptron {
  static let features = EdgeTensor.features
  static let inputs = EdgeTensor.features + 1

  let loop: EdgeLoop
  let width: Int
  private let hidden: Int
  /// [6][width] and [width]: to the hidden row.
  private let inputWeight: FloatBuffer
  private let inputBias: FloatBuffer
  /// [5][width] and [5]: from the hidden row.
  private let outputWeight: FloatBuffer
  private let outputBias: FloatBuffer

  /// What the backward pass needs of a forward one.
  struct Activations {
    /// Features and summed logit, [nodes][6].
    let input: FloatBuffer
    /// [nodes][width].
    let hidden: FloatBuffer
    /// [nodes][5].
    let output: FloatBuffer
  }

  init(_ network: EdgeNetwork, loop: EdgeLoop, width: Int) {
    self.loop = loop
    self.width = width
    hidden = network.configuration.hidden
    inputWeight = FloatBuffer(count: Self.inputs * width)
    inputBias = FloatBuffer(count: width)
    outputWeight = FloatBuffer(count: Self.features * width)
    outputBias = FloatBuffer(network[.featureBias])
    for k in 0..<hidden {
      inputBias.base[k] = network[.nodeBias][k]
      for i in 0..<Self.inputs {
        inputWeight.base[i * width + k] = network[.nodeWeight][k * Self.inputs + i]
      }
      for i in 0..<Self.features {
        outputWeight.base[i * width + k] = network[.featureWeight][i * hidden + k]
      }
    }
  }

  /// - Parameter pass: of which the logits are; its activations live until its next call.
  func forward(_ x: FloatBuffer, logit: FloatBuffer, pass: Int) -> Activations {
    let nodes = loop.graph.nodeCount
    let input = loop.workspace.buffer("node input \(pass)", count: nodes * Self.inputs)
    for node in 0..<nodes {
      for i in 0..<Self.features {
        input.base[node * Self.inputs + i] = x.base[node * Self.features + i]
      }
    }
    loop.sumIncoming(logit, to: input, column: Self.features, of: Self.inputs)
    let hidden = loop.workspace.buffer("node hidden \(pass)", count: nodes * width)
    loop.project(
      input, inputs: Self.inputs, inputWeight, inputBias, width: width, rectified: true, to: hidden)
    let output = loop.workspace.buffer("node output \(pass)", count: nodes * Self.features)
    loop.projectBack(
      hidden, width: width, outputWeight, outputBias, outputs: Self.features, to: output)
    return Activations(input: input, hidden: hidden, output: output)
  }

  /// Adds the gradient of the perceptron's tensors but the last bias; see `addFeatures`.
  ///
  /// - Parameter output: gradient with respect to the output, [nodes][5].
  /// - Returns: gradient with respect to the input, [nodes][6].
  func backward(
    _ activations: Activations, output: FloatBuffer, to gradient: inout NetworkGradient
  ) -> FloatBuffer {
    let nodes = loop.graph.nodeCount
    let toOutput = loop.outerSum(
      activations.hidden, output, inputs: Self.features, width: width)
    let rows = loop.workspace.buffer("node hidden gradient", count: nodes * width)
    loop.project(
      output, inputs: Self.features, outputWeight, FloatBuffer(count: width), width: width,
      to: rows)
    loop.gate(rows, by: activations.hidden, width: width)
    let toHidden = loop.outerSum(rows, activations.input, inputs: Self.inputs, width: width)
    for k in 0..<hidden {
      gradient[.nodeBias][k] += toHidden[Self.inputs * width + k]
      for i in 0..<Self.inputs {
        gradient[.nodeWeight][k * Self.inputs + i] += toHidden[i * width + k]
      }
      for i in 0..<Self.features {
        gradient[.featureWeight][i * hidden + k] += toOutput[i * width + k]
      }
    }
    let input = loop.workspace.buffer("node input gradient", count: nodes * Self.inputs)
    loop.projectBack(
      rows, width: width, inputWeight, FloatBuffer(count: Self.inputs), outputs: Self.inputs,
      to: input)
    return input
  }

  /// Adds to the gradient of the output [nodes][5] what the next node update takes of it.
  ///
  /// - Parameter input: gradient of the next update's input, [nodes][6].
  ///
  ///
  /// The last bias has its gradient from here alone: a shift of all features moves no logit in
  /// training, since batch norm takes it away again. Summing what the edges give would leave
  /// rounding in place of that 0, which Adam would blow up to whole steps.
  func addFeatures(
    of input: FloatBuffer, to output: FloatBuffer, gradient: inout NetworkGradient
  ) {
    for node in 0..<loop.graph.nodeCount {
      for i in 0..<Self.features {
        let value = input.base[node * Self.inputs + i]
        output.base[node * Self.features + i] += value
        gradient[.featureBias][i] += Double(value)
      }
    }
  }
}
