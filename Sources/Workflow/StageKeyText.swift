import ArtifactStore
import JSONDocument

/// The text that keys of one stage's tasks are made of, ready but for what differs from task to task.
///
/// What decides the result's bits is in it, and nothing else. A plan makes one for every task, so the
/// canonical JSON is put together from pieces: members in the order of their names. The tasks keep the
/// pieces, which they share, and no texts of their own.
final class StageKeyText: Sendable {
  private let head: String
  private let tail: String
  /// Why no task of the stage can have a key, where that is so.
  let impossible: String?

  /// - Parameter contentOf: gives the SHA-256 of a file parameter's file; nil where it can't be read.
  init(
    stage: StageDefinition, dataset: StageDataset, contentOf: (String) -> String?
  ) {
    var parameters: [JSONMember] = []
    var impossible: String?
    for spec in stage.kind.parameters where spec.affectsResult {
      var value = stage.parameter(spec.name) ?? spec.defaultValue
      if case .file = spec.type, let path = value.stringValue {
        if let digest = contentOf(path) {
          value = ["sha256": .string(digest)]
        } else {
          impossible = "\(spec.name): the file \(path) can't be read"
        }
      }
      parameters.append(JSONMember(name: spec.name, value: value))
    }
    self.impossible = impossible
    head = dataset.keyText.map { "{\"dataset\":\($0.canonicalText)," } ?? "{"
    tail =
      "],\"kind\":\(JSONValue.string(stage.kind.name).canonicalText)"
      + ",\"parameters\":\(JSONValue.object(parameters).canonicalText)"
      + ",\"version\":\(stage.kind.version)}"
  }

  /// Canonical JSON for a task.
  ///
  /// - Parameter files: the SHA-256 of each of the event's files, by name, as canonical JSON; empty where it has none.
  func text(event: Int?, files: String, inputs: [TaskInput]) -> String {
    var text = head
    if let event { text += "\"event\":\(event)," }
    if !files.isEmpty { text += "\"files\":\(files)," }
    text += "\"format\":1,\"inputs\":["
    text += inputs.map(\.canonicalText).sorted().joined(separator: ",")
    text += tail
    return text
  }
}

extension TaskInput {
  /// The same as `json.canonicalText`, in a hundredth of the time.
  var canonicalText: String {
    var text = "{"
    if let event { text += "\"event\":\(event)," }
    text += "\"key\":\"\(key.hex)\",\"kind\":\(Self.quoted(kind))"
    if let position { text += ",\"position\":\(position)" }
    if let split { text += ",\"split\":\(Self.quoted(split))" }
    return text + "}"
  }

  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    return isPlain ? "\"\(name)\"" : JSONValue.string(name).canonicalText
  }
}
