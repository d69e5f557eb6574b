import EdgeClassifier
import GraphConstruction

/// A network of several passes: states of 64 numbers, four passes with weights of their own.
enum MessagePassingBenchmarks {
  static let features = HitFeatureList(node: [.x, .y, .z, .r, .phi])
  static let configuration = MessagePassingConfiguration(
    nodeInputs: features.node.count, edgeInputs: features.edge.count, hidden: 64, passes: 4)

  static func model() throws -> EdgeModel {
    .messagePassing(try MessagePassingNetwork(configuration: configuration, seed: 1), features)
  }

  /// Forward, backward and optimiser over one event.
  static func step(_ graph: HitGraph, threads: Int) throws -> Benchmark {
    var trainer = try EdgeTrainer(
      model: model(), options: TrainingOptions(aucEvery: 0, threads: threads))
    let prepared = [try trainer.model.prepared(graph)]
    return Benchmark(
      name: "message passing, step", unit: "edges", items: graph.edgeCount, threads: threads,
      operations: stepOperations(graph),
      run: { consume(try trainer.runEpoch(training: prepared)) })
  }

  /// Those of the products forward and twice that backward; what the backward pass computes anew
  /// instead of storing it is not counted.
  static func stepOperations(_ graph: HitGraph) -> Double { 6 * operations(graph) }

  static func inference(_ graph: HitGraph, threads: Int) throws -> Benchmark {
    let model = try model()
    return Benchmark(
      name: "message passing, inference", unit: "edges", items: graph.edgeCount, threads: threads,
      operations: 2 * operations(graph),
      run: { consume(model.probabilities(graph: graph, threads: threads)) })
  }

  private static func operations(_ graph: HitGraph) -> Double {
    Double(configuration.multiplyAdds(nodes: graph.nodeCount, edges: graph.edgeCount))
  }
}
