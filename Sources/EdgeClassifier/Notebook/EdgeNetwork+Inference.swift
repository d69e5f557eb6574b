import GraphConstruction

extension EdgeNetwork {
  /// Logits of a graph's edges in the graph's order, with the running statistics.
  public func logits(
    graph: HitGraph, threads: Int = 1, kernels: Kernels = .current
  ) -> [Float] {
    let isOnePass = configuration.passes == 1
    let prepared =
      isOnePass ? PreparedGraph(forLogits: graph) : PreparedGraph(graph, threads: threads)
    let loop = EdgeLoop(graph: prepared, context: kernels.context(threads: threads))
    let logit = logits(loop)
    return isOnePass
      ? logit.array(first: graph.edgeCount)
      : logit.scattered(to: prepared.edgeOrder)
  }

  /// The chance of each edge to be true, in the graph's order, with the running statistics.
  public func probabilities(
    graph: HitGraph, threads: Int = 1, kernels: Kernels = .current
  ) -> [Float] {
    kernels.probabilities(of: logits(graph: graph, threads: threads, kernels: kernels))
  }

  /// Mean loss over a graph's edges and their logits in the prepared order (evaluation mode).
  ///
  /// The loss is 0 for a graph without edges that count.
  public func evaluation(
    on graph: PreparedGraph, positiveWeight: Float, focusing: Float = 0, threads: Int = 1,
    kernels: Kernels = .current
  ) -> (loss: Double, logits: [Float]) {
    let loop = EdgeLoop(graph: graph, context: kernels.context(threads: threads))
    let result = evaluation(
      loop, loss: EdgeLoss(positiveWeight: positiveWeight, focusing: focusing))
    return (result.loss, result.logit.array(first: graph.edgeCount))
  }

  func evaluation(
    _ loop: EdgeLoop, loss: EdgeLoss
  ) -> (loss: Double, logit: FloatBuffer) {
    let logit = logits(loop)
    let sum = loop.loss(of: logit, loss: loss)
    return (sum / Double(max(loop.countedEdges, 1)), logit)
  }

  private func logits(_ loop: EdgeLoop) -> FloatBuffer {
    let layer = FoldedLayer(self, statistics: nil)
    var x = loop.graph.features
    for pass in 1..<configuration.passes {
      let perceptron = NodePerceptron(self, loop: loop, width: layer.width)
      x = perceptron.forward(x, logit: loop.logits(layer, x), pass: pass).output
    }
    return loop.logits(layer, x)
  }
}
