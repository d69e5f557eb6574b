import ArtifactStore
import EdgeClassifier
import JSONDocument
import Reconstruction
import Workflow

/// What the stages that train a perceptron on rows have in common: parameters, training, result.
enum RowTraining {
  /// - Parameter hidden: widths of the hidden layers where the workflow says none.
  static func specs(
    hidden: [Int], epochs: Int, batch: Int, learningRate: Double
  ) -> [ParameterSpec] {
    [
      ParameterSpec(
        "hidden", .integers(1...1024), default: .array(hidden.map { .integer($0) }),
        "Widths of the hidden layers."),
      ParameterSpec(
        "epochs", .integer(1...10_000), default: .integer(epochs), unit: "epochs",
        "How often every row is seen."),
      ParameterSpec(
        "batch", .integer(1...1_000_000), default: .integer(batch), unit: "rows", "Rows a step."),
      ParameterSpec(
        "learningRate", .number(1e-9...1), default: .number(learningRate),
        "Largest step size of Adam; it rises to it and falls again over the training."),
      ParameterSpec(
        "seed", .integer(0...Int.max), default: 1, "Decides weights, samples and order."),
    ]
  }

  /// Trains a network on the rows of the split `train`, and gives it with the curve of its training.
  ///
  /// - Parameters:
  ///   - part: tells this training from others of the same task.
  ///   - hidden: widths of the hidden layers; those of the parameter where nil.
  ///   - keepsLast: whether the end is a checkpoint too, where the task goes on after it.
  static func train(
    _ task: StageTask, part: String, rows: RowTable, validation: RowTable,
    hidden: [Int]? = nil, keepsLast: Bool = false
  ) throws -> (network: RowNetwork, summary: JSONValue) {
    let sizes =
      [rows.inputs] + (hidden ?? task.integers("hidden")) + [1]
    let options = RowTrainingOptions(
      epochs: task.integer("epochs"), batch: task.integer("batch"),
      learningRate: task.number("learningRate"), seed: UInt64(task.integer("seed")),
      threads: task.threads)
    let checkpoints = RowCheckpoints(task: task, part: part)
    do {
      var trainer =
        try checkpoints.latest(sizes: sizes, options: options)
        ?? RowTrainer(
          network: try RowNetwork(sizes: sizes, seed: options.seed), options: options)
      while !trainer.isDone {
        let epoch = try trainer.runEpoch(
          rows: rows, validation: validation.isEmpty ? nil : validation)
        task.report(
          TaskProgress(
            done: trainer.epoch, total: options.epochs, unit: "epochs", note: note(epoch)))
        if !trainer.isDone || keepsLast { try checkpoints.publish(trainer.state) }
      }
      return (
        trainer.network,
        [
          "sizes": .array(sizes.map { .integer($0) }),
          "parameters": .integer(trainer.network.parameterCount),
          "rows": .integer(rows.count), "trueRows": .integer(rows.trueCount),
          "validationRows": .integer(validation.count),
          "instructionSet": .string(Kernels.instructionSet),
          "curve": curve(trainer.curve),
        ]
      )
    } catch let error as EdgeClassifierError {
      throw InputRefused(error.description)
    }
  }

  /// All rows of several events, in their order.
  static func joined(_ parts: [RowTable], inputs: Int) -> RowTable {
    var all = RowTable(inputs: inputs)
    for part in parts { all.append(part) }
    return all
  }

  /// The perceptron of an artifact, which may hold a line graph's network or a screen besides.
  static func network(of artifact: Artifact) throws -> RowNetwork {
    let others = [LineGraphTraining.prefix, screenPrefix]
    return try network(
      artifact.summary["sizes"],
      artifact.arrays.filter { array in !others.contains { array.name.hasPrefix($0) } }, prefix: "")
  }

  /// The small network before a doublet filter; nil where none was trained.
  static func screen(of artifact: Artifact) throws -> RowNetwork? {
    guard let sizes = artifact.summary["screen"]?["sizes"] else { return nil }
    return try network(
      sizes, artifact.arrays.filter { $0.name.hasPrefix(screenPrefix) }, prefix: screenPrefix)
  }

