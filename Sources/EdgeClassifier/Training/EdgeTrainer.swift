import GraphConstruction
import TrackScoring

/// Trains an edge network, one optimiser step for one event or for several.
///
/// ```swift
/// var trainer = try EdgeTrainer(model: .notebook(network), options: options)
/// let graphs = try events.map { try trainer.model.prepared($0) }
/// while !trainer.isDone { try trainer.runEpoch(training: graphs) }
/// let best = try trainer.bestModel()
/// ```
/// The order of events in an epoch and their augmentation follow from the seed and the epoch's
/// number alone, so a training that goes on from a saved `state` gives the same bits as one that
/// never stopped.
public struct EdgeTrainer: Sendable {
  public internal(set) var model: EdgeModel
  public var options: TrainingOptions
  /// What the epochs so far gave.
  public internal(set) var curve: [EpochRecord] = []
  var optimiser: Optimiser
  /// The weights of the best epoch by validation; empty before there is one.
  var best: [NamedTensor] = []
  var census = TrainingCensus()
  var workspace = Workspace()

  /// - Throws: `EdgeClassifierError.invalidOption`.
  public init(model: EdgeModel, options: TrainingOptions) throws(EdgeClassifierError) {
    try options.validate()
    self.model = model
    self.options = options
    optimiser = Optimiser(model)
  }

  /// Epochs done so far.
  public var epoch: Int { curve.count }

  /// Whether all epochs are done, or patience has run out.
  public var isDone: Bool { epoch >= options.epochs || hasStalled }

  /// Whether patience has run out.
  public var hasStalled: Bool {
    guard let patience = options.patience, let best = bestEpoch else { return false }
    return epoch - best >= patience
  }

  /// The first epoch with the best validation; nil where there was none.
  public var bestEpoch: Int? { options.monitor.bestEpoch(of: curve) }

  /// The network of the best epoch by validation; that of the last without one.
  public func bestModel() throws(EdgeClassifierError) -> EdgeModel {
    best.isEmpty ? model : try model.with(tensors: best)
  }

  /// Weight of true edges in the loss; nil where it was not counted yet.
  public var positiveWeight: Double? {
    options.positiveWeight ?? census.classRatio.map { Double($0) }
  }

  /// One epoch over graphs that `model.prepared` made.
  ///
  /// The first one visits all training graphs once more, to count their edges. The trainer is as it
  /// was before if this throws.
  /// - Throws: `EdgeClassifierError`, and what the sources throw.
  @discardableResult
  public mutating func runEpoch(
    training: some TrainingGraphSource, validation: some TrainingGraphSource = [TrainingGraph](),
    kernels: Kernels = .current
  ) throws -> EpochRecord {
    // A copy of a trainer must not share the scratch of the one that it was made from.
    if !isKnownUniquelyReferenced(&workspace) { workspace = Workspace() }
    var next = self
    let record = try next.advance(training, validation, kernels)
    self = next
    return record
  }

