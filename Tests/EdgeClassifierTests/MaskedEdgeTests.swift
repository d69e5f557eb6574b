import EdgeClassifier
import Testing

/// Edges of the weight 0 are messages' ways, but nothing is asked of them.
struct MaskedEdgeTests {
  static let configuration = MessagePassingConfiguration(
    nodeInputs: 3, edgeInputs: 2, hidden: 5, passes: 2)

  private func graph(seed: UInt64) -> PlainMessageGraph {
    PlainMessageGraph.random(
      nodes: 20, edges: 70, for: Self.configuration, isWeighted: true, seed: seed)
  }

  private func flipped(_ graph: PlainMessageGraph) -> PlainMessageGraph {
    var flipped = graph
    for edge in graph.isTrue.indices where graph.weight?[edge] == 0 {
      flipped.isTrue[edge].toggle()
    }
    return flipped
  }

  @Test("Their labels change neither loss nor gradient", arguments: [0, 2] as [Float])
  func gradient(focusing: Float) throws {
    let network = try MessagePassingNetwork.random(Self.configuration, seed: 1)
    let graph = graph(seed: 2)
    #expect(graph.isTrue != flipped(graph).isTrue)
    for kernels in Kernels.available {
      let passes = try [graph, flipped(graph)].map {
        network.trainingPass(
          on: try $0.prepared(), positiveWeight: 3, focusing: focusing, kernels: kernels)
      }
      #expect(passes[0].loss == passes[1].loss)
      #expect(passes[0].gradients == passes[1].gradients)
    }
  }

  @Test("Their labels change nothing in a training's records, its AUC and accuracy included")
  func training() throws {
    let model = EdgeModel.messagePassing(
      try MessagePassingNetwork(configuration: Self.configuration, seed: 1), HitFeatureList())
    func train(_ change: (PlainMessageGraph) -> PlainMessageGraph) throws -> EdgeTrainer {
      let graphs = try (0..<4).map {
        TrainingGraph.messagePassing(try change(graph(seed: $0)).prepared())
      }
      var trainer = try EdgeTrainer(model: model, options: TrainingOptions(epochs: 3))
      while !trainer.isDone {
        try trainer.runEpoch(training: Array(graphs[..<3]), validation: [graphs[3]])
      }
      return trainer
    }
    let (one, other) = (try train { $0 }, try train(flipped))
    #expect(one.curve == other.curve)
    #expect(one.state == other.state)
    #expect(one.positiveWeight == other.positiveWeight)
    #expect(one.curve.allSatisfy { $0.auc != nil && $0.validationAUC != nil })
  }

  @Test("The notebook's network passes over their labels too")
  func notebook() throws {
    let graph = TrainingPieces.hitGraphs[1]
    var flipped = graph
    var values = [Float](repeating: 1, count: graph.edgeCount)
    for edge in stride(from: 0, to: graph.edgeCount, by: 3) {
      values[edge] = 0
      flipped.label[edge] = 1 - flipped.label[edge]
    }
    let network = try SmallGraphs.network(hidden: 4, passes: 2, seed: 3)
    let passes = [graph, flipped].map {
      let weights = EdgeWeights(values: values, label: $0.label)
      return network.trainingPass(
        on: PreparedGraph($0, weights: weights), positiveWeight: 2, focusing: 1)
    }
    #expect(passes[0].loss == passes[1].loss)
    #expect(passes[0].gradients == passes[1].gradients)
    #expect(passes[0].network == passes[1].network)
  }
}
