extension MessagePassingNetwork {
  /// Loss and gradient in training mode: batch norm takes the statistics of this graph.
  ///
  /// The bits do not depend on the number of threads.
  public func trainingPass(
    on graph: MessageGraph, positiveWeight: Float, focusing: Float = 0, threads: Int = 1,
    kernels: Kernels = .current
  ) -> MessageTrainingPass {
    var network = self
    let step = network.step(
      graph, loss: EdgeLoss(positiveWeight: positiveWeight, focusing: focusing),
      context: kernels.context(threads: threads))
    let gradients = tensors.indices.filter(isTrained).map { tensor in
      NamedTensor(
        name: tensors[tensor].name, shape: tensors[tensor].shape,
        values: step.gradient[tensor].map { Float($0) })
    }
    return MessageTrainingPass(
      loss: step.loss,
      logits: step.logit.array(first: graph.edgeCount),
      gradients: gradients, network: network)
  }

  /// Logits of a graph's edges in the order of the graph that it was made of.
  public func logits(
    graph: MessageGraph, threads: Int = 1, kernels: Kernels = .current
  ) -> [Float] {
    logits(graph, context: kernels.context(threads: threads)).scattered(to: graph.edgeOrder)
  }

  /// Forward and backward; moves the running statistics on.
  mutating func step(
    _ graph: MessageGraph, loss: EdgeLoss, context: ComputeContext
  ) -> TrainingStep {
    let run = MessageRun(self, graph: graph, context: context, isTraining: true)
    var gradient = tensors.indices.map { tensor in
      [Double](repeating: 0, count: isTrained(tensor) ? tensors[tensor].values.count : 0)
    }
    let result = run.step(loss: loss, to: &gradient)
    updateRunningStatistics(with: result.history)
    return TrainingStep(loss: result.loss, logit: run.logitTable, gradient: gradient)
  }

  func evaluation(
    _ graph: MessageGraph, loss: EdgeLoss, context: ComputeContext
  ) -> (loss: Double, logit: FloatBuffer) {
    let run = MessageRun(self, graph: graph, context: context, isTraining: false)
    let logit = run.logits(running: runningStatistics)
    return (run.loss(of: logit, loss: loss, gradient: nil), logit)
  }

  func logits(_ graph: MessageGraph, context: ComputeContext) -> FloatBuffer {
    MessageRun(self, graph: graph, context: context, isTraining: false)
      .logits(running: runningStatistics)
  }

  var isStandardised: Bool {
    let means = [MessagePassingLayout.nodeMean, MessagePassingLayout.edgeMean]
    let scales = [MessagePassingLayout.nodeScale, MessagePassingLayout.edgeScale]
    return means.contains { self[$0].contains { $0 != 0 } }
      || scales.contains { self[$0].contains { $0 != 1 } }
  }

  mutating func standardise(by moments: InputMoments) {
    func take(_ columns: InputMoments.Columns, _ mean: Int, _ scale: Int) {
      guard columns.count > 0 else { return }
      self[mean] = columns.mean.map { Float($0) }
      self[scale] = columns.deviation.map { $0 > 1e-9 ? Float(1 / $0) : 1 }
    }
    take(moments.node, MessagePassingLayout.nodeMean, MessagePassingLayout.nodeScale)
    take(moments.edge, MessagePassingLayout.edgeMean, MessagePassingLayout.edgeScale)
  }

  // MARK: - Running statistics

  /// As a forward run takes them in evaluation.
  private var runningStatistics: MessageRun.History {
    var history = MessageRun.History()
    history.nodeEncoder = running(layout.nodeEncoder)
    history.edgeEncoder = running(layout.edgeEncoder)
    history.edges = layout.passes.map { running($0.edges) }
    history.nodes = layout.passes.map { running($0.nodes) }
    history.output = running(layout.output)
    return history
  }

  private func running(_ shape: PerceptronShape) -> BatchStatistics? {
    guard shape.norm == .batch else { return nil }
    var statistics = BatchStatistics()
    for layer in 0..<shape.hiddenLayers {
      let first = shape.tensor(ofLayer: layer)
      statistics.append(
        mean: self[first + 4].map(Double.init), variance: self[first + 5].map(Double.init),
        width: Perceptron.padded(shape.hidden))
    }
    return statistics
  }

  private mutating func updateRunningStatistics(with history: MessageRun.History) {
    update(layout.nodeEncoder, history.nodeEncoder)
    update(layout.edgeEncoder, history.edgeEncoder)
    for (index, pass) in layout.passes.enumerated() {
      update(pass.edges, history.edges[index])
      update(pass.nodes, history.nodes[index])
    }
    update(layout.output, history.output)
  }

  /// A tenth of the way to the batch's, the variance unbiased.
  private mutating func update(_ shape: PerceptronShape, _ statistics: BatchStatistics?) {
    guard let statistics, statistics.rows > 1 else { return }
    let unbiased = Double(statistics.rows) / Double(statistics.rows - 1)
    for layer in 0..<shape.hiddenLayers {
      let first = shape.tensor(ofLayer: layer)
      for k in 0..<shape.hidden {
        let mean = 0.9 * Double(self[first + 4][k]) + 0.1 * statistics.mean[layer][k]
        let variance =
          0.9 * Double(self[first + 5][k]) + 0.1 * unbiased * statistics.variance[layer][k]
        tensors[first + 4].values[k] = Float(mean)
        tensors[first + 5].values[k] = Float(variance)
      }
    }
  }
}

/// What one forward and backward pass over a graph gives.
public struct MessageTrainingPass: Sendable {
  /// Mean of the weighted loss over the edges that count.
  public var loss: Double
  /// Of the edges in the message graph's order, with batch statistics.
  public var logits: [Float]
  /// Of the trained tensors; clipped by nothing.
  public var gradients: [NamedTensor]
  /// The network with its running statistics moved on, its weights unchanged.
  public var network: MessagePassingNetwork
}