  private mutating func advance(
    _ training: some TrainingGraphSource, _ validation: some TrainingGraphSource, _ kernels: Kernels
  ) throws -> EpochRecord {
    guard training.count > 0 else { throw EdgeClassifierError.noTrainingEvents }
    if census.events == 0 { try takeCensus(of: training) }
    let loss = try census.loss(options)
    let context = kernels.context(threads: options.threads, workspace: workspace)
    var epoch = EpochSums(number: self.epoch + 1)
    let order = Self.order(
      of: training.count, together: training.graphsPerEvent, seed: options.seed,
      epoch: epoch.number)
    let isScored = options.aucEvery > 0 && epoch.number % options.aucEvery == 0
    var collected: [[Double]] = []
    var done = 0
    try training.visit(order) { event, graph in
      try requireBatch(graph, epoch: epoch.number, event: event)
      let change = options.augmentation.change(
        seed: options.seed, epoch: epoch.number, event: event)
      let graph = change.map { graph.changed(by: $0, threads: options.threads) } ?? graph
      let step = model.step(graph, loss: loss, context: context)
      try requireFinite(step.loss, "loss", epoch: epoch.number, event: event)
      epoch.losses += step.loss
      if isScored, let area = Self.area(graph, step.logit) { epoch.areas.append(area) }
      if collected.isEmpty {
        collected = step.gradient
      } else {
        GradientMath.add(step.gradient, to: &collected)
      }
      done += 1
      guard done % options.eventsPerStep == 0 || done == training.count else { return }
      // The last step of an epoch may be of fewer events.
      let events = (done - 1) % options.eventsPerStep + 1
      if events > 1 { GradientMath.scale(&collected, by: 1 / Double(events)) }
      let norm = GradientMath.clip(&collected, to: options.gradientClip)
      try requireFinite(norm, "gradient's norm", epoch: epoch.number, event: event)
      epoch.norms += norm
      epoch.steps += 1
      epoch.learningRate =
        options.learningRate
        * options.schedule.factor(
          after: Double(self.epoch) + Double(done - events) / Double(training.count), curve: curve,
          monitor: options.monitor)
      optimiser.update(
        &model, with: collected, kind: options.optimiser, learningRate: epoch.learningRate)
      collected = []
    }
    var record = epoch.record(events: training.count)
    try validate(on: validation, loss: loss, context: context, record: &record)
    curve.append(record)
    if bestEpoch == self.epoch { best = model.tensors }
    return record
  }

  private mutating func takeCensus(of training: some TrainingGraphSource) throws {
    var census = TrainingCensus()
    try training.visit(Array(0..<training.count)) { _, graph in census.add(graph) }
    self.census = census
    // A network that was trained before keeps what it was trained with.
    if optimiser.step == 0, !model.isStandardised { model.standardise(by: census.moments) }
  }

  private func validate(
    on validation: some TrainingGraphSource, loss: EdgeLoss, context: ComputeContext,
    record: inout EpochRecord
  ) throws {
    var sums = ValidationSums()
    try validation.visit(Array(0..<validation.count)) { _, graph in
      guard graph.edgeCount > 0 else { return }
      let result = model.evaluation(graph, loss: loss, context: context)
      sums.add(
        loss: result.loss, area: Self.area(graph, result.logit), logit: result.logit, graph)
    }
    record.validationLoss = sums.loss
    record.validationAUC = sums.area
    record.validationAccuracy = sums.accuracy
  }

  /// Area under the ROC curve of the edges that count.
  private static func area(_ graph: TrainingGraph, _ logit: FloatBuffer) -> Double? {
    let scores = UnsafeBufferPointer(start: logit.base, count: graph.edgeCount)
    guard let weights = graph.weights else {
      return EdgeMetrics.areaUnderROC(scores: Array(scores), labels: graph.label)
    }
    let counted = scores.indices.filter { weights.values[$0] != 0 }
    return EdgeMetrics.areaUnderROC(
      scores: counted.map { scores[$0] }, labels: counted.map { graph.label[$0] })
  }

  /// Batch statistics need two rows.
  private func requireBatch(_ graph: TrainingGraph, epoch: Int, event: Int) throws {
    guard case .notebook = model, graph.edgeCount < 2 else { return }
    throw EdgeClassifierError.tooFewEdges(epoch: epoch, event: event, edges: graph.edgeCount)
  }

  private func requireFinite(
    _ value: Double, _ quantity: String, epoch: Int, event: Int
  ) throws {
    guard value.isFinite else {
      throw EdgeClassifierError.diverged(epoch: epoch, event: event, quantity: quantity)
    }
  }

  /// The order in which an epoch takes its graphs, of which so many in a row stay together.
  static func order(of count: Int, together: Int, seed: UInt64, epoch: Int) -> [Int] {
    var mixer = SplitMix(state: seed)
    var generator = SeededGenerator(seed: mixer.next() ^ UInt64(epoch))
    guard together > 1 else { return generator.permutation(of: count) }
    return generator.permutation(of: (count + together - 1) / together).flatMap { group in
      let first = group * together
      return generator.permutation(of: min(together, count - first)).map { first + $0 }
    }
  }
}
