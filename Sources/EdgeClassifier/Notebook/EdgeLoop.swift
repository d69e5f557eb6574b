import CNumericKernels

/// The loops over a graph's edges and nodes, cut into fixed pieces that threads pick up.
struct EdgeLoop {
  let graph: PreparedGraph
  let context: ComputeContext

  var kernels: UnsafePointer<tfk_kernels> { context.kernels }
  var threads: Int { context.threads }
  var workspace: Workspace { context.workspace }

  static let features = EdgeTensor.features

  /// Sums over a node's edges of the logit's gradient where the hidden value is above 0.
  struct GradientSums {
    /// Over the edges that end at a node, [nodes][width].
    let end: FloatBuffer
    /// Over the edges that start at a node, [nodes][width].
    let start: FloatBuffer
    /// Sums over nodes of each feature times the node's row, then of the row alone,
    /// [features + 1][width].
    let endProduct: [Double]
    let startProduct: [Double]
    /// Sum of the logit's gradient over all edges.
    let logit: Double
  }

  /// P and Q of every node, [nodes][width] each.
  func nodeTerms(_ layer: FoldedLayer, _ x: FloatBuffer) -> (end: FloatBuffer, start: FloatBuffer) {
    let end = workspace.buffer("end term", count: graph.nodeCount * layer.width)
    let start = workspace.buffer("start term", count: graph.nodeCount * layer.width)
    let parts = blocks(of: graph.nodeCount)
    forEach(parts.count, threads: threads) { part in
      let nodes = parts[part]
      project(
        nodes, x, inputs: Self.features, layer.endWeight, layer.endBias, width: layer.width, to: end
      )
      project(
        nodes, x, inputs: Self.features, layer.startWeight, layer.startBias, width: layer.width,
        to: start)
    }
    return (end, start)
  }

  /// Logits of all edges, in the prepared order.
  func logits(_ layer: FoldedLayer, _ x: FloatBuffer) -> FloatBuffer {
    let logit = workspace.buffer("logit", count: graph.edgeCount)
    withEdges(layer, x) { edges, nodes, _ in
      kernels.pointee.edge_logits(
        edges, Int64(nodes.lowerBound), Int64(nodes.upperBound), logit.base)
    }
    return logit
  }

  /// Sum of the loss over the edges, without its gradient.
  func loss(of logit: FloatBuffer, loss: EdgeLoss) -> Double {
    var sums = [Double](repeating: 0, count: graph.partitions.count)
    withTarget(loss) { target in
      sums.withUnsafeMutableBufferPointer { sums in
        forEach(sums.count, threads: threads) { part in
          let edges = edges(of: graph.partitions[part])
          sums[part] = kernels.pointee.edge_loss(
            target, Int64(edges.lowerBound), Int64(edges.count), logit.base, nil)
        }
      }
    }
    return sums.reduce(0, +)
  }

  /// Edges that count in the loss.
  var countedEdges: Int { graph.weights?.countedEdges ?? graph.edgeCount }

  /// Logits, the loss's sum, and its gradient with respect to the logits and to the node terms.
  func lossPass(
    _ layer: FoldedLayer, _ x: FloatBuffer, loss: EdgeLoss
  ) -> (logit: FloatBuffer, loss: Double, logitGradient: FloatBuffer, sums: GradientSums) {
    let logit = workspace.buffer("logit", count: graph.edgeCount)
    let gradient = workspace.buffer("logit gradient", count: graph.edgeCount)
    let slab = workspace.buffer("slab", count: graph.slotCount * layer.width)
    let start = workspace.buffer("start sums", count: graph.nodeCount * layer.width)
    // Of each partition its loss and its sum of the gradient.
    var sums = [SIMD2<Double>](repeating: .zero, count: graph.partitions.count)
    withTarget(loss) { target in
      sums.withUnsafeMutableBufferPointer { sums in
        withEdges(layer, x) { edges, nodes, part in
          clear(slab, part: part, width: layer.width)
          let loss = kernels.pointee.edge_pass(
            edges, target, Int64(nodes.lowerBound), Int64(nodes.upperBound), logit.base,
            gradient.base, slab.base, start.base)
          sums[part] = SIMD2(loss, sum(of: gradient, over: self.edges(of: nodes)))
        }
      }
    }
    let total = sums.reduce(.zero, +)
    return (
      logit, total.x, gradient,
      gradientSums(slab, start, x, width: layer.width, logit: total.y)
    )
  }

