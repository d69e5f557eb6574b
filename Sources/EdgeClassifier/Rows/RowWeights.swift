import CNumericKernels

/// A row network's weights as a training step takes them, and the layout of its gradient.
///
/// Rows go through the layers one below the other, [rows][width], where a layer's outputs are padded
/// with zeros to the kernels' step. A gradient is, layer by layer, that of the weight the other way
/// round, [inputs][width], and that of the bias, [width]; of the last layer it is [width of the last
/// hidden layer] and one value.
struct RowWeights {
  /// Its pointers are to buffers that `RowWeights` holds.
  struct Layer {
    let inputs: Int
    let outputs: Int
    /// Outputs with padding.
    let width: Int
    /// Places in a gradient.
    let weight: Int
    let bias: Int
    /// [inputs][width].
    let forward: UnsafeMutablePointer<Float>
    /// [outputs][width of the layer before], to take a gradient back; of the first layer empty.
    let backward: UnsafeMutablePointer<Float>
    /// [width].
    let shift: UnsafeMutablePointer<Float>
  }

  /// All but the last.
  let hidden: [Layer]
  private let buffers: [FloatBuffer]
  /// Of the last layer, [width of the last hidden layer].
  let logitWeight: FloatBuffer
  let logitBias: FloatBuffer
  let mean: FloatBuffer
  let scale: FloatBuffer
  /// Places of the last layer's weight and bias in a gradient.
  let logitWeightPlace: Int
  let logitBiasPlace: Int
  /// Floats of a gradient.
  let size: Int

  var inputs: Int { hidden[0].inputs }

  /// Room for a network's weights; `take` fills it.
  init(_ network: RowNetwork) {
    var place = 0
    var hidden: [Layer] = []
    var buffers: [FloatBuffer] = []
    for index in 0..<network.layers - 1 {
      let (inputs, outputs) = (network.sizes[index], network.sizes[index + 1])
      let width = Perceptron.padded(outputs)
      let own = [inputs * width, outputs * (hidden.last?.width ?? 0), width].map {
        FloatBuffer(count: $0)
      }
      hidden.append(
        Layer(
          inputs: inputs, outputs: outputs, width: width, weight: place,
          bias: place + inputs * width, forward: own[0].base, backward: own[1].base,
          shift: own[2].base))
      buffers += own
      place += (inputs + 1) * width
    }
    let width = hidden[hidden.count - 1].width
    self.hidden = hidden
    self.buffers = buffers
    logitWeight = FloatBuffer(count: width)
    logitBias = FloatBuffer(count: 1)
    logitWeightPlace = place
    logitBiasPlace = place + width
    size = place + width + Int(TFK_WIDTH_STEP)
    mean = FloatBuffer(network.mean)
    scale = FloatBuffer(network.scale)
    take(network)
  }

  /// Copies the network's weights; its mean and scale stay those that it was made with.
  func take(_ network: RowNetwork) {
    for (index, layer) in hidden.enumerated() {
      let before = index == 0 ? 0 : hidden[index - 1].width
      network.tensors[RowNetwork.weightIndex(index)].values.withUnsafeBufferPointer { weight in
        for output in 0..<layer.outputs {
          for input in 0..<layer.inputs {
            let value = weight[output * layer.inputs + input]
            layer.forward[input * layer.width + output] = value
            if index > 0 { layer.backward[output * before + input] = value }
          }
        }
      }
      copy(network.tensors[RowNetwork.weightIndex(index) + 1], to: layer.shift)
    }
    copy(network.tensors[RowNetwork.weightIndex(hidden.count)], to: logitWeight.base)
    copy(network.tensors[RowNetwork.weightIndex(hidden.count) + 1], to: logitBias.base)
  }

  private func copy(_ tensor: NamedTensor, to place: UnsafeMutablePointer<Float>) {
    for (index, value) in tensor.values.enumerated() { place[index] = value }
  }

  /// A gradient's values by the network's tensors; empty for mean and scale.
  func byTensor(_ gradient: UnsafeBufferPointer<Double>) -> [[Double]] {
    var tensors: [[Double]] = [[], []]
    for layer in hidden {
      let count = layer.inputs * layer.outputs
      tensors.append(
        [Double](unsafeUninitializedCapacity: count) { values, filled in
          for input in 0..<layer.inputs {
            let from = layer.weight + input * layer.width
            for output in 0..<layer.outputs {
              values[output * layer.inputs + input] = gradient[from + output]
            }
          }
          filled = count
        })
      tensors.append(Array(gradient[layer.bias..<layer.bias + layer.outputs]))
    }
    let last = hidden[hidden.count - 1].outputs
    tensors.append(Array(gradient[logitWeightPlace..<logitWeightPlace + last]))
    tensors.append([gradient[logitBiasPlace]])
    return tensors
  }
}
