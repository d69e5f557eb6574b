import GraphConstruction
import TrackScoring

/// Trains an edge network, one optimiser step an event.
///
/// ```swift
/// var trainer = try EdgeTrainer(network: network, options: options)
/// let graphs = events.map { PreparedGraph($0) }
/// while trainer.epoch < options.epochs {
///   let record = try trainer.runEpoch(training: graphs, validation: [])
/// }
/// ```
/// The order of events in an epoch follows from the seed and the epoch's number alone, so a
/// training that goes on from a saved `state` gives the same bits as one that never stopped.
public struct EdgeTrainer: Sendable {
  public internal(set) var network: EdgeNetwork
  public var options: TrainingOptions
  /// Epochs done so far.
  public internal(set) var epoch = 0
  var adam: Adam
  /// Of all training events; 0 until they were counted.
  var edges = 0
  var trueEdges = 0
  private var workspace = Workspace()

  /// - Throws: `EdgeClassifierError.invalidOption`.
  public init(network: EdgeNetwork, options: TrainingOptions) throws(EdgeClassifierError) {
    try options.validate()
    self.network = network
    self.options = options
    adam = Adam(hidden: network.configuration.hidden)
  }

  /// One epoch over graphs that are all in memory.
  public mutating func runEpoch(
    training: [PreparedGraph], validation: [PreparedGraph] = [], kernels: Kernels = .current
  ) throws -> EpochRecord {
    try runEpoch(
      trainingCount: training.count, validationCount: validation.count, kernels: kernels,
      training: { training[$0] }, validation: { validation[$0] })
  }

  /// One epoch over graphs that are asked for one at a time, by their index.
  ///
  /// Where the weight of true edges comes from the data, the first epoch asks for every graph once
  /// more. The trainer is as it was before if this throws.
  /// - Throws: `EdgeClassifierError`, and what the closures throw.
  public mutating func runEpoch(
    trainingCount: Int, validationCount: Int = 0, kernels: Kernels = .current,
    training: (Int) throws -> PreparedGraph, validation: (Int) throws -> PreparedGraph
  ) throws -> EpochRecord {
    // A copy of a trainer must not share the scratch of the one that it was made from.
    if !isKnownUniquelyReferenced(&workspace) { workspace = Workspace() }
    var next = self
    let record = try next.advance(
      trainingCount: trainingCount, validationCount: validationCount, kernels: kernels,
      training: training, validation: validation)
    self = next
    return record
  }

  private mutating func advance(
    trainingCount: Int, validationCount: Int, kernels: Kernels,
    training: (Int) throws -> PreparedGraph, validation: (Int) throws -> PreparedGraph
  ) throws -> EpochRecord {
    guard trainingCount > 0 else { throw EdgeClassifierError.noTrainingEvents }
    let weight = try positiveWeight(events: trainingCount, training)
    epoch += 1
    let scored =
      options.aucEvery > 0 && (epoch % options.aucEvery == 0 || epoch == options.epochs)
    var losses = 0.0
    var norms = 0.0
    var areas: [Double] = []
    for event in Self.order(of: trainingCount, seed: options.seed, epoch: epoch) {
      let graph = try training(event)
      guard graph.edgeCount > 1 else {
        throw EdgeClassifierError.tooFewEdges(epoch: epoch, event: event, edges: graph.edgeCount)
      }
      var step = network.step(loop(graph, kernels), positiveWeight: weight)
      try requireFinite(step.loss, "loss", event: event)
      losses += step.loss
      let norm = step.gradient.clip(to: options.gradientClip)
      try requireFinite(norm, "gradient's norm", event: event)
      norms += norm
      adam.update(&network, with: step.gradient, learningRate: options.learningRate)
      if scored, let area = areaUnderROC(graph, step.logit) { areas.append(area) }
    }
    let count = Double(trainingCount)
    var record = EpochRecord(
      epoch: epoch, loss: losses / count, gradientNorm: norms / count, auc: Self.mean(areas))
    try evaluate(
      count: validationCount, graph: validation, weight: weight, kernels: kernels, record: &record)
    return record
  }

  private func evaluate(
    count: Int, graph: (Int) throws -> PreparedGraph, weight: Float, kernels: Kernels,
    record: inout EpochRecord
  ) throws {
    var losses: [Double] = []
    var areas: [Double] = []
    for event in 0..<count {
      let graph = try graph(event)
      guard graph.edgeCount > 0 else { continue }
      let result = network.evaluation(loop(graph, kernels), positiveWeight: weight)
      losses.append(result.loss)
      if let area = areaUnderROC(graph, result.logit) { areas.append(area) }
    }
    record.validationLoss = Self.mean(losses)
    record.validationAUC = Self.mean(areas)
  }

  private func loop(_ graph: PreparedGraph, _ kernels: Kernels) -> EdgeLoop {
    EdgeLoop(
      graph: graph, kernels: kernels.table, threads: options.threads, workspace: workspace)
  }

  private func areaUnderROC(_ graph: PreparedGraph, _ logit: FloatBuffer) -> Double? {
    let scores = Array(UnsafeBufferPointer(start: logit.base, count: graph.edgeCount))
    return EdgeMetrics.areaUnderROC(scores: scores, labels: graph.label)
  }

  /// The weight of true edges, counted from the data at first if it is not given.
  private mutating func positiveWeight(
    events: Int, _ graph: (Int) throws -> PreparedGraph
  ) throws -> Float {
    if let given = options.positiveWeight { return Float(given) }
    if edges == 0 {
      for event in 0..<events {
        let graph = try graph(event)
        edges += graph.edgeCount
        trueEdges += graph.trueEdgeCount
      }
    }
    guard trueEdges > 0, trueEdges < edges else {
      throw EdgeClassifierError.oneClassOnly(edges: edges, trueEdges: trueEdges)
    }
    return Float(edges - trueEdges) / Float(trueEdges)
  }

  private func requireFinite(_ value: Double, _ quantity: String, event: Int) throws {
    guard value.isFinite else {
      throw EdgeClassifierError.diverged(epoch: epoch, event: event, quantity: quantity)
    }
  }

  /// The order in which an epoch takes its events.
  static func order(of count: Int, seed: UInt64, epoch: Int) -> [Int] {
    var mixer = SplitMix(state: seed)
    var generator = SeededGenerator(seed: mixer.next() ^ UInt64(epoch))
    return generator.permutation(of: count)
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