  static let screenPrefix = "screen."

  private static func network(
    _ sizes: JSONValue?, _ arrays: [ArtifactArray], prefix: String
  ) throws -> RowNetwork {
    let sizes = (sizes?.arrayValue ?? []).compactMap(\.intValue)
    let tensors = arrays.compactMap { array in
      NamedTensor(array: array).map {
        NamedTensor(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }
    }
    return try RowNetwork(sizes: sizes, tensors: tensors)
  }

  static func arrays(of network: RowNetwork, prefix: String = "") -> [ArtifactArray] {
    network.tensors.map {
      ArtifactArray(name: prefix + $0.name, shape: $0.shape, values: .float32($0.values))
    }
  }

  private static func note(_ epoch: RowEpoch) -> String {
    var parts = ["loss \(FigureText.text(epoch.loss, digits: 4))"]
    if let auc = epoch.validationAUC {
      parts.append("validation AUC \(FigureText.text(auc, digits: 4))")
    }
    return parts.joined(separator: ", ")
  }

  static func curve(_ epochs: [RowEpoch]) -> JSONValue {
    .array(
      epochs.map { epoch in
        [
          "epoch": .integer(epoch.epoch), "loss": .number(epoch.loss),
          "learningRate": .number(epoch.learningRate),
          "validationLoss": .optional(epoch.validationLoss),
          "validationAUC": .optional(epoch.validationAUC),
        ]
      })
  }
}

/// The checkpoints of a training on rows: artifacts from which it goes on to the same bits.
struct RowCheckpoints {
  private let task: StageTask
  private let part: String

  init(task: StageTask, part: String) {
    self.task = task
    self.part = part
  }

  func latest(sizes: [Int], options: RowTrainingOptions) throws -> RowTrainer? {
    let keys = CheckpointKeys(keyText(epoch: 0))
    for epoch in stride(from: options.epochs, to: 0, by: -1) {
      guard let artifact = try? task.store.load(keys.key(epoch: epoch)) else { continue }
      let curve = (artifact.summary["curve"]?.arrayValue ?? []).compactMap { row -> RowEpoch? in
        guard let number = row["epoch"]?.intValue, let loss = row["loss"]?.doubleValue,
          let rate = row["learningRate"]?.doubleValue
        else { return nil }
        return RowEpoch(
          epoch: number, loss: loss, learningRate: rate,
          validationLoss: row["validationLoss"]?.doubleValue,
          validationAUC: row["validationAUC"]?.doubleValue)
      }
      let state = RowTrainingState(
        arrays: artifact.arrays.compactMap(NamedTensor.init(array:)),
        step: artifact.summary["step"]?.intValue ?? 0, curve: curve)
      guard curve.count == epoch,
        let trainer = try? RowTrainer(state: state, sizes: sizes, options: options)
      else { continue }
      return trainer
    }
    return nil
  }

  /// Where a training of so many epochs goes on: at the latest of its checkpoints.
  func continuation(epochs: Int) -> TaskContinuation? {
    CheckpointKeys(keyText(epoch: 0)).continuation(epochs: epochs, store: task.store, part: part)
  }

  func publish(_ state: RowTrainingState) throws {
    try task.publish(
      Artifact(
        kind: "training-checkpoint", keyText: keyText(epoch: state.curve.count),
        summary: ["step": .integer(state.step), "curve": RowTraining.curve(state.curve)],
        arrays: state.arrays.map {
          ArtifactArray(name: $0.name, shape: $0.shape, values: .float32($0.values))
        }))
  }

  private func keyText(epoch: Int) -> JSONValue {
    let members = (task.keyText.members ?? []).map { member in
      member.name == "kind"
        ? JSONMember(name: "kind", value: "training-checkpoint") : member
    }
    return .object(
      members + [
        JSONMember(
          name: "of", value: .string("\(task.keyText["kind"]?.stringValue ?? "") \(part)")),
        JSONMember(name: "epoch", value: .integer(epoch)),
      ])
  }
}
