import EdgeClassifier
import Testing

/// What a training makes of the features that it is given.
struct InputFeatureTests {
  static let configuration = MessagePassingConfiguration(
    nodeInputs: 2, edgeInputs: 1, hidden: 4, passes: 1)

  static func trainer(
    _ norm: MessagePassingConfiguration.Norm = .layer
  ) throws -> EdgeTrainer {
    var configuration = configuration
    configuration.norm = norm
    return try EdgeTrainer(
      model: .messagePassing(
        try MessagePassingNetwork(configuration: configuration, seed: 1), HitFeatureList()),
      options: TrainingOptions(learningRate: 1e-3, positiveWeight: 1))
  }

  @Test(
    "A feature that never changes is left at its scale, whatever its value",
    arguments: [0, 0.1, 0.3, -7, 123.456, 1e5])
  func constantFeature(value: Double) throws {
    var graph = PlainMessageGraph.random(
      nodes: 1000, edges: 300, for: Self.configuration, seed: 4)
    let constant = Double(Float(value))
    for node in graph.nodes.indices { graph.nodes[node][1] = constant }
    for edge in graph.edges.indices { graph.edges[edge][0] = constant }
    var trainer = try Self.trainer()
    try trainer.runEpoch(training: [TrainingGraph.messagePassing(try graph.prepared())])
    let tensors = trainer.messages.tensors
    #expect(tensors[0].values[1] == Float(value) && tensors[2].values == [Float(value)])
    #expect(tensors[1].values[1] == 1 && tensors[3].values == [1])
    #expect(abs(tensors[1].values[0] - Float(3).squareRoot()) < 0.1, "that of -1..<1")
  }

  @Test("Events without edges leave the scale of edges as it is")
  func withoutEdges() throws {
    let graph = PlainMessageGraph.random(nodes: 30, edges: 0, for: Self.configuration, seed: 4)
    var trainer = try Self.trainer()
    try trainer.runEpoch(training: [TrainingGraph.messagePassing(try graph.prepared())])
    let tensors = trainer.messages.tensors
    #expect(tensors[2].values == [0] && tensors[3].values == [1])
    #expect(tensors[0].values != [0, 0])
  }

  @Test(
    "A feature that is not a number stops the training at its epoch and event",
    arguments: MessagePassingConfiguration.Norm.allCases)
  func notANumber(norm: MessagePassingConfiguration.Norm) throws {
    let good = PlainMessageGraph.random(nodes: 20, edges: 40, for: Self.configuration, seed: 4)
    var bad = good
    bad.nodes[good.end[0]][0] = .nan
    var trainer = try Self.trainer(norm)
    try trainer.runEpoch(training: [TrainingGraph.messagePassing(try good.prepared())])
    let before = trainer.state
    let error = #expect(throws: EdgeClassifierError.self) {
      try trainer.runEpoch(training: [TrainingGraph.messagePassing(try bad.prepared())])
    }
    guard case .diverged(2, 0, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(trainer.state == before)
  }
}
