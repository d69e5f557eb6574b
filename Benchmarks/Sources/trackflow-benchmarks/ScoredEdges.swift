import EdgeClassifier

/// Edges with the scores of a network that has learnt a little, as rank metrics meet them.
struct ScoredEdges {
  let scores: [Float]
  let labels: [UInt8]

  /// - Parameter count: about how many edges there are to be.
  init(_ event: BenchmarkEvent, count: Int) throws {
    var trainer = try EdgeTrainer(
      model: .notebook(EdgeNetwork(configuration: NetworkBenchmarks.notebook, seed: 1)),
      options: TrainingOptions(learningRate: 0.01, aucEvery: 0))
    let prepared = [TrainingGraph.notebook(PreparedGraph(event.graph))]
    for _ in 0..<20 { _ = try trainer.runEpoch(training: prepared) }
    let graph = try event.graph(edges: count)
    scores = trainer.model.probabilities(graph: graph)
    labels = graph.label
  }
}
