import EdgeClassifier
import GraphConstruction
import Testing

struct TrainerTests {
  static let prepared = (0..<4).map {
    PreparedGraph(SmallGraphs.random(nodes: 60 + 10 * $0, layers: 4, seed: 100 + UInt64($0)))
  }
  static let graphs = prepared.map { TrainingGraph.notebook($0) }

  static func options(epochs: Int = 5, threads: Int = 1) -> TrainingOptions {
    TrainingOptions(epochs: epochs, learningRate: 1e-2, seed: 3, aucEvery: 2, threads: threads)
  }

  static func trainer(passes: Int = 2, options: TrainingOptions = options()) throws -> EdgeTrainer {
    let network = try EdgeNetwork(
      configuration: EdgeNetworkConfiguration(hidden: 12, passes: passes), seed: 9)
    return try EdgeTrainer(model: .notebook(network), options: options)
  }

  @Test("Stopped after two epochs and gone on, five epochs give the same bits", arguments: [1, 2])
  func resumedTrainingIsTheSame(passes: Int) throws {
    var whole = try Self.trainer(passes: passes)
    var records: [EpochRecord] = []
    for _ in 0..<5 {
      records.append(try whole.runEpoch(training: Self.graphs, validation: [Self.graphs[1]]))
    }
    var first = try Self.trainer(passes: passes)
    for _ in 0..<2 {
      try first.runEpoch(training: Self.graphs, validation: [Self.graphs[1]])
    }
    let saved = first.state
    let stored = TrainingState(
      arrays: try Safetensors.read(bytes: Safetensors.write(saved.arrays)),
      integers: saved.integers, numbers: saved.numbers, curve: saved.curve)
    #expect(stored == saved)
    var second = try EdgeTrainer(
      state: stored, model: Self.trainer(passes: passes).model, options: Self.options(threads: 3))
    #expect(second.epoch == 2)
    for epoch in 2..<5 {
      let record = try second.runEpoch(training: Self.graphs, validation: [Self.graphs[1]])
      #expect(record == records[epoch])
    }
    #expect(second.state == whole.state)
  }

  @Test("A step an event: four events learn in few epochs what no event teaches at the start")
  func lossFalls() throws {
    var trainer = try Self.trainer(options: Self.options(epochs: 40))
    let first = try trainer.runEpoch(training: Self.graphs)
    var last = first
    while trainer.epoch < 40 { last = try trainer.runEpoch(training: Self.graphs) }
    #expect(trainer.state.integers["step"] == 160)
    #expect(last.loss < 0.9 * first.loss)
    #expect(try #require(last.auc) > 0.6)
  }

