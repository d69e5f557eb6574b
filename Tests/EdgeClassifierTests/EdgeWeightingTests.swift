import EdgeClassifier
import GraphConstruction
import Testing

/// What edges count in the loss.
struct EdgeWeightingTests {
  static let graph = TrainingPieces.hitGraphs[3]

  /// Weights in the graph's own order, as a message graph and as the notebook's.
  private func weights(_ weighting: EdgeWeighting, of graph: HitGraph = graph) throws -> [Float]? {
    let model = try TrainingPieces.model()
    let prepared = try model.prepared(graph, weighting: weighting)
    guard let weights = prepared.weights else { return nil }
    var values = [Float](repeating: .nan, count: graph.edgeCount)
    for (place, edge) in prepared.messages.edgeOrder.enumerated() {
      values[Int(edge)] = weights.values[place]
    }
    let notebook = try EdgeModel.notebook(SmallGraphs.network(hidden: 2, passes: 1, seed: 1))
      .prepared(graph, weighting: weighting).weights
    #expect(notebook == weights, "both architectures have one order of edges")
    return values
  }

  private func start(of edge: Int) -> Int {
    (0..<Self.graph.nodeCount).first { Self.graph.edges(from: $0).contains(edge) } ?? -1
  }

  private func mean(_ quantity: [Float], _ edge: Int) -> Float {
    (quantity[start(of: edge)] + quantity[Int(Self.graph.end[edge])]) / 2
  }

  @Test("Without a weighting edges count the same, and nothing is stored")
  func equal() throws {
    #expect(try weights(EdgeWeighting()) == nil)
  }

  @Test("A true edge counts by the mean of its hits' quantity, a false one counts 1")
  func measures() throws {
    let graph = Self.graph
    for (measure, quantity) in [
      (.hitWeight, graph.hitWeight), (.transverseMomentum, graph.transverseMomentum),
    ] as [(EdgeWeighting.Measure, [Float])] {
      let values = try #require(try weights(EdgeWeighting(measure: measure)))
      for edge in values.indices {
        #expect(values[edge] == (graph.label[edge] == 1 ? mean(quantity, edge) : 1))
      }
    }
  }

  @Test(
    "True edges below the smallest momentum do not count, false ones always do",
    arguments: EdgeWeighting.Measure.allCases)
  func minimumMomentum(measure: EdgeWeighting.Measure) throws {
    let weighting = EdgeWeighting(measure: measure, minimumMomentum: 1)
    let values = try #require(try weights(weighting))
    let all = try weights(EdgeWeighting(measure: measure))
    let isMasked = values.indices.map { edge in
      Self.graph.label[edge] == 1 && mean(Self.graph.transverseMomentum, edge) < 1
    }
    #expect(isMasked.contains(true))
    for edge in values.indices {
      #expect(values[edge] == (isMasked[edge] ? 0 : all?[edge] ?? 1))
    }
    let weights = try TrainingPieces.model().prepared(Self.graph, weighting: weighting).weights
    let masked = isMasked.count { $0 }
    #expect(weights?.countedEdges == Self.graph.edgeCount - masked)
    #expect(weights?.countedTrueEdges == Self.graph.trueEdgeCount - masked)
  }

  @Test("Graphs that do not say what the weighting asks for are refused")
  func missingTruth() throws {
    var bare = Self.graph
    bare.hitWeight = []
    bare.transverseMomentum = []
    for model in [
      try TrainingPieces.model(),
      .notebook(try SmallGraphs.network(hidden: 2, passes: 1, seed: 1)),
    ] {
      for (weighting, quantity) in [
        (EdgeWeighting(measure: .hitWeight), "hit weights"),
        (EdgeWeighting(measure: .transverseMomentum), "transverse momenta"),
        (EdgeWeighting(minimumMomentum: 0.5), "transverse momenta"),
      ] {
        #expect(throws: EdgeClassifierError.missingTruth(quantity: quantity)) {
          try model.prepared(bare, weighting: weighting)
        }
      }
      #expect(throws: Never.self) { try model.prepared(bare) }
    }
  }

  @Test("The true edges' mean weight leaves the weight of true edges as it is")
  func meanWeight() throws {
    let model = try TrainingPieces.model()
    func train(_ factor: Float) throws -> (EpochRecord, EdgeTrainer) {
      let graphs = TrainingPieces.hitGraphs.map { graph in
        var graph = graph
        graph.hitWeight = graph.hitWeight.map { factor * $0 }
        return graph
      }
      var trainer = try EdgeTrainer(model: model, options: TrainingOptions(learningRate: 1e-30))
      let prepared = try TrainingPieces.prepared(
        model, graphs, weighting: EdgeWeighting(measure: .hitWeight, minimumMomentum: 0.9))
      return (try trainer.runEpoch(training: prepared), trainer)
    }
    let (record, trainer) = try train(1)
    // A factor of a power of two changes no digit.
    #expect(try train(8).0 == record)
    #expect(try train(0.25).1.model == trainer.model)

    // The plain loss with weights of mean 1 over all true edges that count.
    let prepared = try TrainingPieces.prepared(
      model, weighting: EdgeWeighting(measure: .hitWeight, minimumMomentum: 0.9))
    var counted = (true: 0, false: 0, weight: 0.0)
    for graph in prepared {
      for (value, label) in zip(try #require(graph.weights).values, graph.label) where value != 0 {
        if label == 1 { counted.true += 1 } else { counted.false += 1 }
        if label == 1 { counted.weight += Double(value) }
      }
    }
    let positive = Double(counted.false) / Double(counted.true)
    #expect(try abs(#require(trainer.positiveWeight) / positive - 1) < 1e-6)
    let mean = counted.weight / Double(counted.true)
    let losses = try prepared.map { graph in
      let weights = try #require(graph.weights)
      let logits = trainer.messages.trainingPass(on: graph.messages, positiveWeight: 1).logits
      let sum = logits.indices.reduce(0) { sum, edge in
        let isTrue = graph.label[edge] == 1
        let weight = Double(weights.values[edge]) * (isTrue ? positive / mean : 1)
        return sum
          + PlainKernels.loss(Double(logits[edge]), isTrue: isTrue, weight: weight, focusing: 0)
      }
      return sum / Double(weights.countedEdges)
    }
    #expect(abs(record.loss - losses.reduce(0, +) / Double(losses.count)) < 1e-5 * record.loss)
  }

  @Test("Events of which no true edge counts leave no weight of true edges to be taken")
  func allMasked() throws {
    let model = try TrainingPieces.model()
    let graph = try model.prepared(Self.graph, weighting: EdgeWeighting(minimumMomentum: 100))
    var trainer = try EdgeTrainer(model: model, options: TrainingOptions())
    let falseEdges = Self.graph.edgeCount - Self.graph.trueEdgeCount
    #expect(throws: EdgeClassifierError.oneClassOnly(edges: falseEdges, trueEdges: 0)) {
      try trainer.runEpoch(training: [graph])
    }
  }
}
