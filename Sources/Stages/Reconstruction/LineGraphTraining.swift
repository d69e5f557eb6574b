import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// The training of a line graph's network, and its place in the artifact of `train-triplets`.
enum LineGraphTraining {
  /// Of the names of its arrays.
  static let prefix = "line."

  /// - Parameter perceptron: keeps the triplets that are links.
  static func train(
    _ task: StageTask, perceptron: TripletFinder, meanWeight: Float, training: [StudyEvent],
    validation: [StudyEvent]
  ) throws -> (network: LineGraphNetwork, summary: [JSONMember]) {
    do {
      let start = EdgeModel.messagePassing(
        try MessagePassingNetwork(
          configuration: LineGraphParameters.configuration(task),
          seed: UInt64(task.integer("seed"))), HitFeatureList())
      let events = try LineGraphEvents(
        task, model: start, perceptron: perceptron, meanWeight: meanWeight, training: training,
        validation: validation)
      let options = LineGraphParameters.options(
        task, steps: events.training.count, total: events.total)
      let checkpoints = TrainingCheckpoints(task: task, part: LineGraphParameters.lineGraph)
      var trainer =
        try checkpoints.latest(model: start, options: options)
        ?? EdgeTrainer(model: start, options: options)
      while !trainer.isDone {
        let record = try trainer.runEpoch(training: events.training, validation: events.validation)
        task.report(
          TaskProgress(
            done: trainer.epoch, total: options.epochs, unit: "epochs", note: note(record)))
        try checkpoints.publish(trainer.state)
      }
      return (
        try network(of: trainer.bestModel()),
        [
          JSONMember(name: "lineParameters", value: .integer(start.parameterCount)),
          JSONMember(name: "links", value: .integer(events.total.links)),
          JSONMember(name: "trueLinks", value: .integer(events.total.trueLinks)),
          JSONMember(
            name: "lineBestEpoch", value: .integer(trainer.bestEpoch ?? trainer.epoch)),
          JSONMember(name: "lineCurve", value: CurveJSON.json(of: trainer.curve)),
        ]
      )
    } catch let error as EdgeClassifierError {
      // Another amount of memory makes no other task, so the want of it is not to be remembered.
      if case .tooLittleMemory = error { throw error }
      throw InputRefused(error.description)
    }
  }

  private static func network(of model: EdgeModel) throws -> LineGraphNetwork {
    guard case .messagePassing(let network, _) = model else {
      preconditionFailure("a training keeps its architecture")
    }
    return try LineGraphNetwork(network)
  }

  private static func note(_ record: EpochRecord) -> String {
    var parts = ["line graph: loss \(FigureText.text(record.loss, digits: 5))"]
    if let loss = record.validationLoss {
      parts.append("validation loss \(FigureText.text(loss, digits: 5))")
    }
    if let auc = record.validationAUC {
      parts.append("validation AUC \(FigureText.text(auc, digits: 5))")
    }
    return parts.joined(separator: ", ")
  }

  // MARK: - Artifact

  /// What the summary says of the network; `keepCut` is the perceptron's cut that it was trained with.
  static func description(_ task: StageTask) -> JSONValue {
    [
      "hidden": .integer(task.integer("lineHidden")), "passes": .integer(task.integer("passes")),
      "keepCut": .number(task.number("keepCut")), "sectors": .integer(task.integer("sectors")),
    ]
  }

  static func arrays(of network: LineGraphNetwork) -> [ArtifactArray] {
    network.network.tensors.map {
      ArtifactArray(name: prefix + $0.name, shape: $0.shape, values: .float32($0.values))
    }
  }

  /// The network and the perceptron's cut before it; nil where none was trained.
  static func network(of artifact: Artifact) throws -> (network: LineGraphNetwork, keepCut: Float)?
  {
    guard let line = artifact.summary["line"], line != .null else { return nil }
    let tensors = artifact.arrays.filter { $0.name.hasPrefix(prefix) }.compactMap { array in
      NamedTensor(array: array).map {
        NamedTensor(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }
    }
    let configuration = LineGraphNetwork.configuration(
      hidden: line["hidden"]?.intValue ?? 0, passes: line["passes"]?.intValue ?? 0)
    return (
      try LineGraphNetwork(
        MessagePassingNetwork(configuration: configuration, tensors: tensors)),
      Float(line["keepCut"]?.doubleValue ?? 0)
    )
  }
}
