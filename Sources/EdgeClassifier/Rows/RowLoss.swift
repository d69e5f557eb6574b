import CNumericKernels

/// The loss of many rows and its gradient, on some threads.
///
/// Rows are cut into blocks of a fixed size whose sums are added up in their order, so the number of
/// threads changes no bit.
final class RowLoss {
  /// Rows of a block.
  static let block = 256

  private let weights: RowWeights
  private let threads: Int
  private let passes: [RowPass]
  /// Gradients of the blocks of one batch, [blocks][size].
  private let sums: FloatBuffer
  private var losses: [Double]
  private var total: [Double]

  /// - Parameter batch: rows of a step at most.
  init(_ network: RowNetwork, batch: Int, threads: Int, kernels: Kernels) {
    let weights = RowWeights(network)
    let blocks = (batch + Self.block - 1) / Self.block
    self.weights = weights
    self.threads = threads
    passes = (0..<threads).map { _ in RowPass(weights, kernels: kernels.table) }
    sums = FloatBuffer(count: blocks * weights.size)
    losses = [Double](repeating: 0, count: blocks)
    total = [Double](repeating: 0, count: weights.size)
  }

  /// Copies the network's weights; mean and scale stay as they were.
  func take(_ network: RowNetwork) { weights.take(network) }

  /// Sum of the weighted losses of a batch, and the gradient of their mean by the network's tensors.
  func gradient(
    _ table: UnsafePointer<tfk_row_table>, _ order: UnsafeBufferPointer<UInt32>
  ) -> (loss: Double, gradient: [[Double]]) {
    guard let rows = order.baseAddress else { return (0, []) }
    let blocks = blocks(of: order.count, size: Self.block)
    let scale = 1 / Float(order.count)
    losses.withUnsafeMutableBufferPointer { losses in
      nonisolated(unsafe) let losses = losses
      forEach(blocks.count, threads: threads) { block, worker in
        losses[block] = passes[worker].train(
          table, rows + blocks[block].lowerBound, count: blocks[block].count, scale: scale,
          sums: sums.base + block * weights.size)
      }
    }
    return total.withUnsafeMutableBufferPointer { total in
      total.update(repeating: 0)
      for block in blocks.indices {
        let sums = UnsafeBufferPointer(
          start: sums.base + block * weights.size, count: weights.size)
        for place in 0..<total.count { total[place] += Double(sums[place]) }
      }
      return (
        losses[..<blocks.count].reduce(0, +), weights.byTensor(UnsafeBufferPointer(total))
      )
    }
  }

  /// Sum of the weighted losses of all of a table's rows, and their logits.
  func evaluate(_ rows: RowTable) -> (loss: Double, logits: FloatBuffer) {
    let blocks = blocks(of: rows.count, size: Self.block)
    let logits = FloatBuffer(count: rows.count)
    var losses = [Double](repeating: 0, count: blocks.count)
    losses.withUnsafeMutableBufferPointer { losses in
      nonisolated(unsafe) let losses = losses
      rows.withKernelTable { table in
        forEach(blocks.count, threads: threads) { block, worker in
          let order = blocks[block].map { UInt32($0) }
          losses[block] = passes[worker].evaluate(
            table, order, count: order.count, logits: logits.base + blocks[block].lowerBound)
        }
      }
    }
    return (losses.reduce(0, +), logits)
  }
}
