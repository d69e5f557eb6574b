import EdgeClassifier
import GraphConstruction

/// The notebook's network: one pass, 128 hidden units.
///
/// Networks of other shapes are further functions here, and lines of `Benchmarks.all`.
enum NetworkBenchmarks {
  static let notebook = EdgeNetworkConfiguration(hidden: 128, passes: 1)

  static func preparation(_ graph: HitGraph) -> Benchmark {
    Benchmark(
      name: "graph preparation", unit: "edges", items: graph.edgeCount,
      bytes: Double(graph.edgeCount * (5 + 4 * 5)), run: { consume(PreparedGraph(graph)) })
  }

  /// Forward, backward and optimiser over one event.
  ///
  /// A hidden unit of an edge takes a sum of two node terms, a comparison and a multiply-add
  /// forward; backward a choice, a product, two sums and a multiply-add.
  static func step(_ graph: HitGraph, threads: Int) throws -> Benchmark {
    let prepared = [TrainingGraph.notebook(PreparedGraph(graph))]
    var trainer = try EdgeTrainer(
      model: .notebook(EdgeNetwork(configuration: notebook, seed: 1)),
      options: TrainingOptions(aucEvery: 0, threads: threads))
    return Benchmark(
      name: "notebook network, step", unit: "edges", items: graph.edgeCount, threads: threads,
      operations: Double(graph.edgeCount * notebook.hidden * 10),
      bytes: Double(graph.edgeCount * (4 + 4 + 1 + 4 + 4)),
      run: { consume(try trainer.runEpoch(training: prepared)) })
  }

  static func inference(_ graph: HitGraph, threads: Int) throws -> Benchmark {
    let network = try EdgeNetwork(configuration: notebook, seed: 1)
    return Benchmark(
      name: "notebook network, inference", unit: "edges", items: graph.edgeCount, threads: threads,
      operations: Double(graph.edgeCount * notebook.hidden * 4),
      bytes: Double(graph.edgeCount * (4 + 4)),
      run: { consume(network.probabilities(graph: graph, threads: threads)) })
  }
}
