/// Hidden rows of a perceptron: of a tile for each worker, or of all rows where batch norm has to
/// see them all before any goes on.
struct PerceptronScratch {
  /// Before and, in place, after the norm: by hidden layer.
  let normalised: [FloatBuffer]
  /// Behind the rectifier.
  let active: [FloatBuffer]
  /// Gradients.
  let gradient: [FloatBuffer]
  /// Factors of the layer norm.
  let inverse: [FloatBuffer]
  let width: Int
  let isWhole: Bool

  init(_ perceptron: Perceptron, loop: RowLoop, isWhole: Bool) {
    let context = perceptron.context
    let rows =
      isWhole ? loop.rows : loop.workers(threads: context.threads) * RowLoop.tileRows
    let width = perceptron.width
    func buffers(_ name: String, _ columns: Int) -> [FloatBuffer] {
      (0..<perceptron.shape.hiddenLayers).map { layer in
        context.workspace.buffer(
          "\(isWhole ? "all" : "tile") \(name) \(layer)", count: rows * columns)
      }
    }
    normalised = buffers("normalised", width)
    active = buffers("active", width)
    gradient = buffers("gradient", width)
    inverse = buffers("inverse", 1)
    self.width = width
    self.isWhole = isWhole
  }

  func rows(_ buffer: FloatBuffer, _ tile: RowTile) -> UnsafeMutablePointer<Float> {
    buffer.base + row(tile) * width
  }

  func factors(_ layer: Int, _ tile: RowTile) -> UnsafeMutablePointer<Float> {
    inverse[layer].base + row(tile)
  }

  private func row(_ tile: RowTile) -> Int {
    isWhole ? tile.first : tile.worker * RowLoop.tileRows
  }
}

/// Mean and spread of the hidden layers' outputs over the rows of a batch.
struct BatchStatistics {
  /// By hidden layer, [hidden], the variance biased.
  var mean: [[Double]] = []
  var variance: [[Double]] = []
  /// As the kernels take them, [width].
  var means: [FloatBuffer] = []
  var inverses: [FloatBuffer] = []
  var rows = 0

  mutating func append(mean: [Double], variance: [Double], width: Int) {
    let means = FloatBuffer(count: width)
    let inverses = FloatBuffer(count: width)
    for k in mean.indices {
      means.base[k] = Float(mean[k])
      inverses.base[k] = Float(1 / (variance[k] + 1e-5).squareRoot())
    }
    self.mean.append(mean)
    self.variance.append(variance)
    self.means.append(means)
    self.inverses.append(inverses)
  }
}

/// Sums of gradients in a perceptron's packed layout, apart for each block of rows.
struct GradientBlocks {
  private let buffer: FloatBuffer
  private let size: Int
  private let blocks: Int

  /// - Parameter name: those in use at the same time have different ones.
  init(_ size: Int, loop: RowLoop, workspace: Workspace, name: String = "weights") {
    self.size = (size + 15) / 16 * 16
    blocks = loop.blocks.count
    buffer = workspace.buffer("\(name) gradient blocks", count: blocks * self.size)
    buffer.base.update(repeating: 0, count: blocks * self.size)
  }

  func sums(_ tile: RowTile) -> UnsafeMutablePointer<Float> { buffer.base + tile.block * size }

  /// The blocks' sums of `count` numbers from an offset on, added in the blocks' order.
  func total(_ count: Int, from offset: Int = 0) -> [Double] {
    var total = [Double](repeating: 0, count: count)
    for block in 0..<blocks {
      let sums = buffer.base + block * size + offset
      total.withUnsafeMutableBufferPointer { total in
        for i in total.indices { total[i] += Double(sums[i]) }
      }
    }
    return total
  }
}