  /// The gradient sums of a pass whose logits have a given gradient.
  func gradientPass(
    _ layer: FoldedLayer, _ x: FloatBuffer, logitGradient: FloatBuffer
  ) -> GradientSums {
    let slab = workspace.buffer("slab", count: graph.slotCount * layer.width)
    let start = workspace.buffer("start sums", count: graph.nodeCount * layer.width)
    var sums = [Double](repeating: 0, count: graph.partitions.count)
    sums.withUnsafeMutableBufferPointer { sums in
      withEdges(layer, x) { edges, nodes, part in
        clear(slab, part: part, width: layer.width)
        kernels.pointee.edge_gradient(
          edges, Int64(nodes.lowerBound), Int64(nodes.upperBound), logitGradient.base, slab.base,
          start.base)
        sums[part] = sum(of: logitGradient, over: self.edges(of: nodes))
      }
    }
    return gradientSums(slab, start, x, width: layer.width, logit: sums.reduce(0, +))
  }

  // MARK: - Pieces

  private func edges(of nodes: Range<Int>) -> Range<Int> {
    Int(graph.firstEdge[nodes.lowerBound])..<Int(graph.firstEdge[nodes.upperBound])
  }

  private func clear(_ slab: FloatBuffer, part: Int, width: Int) {
    let rows = graph.partitionSlots[part]
    (slab.base + rows.lowerBound * width).update(repeating: 0, count: rows.count * width)
  }

  /// Adds up the partitions' rows, and multiplies both sums by the features while they are near.
  private func gradientSums(
    _ slab: FloatBuffer, _ start: FloatBuffer, _ x: FloatBuffer, width: Int, logit: Double
  ) -> GradientSums {
    let end = workspace.buffer("end sums", count: graph.nodeCount * width)
    let parts = blocks(of: graph.nodeCount)
    let size = (Self.features + 1) * width
    let products = workspace.buffer("gradient products", count: parts.count * 2 * size)
    forEach(parts.count, threads: threads) { part in
      let nodes = parts[part]
      kernels.pointee.sum_rows(
        slab.base, graph.firstSlot, graph.slots, nil, 0, Int64(nodes.lowerBound),
        Int64(nodes.upperBound), Int32(width), end.base)
      let product = products.base + part * 2 * size
      outerSum(nodes, end, x, inputs: Self.features, width: width, to: product)
      outerSum(nodes, start, x, inputs: Self.features, width: width, to: product + size)
    }
    let total = sumOfBlocks(products, count: parts.count, size: 2 * size)
    return GradientSums(
      end: end, start: start, endProduct: Array(total[..<size]),
      startProduct: Array(total[size...]),
      logit: logit)
  }

  private func withTarget(
    _ loss: EdgeLoss, _ body: (UnsafePointer<tfk_edge_target>) -> Void
  ) {
    loss.withTarget(label: graph.label, weights: graph.weights, body)
  }

  private func withEdges(
    _ layer: FoldedLayer, _ x: FloatBuffer,
    _ body: (UnsafePointer<tfk_edge_layer>, Range<Int>, Int) -> Void
  ) {
    let terms = nodeTerms(layer, x)
    graph.firstEdge.withUnsafeBufferPointer { firstEdge in
      graph.end.withUnsafeBufferPointer { end in
        graph.slot.withUnsafeBufferPointer { slot in
          var edges = tfk_edge_layer(
            end_term: terms.end.base, start_term: terms.start.base, weight: layer.logitWeight.base,
            bias: layer.logitBias, width: Int32(layer.width), first_edge: firstEdge.baseAddress,
            end: end.baseAddress, slot: slot.baseAddress)
          withUnsafePointer(to: &edges) { edges in
            forEach(graph.partitions.count, threads: threads) { part in
              body(edges, graph.partitions[part], part)
            }
          }
        }
      }
    }
  }
}
