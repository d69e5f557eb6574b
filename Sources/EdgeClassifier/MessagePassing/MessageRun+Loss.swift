import CNumericKernels

extension MessageRun {
  /// Forward, loss and backward; the logits are in their table then.
  ///
  /// Without batch norm a tile goes through the output, the loss and back in one go.
  func step(loss: EdgeLoss, to gradient: inout [[Double]]) -> (loss: Double, history: History) {
    var history = forwardStates()
    let slopes = context.workspace.buffer("logit gradient", count: graph.edgeCount)
    if configuration.norm == .batch {
      history.output = outputLogits()
      let total = self.loss(of: logitTable, loss: loss, gradient: slopes)
      backward(
        history, slope: { tile, _ in UnsafePointer(slopes.base + tile.first) }, to: &gradient)
      return (total, history)
    }
    projectOutputTerms()
    let logit = logitTable
    let put = logitRows(to: logit)
    var sums = [Double](repeating: 0, count: edges.blocks.count)
    loss.withTarget(label: graph.label, weights: graph.weights) { target in
      sums.withUnsafeMutableBufferPointer { sums in
        backward(
          history,
          slope: { tile, active in
            put(tile, active)
            sums[tile.block] += context.kernels.pointee.edge_loss(
              target, Int64(tile.first), Int64(tile.count), logit.base, slopes.base)
            return UnsafePointer(slopes.base + tile.first)
          }, to: &gradient)
      }
    }
    return (mean(sums), history)
  }

  /// Mean loss over the edges that count, and its gradient with respect to the logits.
  ///
  /// 0 for a graph without such edges.
  func loss(of logit: FloatBuffer, loss: EdgeLoss, gradient: FloatBuffer?) -> Double {
    var sums = [Double](repeating: 0, count: edges.blocks.count)
    loss.withTarget(label: graph.label, weights: graph.weights) { target in
      sums.withUnsafeMutableBufferPointer { sums in
        forEach(sums.count, threads: context.threads) { block in
          let rows = edges.blocks[block]
          sums[block] = context.kernels.pointee.edge_loss(
            target, Int64(rows.lowerBound), Int64(rows.count), logit.base, gradient?.base)
        }
      }
    }
    return mean(sums)
  }

  private func mean(_ sums: [Double]) -> Double {
    sums.reduce(0, +) / Double(max(graph.weights?.countedEdges ?? graph.edgeCount, 1))
  }
}
