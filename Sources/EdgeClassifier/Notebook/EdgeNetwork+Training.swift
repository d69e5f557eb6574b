import CNumericKernels

/// What one forward and backward pass over an event's graph gives.
public struct TrainingPass: Sendable {
  /// Mean of the weighted loss over the edges that count.
  public var loss: Double
  /// Of the edges in the prepared order, with batch statistics.
  public var logits: [Float]
  /// Of the tensors that the loss depends on; clipped by nothing.
  public var gradients: [NamedTensor]
  /// The network with its running statistics moved on, its weights unchanged.
  public var network: EdgeNetwork
}

extension EdgeNetwork {
  /// Loss and gradient in training mode: batch norm takes the statistics of this graph's edges.
  ///
  /// The bits do not depend on the number of threads.
  /// - Parameter graph: with two edges at least.
  public func trainingPass(
    on graph: PreparedGraph, positiveWeight: Float, focusing: Float = 0, threads: Int = 1,
    kernels: Kernels = .current
  ) -> TrainingPass {
    var network = self
    let loop = EdgeLoop(graph: graph, context: kernels.context(threads: threads))
    let step = network.step(
      loop, loss: EdgeLoss(positiveWeight: positiveWeight, focusing: focusing))
    return TrainingPass(
      loss: step.loss, logits: step.logit.array(first: graph.edgeCount),
      gradients: step.gradient.tensors, network: network)
  }

  struct Step {
    var loss: Double
    /// In the workspace: valid until its next use.
    var logit: FloatBuffer
    var gradient: NetworkGradient
  }

  /// What the backward pass needs of each forward one.
  private struct Pass {
    var x: FloatBuffer
    var statistics: EdgeInputStatistics
    var layer: FoldedLayer
    /// Absent in the last pass.
    var nodes: NodePerceptron.Activations?
  }

  /// Forward and backward; moves the running statistics on.
  mutating func step(_ loop: EdgeLoop, loss: EdgeLoss) -> Step {
    let graph = loop.graph
    precondition(graph.edgeCount > 1, "batch statistics need two edges")
    let passes = configuration.passes
    var gradient = NetworkGradient(hidden: configuration.hidden, nodes: passes > 1)
    var history: [Pass] = []
    var x = graph.features
    for index in 0..<passes {
      let statistics =
        index == 0
        ? graph.statistics
        : EdgeInputStatistics(
          features: x, edges: graph.structure, startSumsWanted: true, threads: loop.threads)
      let layer = FoldedLayer(self, statistics: statistics)
      updateRunningStatistics(with: layer, edges: graph.edgeCount)
      history.append(Pass(x: x, statistics: statistics, layer: layer))
      if index < passes - 1 {
        let perceptron = NodePerceptron(self, loop: loop, width: layer.width)
        let nodes = perceptron.forward(x, logit: loop.logits(layer, x), pass: index)
        history[index].nodes = nodes
        x = nodes.output
      }
    }

    let last = history[passes - 1]
    let final = loop.lossPass(last.layer, last.x, loss: loss)
    let logitGradient = final.logitGradient
    var sums = final.sums
    // With respect to features and summed logits that a node perceptron was given.
    var nodeGradient: FloatBuffer?
    for (index, pass) in history.enumerated().reversed() {
      if let nodeGradient {
        loop.spreadToEdges(
          nodeGradient, column: NodePerceptron.features, of: NodePerceptron.inputs,
          to: logitGradient)
        sums = loop.gradientPass(pass.layer, pass.x, logitGradient: logitGradient)
      }
      let backward = EdgeLayerBackward(
        loop: loop, layer: pass.layer, statistics: pass.statistics, sums: sums, x: pass.x)
      let norm = backward.addWeights(of: self, to: &gradient)
      guard index > 0, let nodes = history[index - 1].nodes else { break }
      let output = backward.featureGradient(of: self, gain: norm.gain, shift: norm.shift)
      let perceptron = NodePerceptron(self, loop: loop, width: pass.layer.width)
      if let nodeGradient {
        perceptron.addFeatures(of: nodeGradient, to: output, gradient: &gradient)
      }
      nodeGradient = perceptron.backward(nodes, output: output, to: &gradient)
    }
    return Step(
      loss: final.loss / Double(max(loop.countedEdges, 1)), logit: final.logit, gradient: gradient)
  }
}
