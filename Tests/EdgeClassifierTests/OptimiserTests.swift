import EdgeClassifier
import Testing

/// The optimiser's steps against a plain one in double precision.
struct OptimiserTests {
  /// Adam and AdamW as their papers have them, with the gradient's norm clipped before.
  struct PlainAdam {
    var learningRate: Double
    var decay = 0.0
    var clip: Double
    var weights: [String: [Double]]
    var step = 0.0
    var first: [String: [Double]] = [:]
    var second: [String: [Double]] = [:]
    /// 0.9 and 0.999 to the power of the step.
    var powers = (1.0, 1.0)

    /// Gives the gradient's norm before it was clipped.
    mutating func update(_ gradients: [String: [Double]]) -> Double {
      powers = (powers.0 * 0.9, powers.1 * 0.999)
      let norm = gradients.values.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
      let factor = min(1, clip / norm)
      for (name, gradient) in gradients {
        for i in gradient.indices {
          let g = factor * gradient[i]
          let mean = 0.9 * (first[name]?[i] ?? 0) + 0.1 * g
          let square = 0.999 * (second[name]?[i] ?? 0) + 0.001 * g * g
          first[name, default: [Double](repeating: 0, count: gradient.count)][i] = mean
          second[name, default: [Double](repeating: 0, count: gradient.count)][i] = square
          let root = (square / (1 - powers.1)).squareRoot()
          weights[name]![i] -=
            learningRate * (decay * weights[name]![i] + mean / (1 - powers.0) / (root + 1e-8))
        }
      }
      return norm
    }
  }

  static func weights(_ network: MessagePassingNetwork) -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.doubles) })
  }

  static func network(
    _ weights: [String: [Double]], like network: MessagePassingNetwork
  ) throws -> MessagePassingNetwork {
    try MessagePassingNetwork(
      configuration: network.configuration,
      tensors: network.tensors.map {
        NamedTensor(name: $0.name, shape: $0.shape, values: weights[$0.name]!.map { Float($0) })
      })
  }

  /// The mean of some events' gradients at the same weights.
  static func gradient(
    _ network: MessagePassingNetwork, _ graphs: [TrainingGraph]
  ) -> [String: [Double]] {
    var sum: [String: [Double]] = [:]
    for graph in graphs {
      for tensor in network.trainingPass(on: graph.messages, positiveWeight: 2).gradients {
        let share = tensor.values.map { Double($0) / Double(graphs.count) }
        sum[tensor.name] = sum[tensor.name].map { zip($0, share).map(+) } ?? share
      }
    }
    return sum
  }

  @Test(
    "Some events' mean gradient makes one step, an epoch's last of fewer, by Adam's formula",
    arguments: [1, 2, 3, 5, 8], [nil, 0.1] as [Double?])
  func eventsPerStep(events: Int, decay: Double?) throws {
    let model = try TrainingPieces.model()
    let graphs = try TrainingPieces.prepared(model, Array(TrainingPieces.hitGraphs[..<5]))
    let source = RecordedGraphs(graphs)
    for clip in [0.05, 100] {
      var trainer = try EdgeTrainer(
        model: model,
        options: TrainingOptions(
          learningRate: 1e-3, optimiser: decay.map { .adamW(weightDecay: $0) } ?? .adam,
          eventsPerStep: events, gradientClip: clip, positiveWeight: 2, aucEvery: 0))
      var plain = PlainAdam(
        learningRate: 1e-3, decay: decay ?? 0, clip: clip, weights: Self.weights(trainer.messages))
      let steps = (graphs.count + events - 1) / events
      for epoch in 1...2 {
        let record = try trainer.runEpoch(training: source)
        let order = try #require(source.orders.last)
        #expect(order.sorted() == Array(graphs.indices))
        var norms = 0.0
        for first in stride(from: 0, to: order.count, by: events) {
          let part = order[first..<min(first + events, order.count)].map { graphs[$0] }
          let network = try Self.network(plain.weights, like: trainer.messages)
          norms += plain.update(Self.gradient(network, part))
        }
        #expect(abs(record.gradientNorm * Double(steps) / norms - 1) < 1e-4)
        #expect(trainer.state.integers["step"] == epoch * steps)
        for tensor in trainer.messages.tensors {
          // A gradient near 0 makes a step that is far from 0, so its rounding shows.
          let expected = plain.weights[tensor.name]!
          #expect(
            zip(tensor.values, expected).allSatisfy { abs(Double($0) - $1) < 5e-5 },
            "\(tensor.name)")
        }
      }
    }
  }

  @Test("Weights are taken down by the decay alone where the gradient is 0")
  func decayAlone() throws {
    let model = try TrainingPieces.model(hidden: 1, passes: 0)
    // All edges masked: the loss is 0, whatever the weights.
    let masked = try PlainMessageGraph(
      nodes: [[1, 2, 3], [4, 5, 6]], edges: [[1, 2, 3, 4, 5, 6]], start: [0], end: [1],
      isTrue: [false], weight: [0]
    ).prepared()
    var trainer = try EdgeTrainer(
      model: model,
      options: TrainingOptions(
        learningRate: 0.5, optimiser: .adamW(weightDecay: 0.5), positiveWeight: 1))
    try trainer.runEpoch(training: [TrainingGraph.messagePassing(masked)])
    for (index, tensor) in model.tensors.enumerated() {
      let factor: Float = model.isTrained(index) ? 0.75 : 1
      #expect(trainer.model.tensors[index].values == tensor.values.map { factor * $0 })
    }
  }

  @Test(
    "Options of a training outside their range are refused by name",
    arguments: [
      ("focusing", TrainingOptions(focusing: -1)), ("focusing", TrainingOptions(focusing: .nan)),
      ("eventsPerStep", TrainingOptions(eventsPerStep: 0)),
      ("patience", TrainingOptions(patience: 0)),
      ("weightDecay", TrainingOptions(optimiser: .adamW(weightDecay: -0.1))),
      ("weightDecay", TrainingOptions(optimiser: .adamW(weightDecay: .infinity))),
    ])
  func refused(name: String, options: TrainingOptions) throws {
    let error = #expect(throws: EdgeClassifierError.self) {
      try EdgeTrainer(model: try TrainingPieces.model(), options: options)
    }
    guard case .invalidOption(name, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
