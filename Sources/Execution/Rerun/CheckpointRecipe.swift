import ArtifactStore
import JSONDocument
import Workflow

/// The trainings that may have left a checkpoint, whose key says all but which kind of stage it was.
struct CheckpointRecipe {
  static let kind = "training-checkpoint"

  /// The text of the checkpoint's key.
  let keyText: JSONValue

  /// Nil for the text of another key.
  init?(keyText: JSONValue) {
    guard keyText["kind"]?.stringValue == Self.kind, keyText["epoch"]?.intValue != nil else {
      return nil
    }
    self.keyText = keyText
  }

  /// The trainings of the kinds that take these parameters, the likeliest first.
  ///
  /// A checkpoint that does not say of which part of a training it is knows nothing of how many epochs
  /// were to come; its training is taken to end with it.
  func trainings(kinds: [any StageKind]) -> [TaskRecipe] {
    let part = keyText["of"]?.stringValue
    var parameters = keyText["parameters"]?.members ?? []
    if part == nil, let epoch = keyText["epoch"] {
      parameters.append(JSONMember(name: "epochs", value: epoch))
    }
    let names = Set(parameters.map(\.name))
    let fitting = kinds.filter { kind in
      kind.scope == .study && kind.version == keyText["version"]?.intValue
        && Set(kind.parameters.filter(\.affectsResult).map(\.name)) == names
    }
    let likely = fitting.filter { part?.hasPrefix("\($0.name) ") ?? true }
    return (likely.isEmpty ? fitting : likely).compactMap { kind in
      TaskRecipe(keyText: training(of: kind.name, parameters: parameters))
    }
  }

  private func training(of kind: String, parameters: [JSONMember]) -> JSONValue {
    .object(
      (keyText.members ?? []).compactMap { member in
        switch member.name {
        case "kind": JSONMember(name: "kind", value: .string(kind))
        case "parameters": JSONMember(name: "parameters", value: .object(parameters))
        case "of", "epoch": nil
        default: member
        }
      })
  }
}
