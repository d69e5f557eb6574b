import EdgeClassifier
import Testing

/// A training that goes on from its state.
struct TrainingStateTests {
  static let weighting = EdgeWeighting(measure: .hitWeight, minimumMomentum: 0.4)

  static func options(threads: Int = 1) -> TrainingOptions {
    TrainingOptions(
      epochs: 8, learningRate: 0.02, optimiser: .adamW(weightDecay: 0.01),
      schedule: .plateau(factor: 0.5, patience: 0), eventsPerStep: 3, seed: 11, focusing: 1,
      augmentation: Augmentation(rotates: true, mirrors: true), monitor: .loss, patience: 6,
      aucEvery: 2, threads: threads)
  }

  /// As it comes back from files.
  private func stored(_ state: TrainingState) throws -> TrainingState {
    TrainingState(
      arrays: try Safetensors.read(bytes: Safetensors.write(state.arrays)),
      integers: state.integers, numbers: state.numbers, curve: state.curve)
  }

  @Test(
    "Stopped after any epoch and gone on with any threads, a training gives the same bits",
    arguments: [MessagePassingConfiguration.Norm.layer, .batch])
  func resuming(norm: MessagePassingConfiguration.Norm) throws {
    let model = try TrainingPieces.model(norm: norm, isStandardised: false)
    let graphs = try TrainingPieces.prepared(model, weighting: Self.weighting)
    let (training, validation) = (Array(graphs[..<4]), Array(graphs[4...]))
    var whole = try EdgeTrainer(model: model, options: Self.options())
    var states = [whole.state]
    while !whole.isDone {
      try whole.runEpoch(training: training, validation: validation)
      states.append(whole.state)
    }
    #expect(whole.curve.last?.learningRate != whole.curve.first?.learningRate)
    for (epoch, state) in states.enumerated() {
      let stored = try stored(state)
      #expect(stored == state)
      var trainer = try EdgeTrainer(
        state: stored, model: model, options: Self.options(threads: 1 + epoch % 4))
      #expect(trainer.epoch == epoch && trainer.bestEpoch == state.curve.bestEpoch)
      while !trainer.isDone { try trainer.runEpoch(training: training, validation: validation) }
      #expect(trainer.curve == whole.curve)
      #expect(trainer.state == whole.state)
      #expect(try trainer.bestModel() == whole.bestModel())
    }
  }

  @Test("A network that was not trained yet takes mean and scale of its inputs from the events")
  func standardisation() throws {
    let model = try TrainingPieces.model(isStandardised: false)
    let graphs = try TrainingPieces.prepared(model)
    var trainer = try EdgeTrainer(model: model, options: TrainingOptions(learningRate: 1e-3))
    try trainer.runEpoch(training: graphs)
    // The first node feature is the radius.
    let radii = TrainingPieces.hitGraphs.flatMap { graph in
      (0..<graph.nodeCount).map { Double(graph.features[5 * $0 + 3]) }
    }
    let mean = radii.reduce(0, +) / Double(radii.count)
    let variance = radii.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(radii.count)
    let tensors = trainer.messages.tensors
    #expect(abs(Double(tensors[0].values[0]) - mean) < 1e-6)
    #expect(abs(Double(tensors[1].values[0]) * variance.squareRoot() - 1) < 1e-5)
    // One that has them keeps them.
    let given = try TrainingPieces.model()
    var other = try EdgeTrainer(model: given, options: TrainingOptions())
    try other.runEpoch(training: graphs)
    #expect(other.messages.tensors[..<4] == given.tensors[..<4])
  }

  @Test("The state of another architecture is refused")
  func otherArchitectures() throws {
    let options = TrainingOptions()
    let state = try EdgeTrainer(model: try TrainingPieces.model(), options: options).state
    for model in [
      try TrainingPieces.model(hidden: 7), try TrainingPieces.model(passes: 1),
      try TrainingPieces.model(passes: 3), try TrainingPieces.model(norm: .batch),
      try TrainingPieces.model(norm: .none),
      try TrainingPieces.model(features: HitFeatureList(node: [.r], edge: [.z0])),
      .notebook(try SmallGraphs.network(hidden: 6, passes: 2, seed: 1)),
    ] {
      #expect(throws: EdgeClassifierError.self) {
        try EdgeTrainer(state: state, model: model, options: options)
      }
    }
  }

  @Test("A state whose parts do not belong together is refused, whatever is missing")
  func damagedStates() throws {
    let model = try TrainingPieces.model()
    let graphs = try TrainingPieces.prepared(model)
    let options = TrainingOptions()
    var trainer = try EdgeTrainer(model: model, options: options)
    for _ in 0..<2 { try trainer.runEpoch(training: graphs, validation: [graphs[0]]) }
    let state = trainer.state
    #expect(state.arrays.contains { $0.name.hasPrefix("best.") })
    func refuses(_ change: (inout TrainingState) -> Void) {
      var damaged = state
      change(&damaged)
      #expect(throws: EdgeClassifierError.self) {
        try EdgeTrainer(state: damaged, model: model, options: options)
      }
    }
    refuses { $0.numbers = [:] }
    refuses { $0.curve.removeFirst() }
    refuses { $0.curve.swapAt(0, 1) }
    refuses { $0.integers["step"] = -1 }
    for index in state.arrays.indices {
      refuses { $0.arrays.remove(at: index) }
      refuses { $0.arrays[index].shape = [1] + $0.arrays[index].shape }
    }
  }
}

extension [EpochRecord] {
  fileprivate var bestEpoch: Int? { Monitor.loss.bestEpoch(of: self) }
}
