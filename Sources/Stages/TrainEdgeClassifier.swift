import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reporting
import Workflow

/// `train-edge-classifier`: trains the edge network over the events of the split `train`.
struct TrainEdgeClassifier: StageKind {
  let name = "train-edge-classifier"
  let version = 2
  let summary =
    "Trains the edge-classifying network on the graphs of the split \"train\", watching \"validation\"."
  let scope = StageScope.study
  let inputs = [StageInput("build-graphs")]
  let defaultSplits: [String]? = ["train", "validation"]
  let parameters = TrainingParameters.specs

  func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
    TrainingParameters.contradiction(in: parameters)
  }

  func continuation(of task: StageTask) -> TaskContinuation? {
    TrainingCheckpoints(task: task).continuation(epochs: task.integer("epochs"))
  }

  func run(_ task: StageTask) throws -> StageResult {
    do {
      return try train(task)
    } catch let error as EdgeClassifierError {
      // Another amount of memory makes no other task, so the want of it is not to be remembered.
      if case .tooLittleMemory = error { throw error }
      throw InputRefused(error.description)
    }
  }

  private func train(_ task: StageTask) throws -> StageResult {
    let options = TrainingParameters.options(task)
    let start = try TrainingParameters.model(task)
    let graphs = try TrainingGraphs(
      task, model: start, weighting: TrainingParameters.weighting(task))
    let size = NetworkSize(start, nodes: graphs.nodes, edges: graphs.edges)
    let checkpoints = TrainingCheckpoints(task: task)
    var trainer =
      try checkpoints.latest(model: start, options: options)
      ?? EdgeTrainer(model: start, options: options)
    var clock = ContinuousClock.now
    report(task, trainer, size.text)
    while !trainer.isDone {
      try trainer.runEpoch(training: graphs.training, validation: graphs.validation)
      report(task, trainer, Self.note(trainer.curve))
      let age = (ContinuousClock.now - clock) / .seconds(1)
      if trainer.isDone || age >= task.number("checkpointSeconds") {
        try checkpoints.publish(trainer.state)
        clock = .now
      }
    }
    let best = try trainer.bestModel()
    let summary: JSONValue = [
      "architecture": TrainingArtifact.architecture(of: best),
      "parameters": .integer(size.parameters),
      "multiplyAddsPerEdge": .number(size.multiplyAddsPerEdge),
      "trainEvents": .integer(graphs.training.count),
      "validationEvents": .integer(graphs.validation.count),
      "positiveWeight": .optional(trainer.positiveWeight),
      "bestEpoch": .integer(trainer.bestEpoch ?? trainer.epoch),
      "stoppedEarly": .bool(trainer.hasStalled && trainer.epoch < options.epochs),
      "instructionSet": .string(Kernels.instructionSet),
      "curve": CurveJSON.json(of: trainer.curve),
    ]
    return StageResult(summary: summary, arrays: best.tensors.map(ArtifactArray.init(tensor:)))
  }

  private func report(_ task: StageTask, _ trainer: EdgeTrainer, _ note: String) {
    task.report(
      TaskProgress(
        done: trainer.epoch, total: trainer.options.epochs, unit: "epochs", note: note))
  }

  /// `loss 0.8123, AUC 0.9431, validation AUC 0.9401`
  private static func note(_ curve: [EpochRecord]) -> String {
    var parts = curve.last.map { ["loss \(FigureText.text($0.loss, digits: 4))"] } ?? []
    if let auc = curve.last(where: { $0.auc != nil })?.auc {
      parts.append("AUC \(FigureText.text(auc, digits: 4))")
    }
    if let auc = curve.last(where: { $0.validationAUC != nil })?.validationAUC {
      parts.append("validation AUC \(FigureText.text(auc, digits: 4))")
    }
    return parts.joined(separator: ", ")
  }
}

/// How large a network is, and what it costs on the largest graph.
struct NetworkSize {
  let parameters: Int
  /// Of a forward pass.
  let multiplyAddsPerEdge: Double

  init(_ model: EdgeModel, nodes: Int, edges: Int) {
    parameters = model.parameterCount
    multiplyAddsPerEdge =
      edges == 0 ? 0 : Double(model.multiplyAdds(nodes: nodes, edges: edges)) / Double(edges)
  }

  /// `60,609 parameters, 114.2 kFLOP an edge forward`
  var text: String {
    let thousands = FigureText.text(2 * multiplyAddsPerEdge / 1000, digits: 1)
    return "\(NumberText.grouped(parameters)) parameters, \(thousands) kFLOP an edge forward"
  }
}

/// Figures in progress notes.
enum FigureText {
  static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = Int((abs(value) * scale).rounded())
    let fraction = String(rounded % Int(scale))
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(value < 0 ? "-" : "")\(rounded / Int(scale)).\(zeros)\(fraction)"
  }
}
