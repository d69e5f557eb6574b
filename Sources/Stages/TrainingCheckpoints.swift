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

  init(task: StageTask) { self.task = task }

  /// The trainer and curve of the latest whole checkpoint before the last epoch; nil where there is none.
  func latest(options: TrainingOptions) throws -> (EdgeTrainer, [EpochRecord])? {
    for epoch in stride(from: options.epochs - 1, to: 0, by: -1) {
      guard let artifact = try? task.store.load(ArtifactKey(of: keyText(epoch: epoch))) else {
        continue
      }
      let state = TrainingState(
        arrays: artifact.arrays.compactMap(NamedTensor.init(array:)),
        integers: Dictionary(
          (artifact.summary["integers"]?.members ?? []).compactMap { member in
            member.value.intValue.map { (member.name, $0) }
          }, uniquingKeysWith: { first, _ in first }))
      let curve = CurveJSON.curve(of: artifact.summary["curve"])
      guard curve.count == epoch, let trainer = try? EdgeTrainer(state: state, options: options)
      else { continue }
      return (trainer, curve)
    }
    return nil
  }

  func publish(_ state: TrainingState, curve: [EpochRecord]) throws {
    let integers = state.integers.sorted { $0.key < $1.key }
      .map { JSONMember(name: $0.key, value: .integer($0.value)) }
    try task.publish(
      Artifact(
        kind: "training-checkpoint", keyText: keyText(epoch: curve.count),
        summary: ["integers": .object(integers), "curve": CurveJSON.json(of: curve)],
        arrays: state.arrays.map(ArtifactArray.init(tensor:))))
  }

  private func keyText(epoch: Int) -> JSONValue {
    var members: [JSONMember] = []
    for member in task.keyText.members ?? [] {
      switch member.name {
      case "kind":
        members.append(JSONMember(name: "kind", value: "training-checkpoint"))
      case "parameters":
        let kept = (member.value.members ?? []).filter { $0.name != "epochs" }
        members.append(JSONMember(name: "parameters", value: .object(kept)))
      default: members.append(member)
      }
    }
    return .object(members + [JSONMember(name: "epoch", value: .integer(epoch))])
  }
}

/// A training curve as JSON: a list of objects with `epoch`, `loss` and the rest.
enum CurveJSON {
  static func json(of curve: [EpochRecord]) -> JSONValue {
    .array(
      curve.map { record in
        [
          "epoch": .integer(record.epoch), "loss": .number(record.loss),
          "gradientNorm": .number(record.gradientNorm), "auc": .optional(record.auc),
          "validationLoss": .optional(record.validationLoss),
          "validationAUC": .optional(record.validationAUC),
        ]
      })
  }

  static func curve(of json: JSONValue?) -> [EpochRecord] {
    (json?.arrayValue ?? []).compactMap { row in
      guard let epoch = row["epoch"]?.intValue, let loss = row["loss"]?.doubleValue,
        let norm = row["gradientNorm"]?.doubleValue
      else { return nil }
      return EpochRecord(
        epoch: epoch, loss: loss, gradientNorm: norm, auc: row["auc"]?.doubleValue,
        validationLoss: row["validationLoss"]?.doubleValue,
        validationAUC: row["validationAUC"]?.doubleValue)
    }
  }
}

extension ArtifactArray {
  init(tensor: NamedTensor) {
    self.init(name: tensor.name, shape: tensor.shape, values: .float32(tensor.values))
  }
}

extension NamedTensor {
  init?(array: ArtifactArray) {
    guard case .float32(let values) = array.values else { return nil }
    self.init(name: array.name, shape: array.shape, values: values)
  }
}