  @Test("The weight of true edges is false edges / true edges of all training events")
  func weightFromData() throws {
    let trueEdges = Self.graphs.reduce(0) { $0 + $1.trueEdgeCount }
    let edges = Self.graphs.reduce(0) { $0 + $1.edgeCount }
    var given = Self.options()
    given.positiveWeight = Double(edges - trueEdges) / Double(trueEdges)
    var a = try Self.trainer()
    var b = try Self.trainer(options: given)
    #expect(
      try a.runEpoch(training: Self.graphs).loss == b.runEpoch(training: Self.graphs).loss)
    #expect(a.network == b.network)
  }

  @Test("The AUC comes every second epoch, validation losses come always")
  func scoredEpochs() throws {
    var trainer = try Self.trainer(options: Self.options(epochs: 5))
    var scored: [Int] = []
    while trainer.epoch < 5 {
      let record = try trainer.runEpoch(
        training: [Self.graphs[0]], validation: [Self.graphs[1], Self.graphs[2]])
      #expect(record.validationLoss != nil)
      #expect(record.validationAUC != nil)
      if record.auc != nil { scored.append(record.epoch) }
    }
    #expect(scored == [2, 4])
  }

  @Test("A validation loss is the evaluation's after the epoch")
  func validationLoss() throws {
    var trainer = try Self.trainer()
    let record = try trainer.runEpoch(
      training: [Self.graphs[0]], validation: [Self.graphs[1], Self.graphs[2]])
    let weight =
      Float(Self.graphs[0].edgeCount - Self.graphs[0].trueEdgeCount)
      / Float(Self.graphs[0].trueEdgeCount)
    let losses = [1, 2].map {
      trainer.network.evaluation(on: Self.prepared[$0], positiveWeight: weight).loss
    }
    #expect(record.validationLoss == (losses[0] + losses[1]) / 2)
  }

  @Test("Copies of a trainer go their own ways")
  func copiesAreValues() throws {
    var a = try Self.trainer()
    _ = try a.runEpoch(training: Self.graphs)
    var b = a
    let record = try a.runEpoch(training: Self.graphs)
    #expect(b.epoch == 1)
    #expect(try b.runEpoch(training: Self.graphs) == record)
    #expect(a.state == b.state)
  }

  @Test("One pass leaves the node perceptron alone")
  func nodePerceptronUntouched() throws {
    var trainer = try Self.trainer(passes: 1)
    let before = trainer.network
    _ = try trainer.runEpoch(training: Self.graphs)
    for tensor in before.tensors where tensor.name.hasPrefix("node_mlp") {
      #expect(trainer.network[tensor.name] == tensor)
    }
    #expect(trainer.network["edge_mlp.3.weight"] != before["edge_mlp.3.weight"])
  }

  @Test("What cannot be trained on is refused, and the trainer stays as it was")
  func errors() throws {
    var trainer = try Self.trainer()
    let before = trainer.state
    #expect(throws: EdgeClassifierError.noTrainingEvents) {
      try trainer.runEpoch(training: [TrainingGraph]())
    }
    let alone = PreparedGraph(SmallGraphs.random(nodes: 4, layers: 1, seed: 1))
    let few = EdgeClassifierError.tooFewEdges(epoch: 1, event: 0, edges: 0)
    var given = trainer
    given.options.positiveWeight = 1
    #expect(throws: few) { try given.runEpoch(training: [TrainingGraph.notebook(alone)]) }
    let falseOnly = PreparedGraph(
      SmallGraphs.random(nodes: 20, layers: 2, seed: 1, trueShare: -1))
    #expect(
      throws: EdgeClassifierError.oneClassOnly(edges: falseOnly.edgeCount, trueEdges: 0)
    ) { try trainer.runEpoch(training: [TrainingGraph.notebook(falseOnly)]) }
    #expect(trainer.state == before)
  }

  @Test("A loss that is not finite stops the training at its epoch and event")
  func divergence() throws {
    var graph = SmallGraphs.random(nodes: 30, layers: 3, seed: 1)
    graph.features[7] = .nan
    var trainer = try Self.trainer(passes: 1)
    _ = try trainer.runEpoch(training: [Self.graphs[0]])
    do {
      _ = try trainer.runEpoch(training: [TrainingGraph.notebook(PreparedGraph(graph))])
      Issue.record("a feature that is not a number was trained on")
    } catch let error as EdgeClassifierError {
      guard case .diverged(let epoch, let event, _) = error else { throw error }
      #expect(epoch == 2 && event == 0)
    }
    #expect(trainer.network.tensors.allSatisfy { $0.values.allSatisfy(\.isFinite) })
  }

  @Test("Options outside their range are named")
  func invalidOptions() throws {
    for (name, change) in [
      ("epochs", { $0.epochs = -1 }), ("learningRate", { $0.learningRate = 0 }),
      ("gradientClip", { $0.gradientClip = .nan }), ("positiveWeight", { $0.positiveWeight = -1 }),
      ("aucEvery", { $0.aucEvery = -1 }), ("threads", { $0.threads = 0 }),
    ] as [(String, (inout TrainingOptions) -> Void)] {
      var options = TrainingOptions()
      change(&options)
      do {
        _ = try Self.trainer(options: options)
        Issue.record("\(name) was accepted")
      } catch let error as EdgeClassifierError {
        guard case .invalidOption(name, _, _) = error else { throw error }
      }
    }
  }

  @Test("A state that lacks something is refused")
  func invalidStates() throws {
    let model = try Self.trainer().model
    let state = try Self.trainer().state
    for name in state.integers.keys {
      var damaged = state
      damaged.integers[name] = nil
      #expect(throws: EdgeClassifierError.self) {
        try EdgeTrainer(state: damaged, model: model, options: Self.options())
      }
    }
    for index in state.arrays.indices {
      var damaged = state
      damaged.arrays.remove(at: index)
      #expect(throws: EdgeClassifierError.self) {
        try EdgeTrainer(state: damaged, model: model, options: Self.options())
      }
    }
  }
}

extension EdgeTrainer {
  /// The notebook's network that is being trained.
  var network: EdgeNetwork {
    guard case .notebook(let network) = model else { preconditionFailure("another network") }
    return network
  }
}
