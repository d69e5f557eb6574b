import ArtifactStore
import EdgeClassifier
import JSONDocument
import Workflow

/// The checkpoints of a training: artifacts from which it goes on to the same bits.
///
/// Their key is that of the training without its number of epochs, so that a longer training goes on
/// from a shorter one's.
struct TrainingCheckpoints {
  private let task: StageTask
  private let part: String?

  /// - Parameter part: tells this training from others of the same task; all parameters are in its
  ///   checkpoints' keys then.
  init(task: StageTask, part: String? = nil) {
    self.task = task
    self.part = part
  }

  /// The trainer at the latest whole checkpoint; nil where there is none.
  func latest(model: EdgeModel, options: TrainingOptions) throws -> EdgeTrainer? {
    let keys = CheckpointKeys(keyText(epoch: 0))
    for epoch in stride(from: options.epochs, to: 0, by: -1) {
      guard let artifact = try? task.store.load(keys.key(epoch: epoch)) else { continue }
      let state = TrainingState(
        arrays: artifact.arrays.compactMap(NamedTensor.init(array:)),
        integers: numbers(artifact.summary["integers"]) { $0.intValue },
        numbers: numbers(artifact.summary["numbers"]) { $0.doubleValue },
        curve: CurveJSON.curve(of: artifact.summary["curve"]))
      guard state.curve.count == epoch,
        let trainer = try? EdgeTrainer(state: state, model: model, options: options)
      else { continue }
      return trainer
    }
    return nil
  }

  /// Where a training of so many epochs goes on: at the latest of its checkpoints.
  func continuation(epochs: Int) -> TaskContinuation? {
    CheckpointKeys(keyText(epoch: 0)).continuation(epochs: epochs, store: task.store, part: part)
  }

  func publish(_ state: TrainingState) throws {
    func object<Value>(_ values: [String: Value], _ json: (Value) -> JSONValue) -> JSONValue {
      .object(
        values.sorted { $0.key < $1.key }.map { JSONMember(name: $0.key, value: json($0.value)) })
    }
    try task.publish(
      Artifact(
        kind: "training-checkpoint", keyText: keyText(epoch: state.curve.count),
        summary: [
          "integers": object(state.integers) { .integer($0) },
          "numbers": object(state.numbers) { .number($0) },
          "curve": CurveJSON.json(of: state.curve),
        ], arrays: state.arrays.map(ArtifactArray.init(tensor:))))
  }

  private func numbers<Value>(
    _ json: JSONValue?, _ value: (JSONValue) -> Value?
  ) -> [String: Value] {
    Dictionary(
      (json?.members ?? []).compactMap { member in
        value(member.value).map { (member.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  private func keyText(epoch: Int) -> JSONValue {
    var members: [JSONMember] = []
    for member in task.keyText.members ?? [] {
      switch member.name {
      case "kind":
        members.append(JSONMember(name: "kind", value: "training-checkpoint"))
      case "parameters" where part == nil:
        members.append(
          JSONMember(name: "parameters", value: .object(parameters(member.value.members ?? []))))
      default: members.append(member)
      }
    }
    if let part { members.append(JSONMember(name: "of", value: .string(part))) }
    return .object(members + [JSONMember(name: "epoch", value: .integer(epoch))])
  }

  /// Without the number of epochs, which only says where the training ends; but the length of a
  /// cosine decides every step.
  private func parameters(_ members: [JSONMember]) -> [JSONMember] {
    members.filter { $0.name != "epochs" }.map { member in
      guard member.name == "scheduleEpochs", member.value == .null,
        task.text("schedule") == "cosine"
      else { return member }
      return JSONMember(name: member.name, value: .integer(task.integer("epochs")))
    }
  }
}

/// The keys of a training's checkpoints, whose texts differ in the epoch alone.
///
/// Over a large study the rest is megabytes, which are put in canonical form once.
struct CheckpointKeys {
  private let head: String
  private let tail: String

  /// - Parameter text: what the key of any of them is made of.
  init(_ text: JSONValue) {
    let members = (text.members ?? []).filter { $0.name != "epoch" }
    func inside(_ members: [JSONMember]) -> Substring {
      JSONValue.object(members).canonicalText.dropFirst().dropLast()
    }
    // Canonical JSON has its members in the order of their names.
    let before = inside(members.filter { $0.name.utf8.lexicographicallyPrecedes("epoch".utf8) })
    let after = inside(members.filter { !$0.name.utf8.lexicographicallyPrecedes("epoch".utf8) })
    head = "{" + before + (before.isEmpty ? "" : ",") + "\"epoch\":"
    tail = (after.isEmpty ? "" : ",") + after + "}"
  }

  func key(epoch: Int) -> ArtifactKey { ArtifactKey(ofCanonicalText: "\(head)\(epoch)\(tail)") }

  /// Finds the latest checkpoint without reading any.
  func continuation(epochs: Int, store: ObjectStore, part: String?) -> TaskContinuation? {
    let epoch = stride(from: epochs, to: 0, by: -1).first {
      FileSystem.stamp(of: store.path(of: key(epoch: $0))) != nil
    }
    return epoch.map { epoch in
      TaskContinuation(
        words: "continues from epoch \(epoch)" + (part.map { " of its \($0)" } ?? ""),
        shareLeft: Double(epochs - epoch) / Double(max(1, epochs)))
    }
  }
}

/// A training curve as JSON: a list of objects with `epoch`, `loss` and the rest.
enum CurveJSON {
  static func json(of curve: [EpochRecord]) -> JSONValue {
    .array(
      curve.map { record in
        [
          "epoch": .integer(record.epoch), "loss": .number(record.loss),
          "gradientNorm": .number(record.gradientNorm),
          "learningRate": .number(record.learningRate), "auc": .optional(record.auc),
          "validationLoss": .optional(record.validationLoss),
          "validationAUC": .optional(record.validationAUC),
          "validationAccuracy": .optional(record.validationAccuracy),
        ]
      })
  }

  static func curve(of json: JSONValue?) -> [EpochRecord] {
    (json?.arrayValue ?? []).compactMap { row in
      guard let epoch = row["epoch"]?.intValue, let loss = row["loss"]?.doubleValue,
        let norm = row["gradientNorm"]?.doubleValue, let rate = row["learningRate"]?.doubleValue
      else { return nil }
      return EpochRecord(
        epoch: epoch, loss: loss, gradientNorm: norm, learningRate: rate,
        auc: row["auc"]?.doubleValue, validationLoss: row["validationLoss"]?.doubleValue,
        validationAUC: row["validationAUC"]?.doubleValue,
        validationAccuracy: row["validationAccuracy"]?.doubleValue)
    }
  }
}
