import ArtifactStore
import JSONDocument

/// What a key is made of, read back: the task that makes the artifact.
public struct TaskRecipe: Sendable, Equatable {
  /// The canonical text as JSON.
  public var keyText: JSONValue
  public var kind: String
  public var version: Int
  /// Those that decide the result's bits; of a file its content, as `{"sha256": …}`.
  public var parameters: [JSONMember]
  /// Nil for a task over the whole study.
  public var event: Int?
  /// The SHA-256 of each of the event's files, by name.
  public var files: [String: String]
  /// The data set's properties that count, a file by its content; null where none does.
  public var dataset: JSONValue
  /// In an order in which a planner gives them: split by split, stage by stage, event by event.
  public var inputs: [TaskInput]

  /// Nil for a text that no key of a task is made of.
  public init?(keyText: JSONValue) {
    guard let kind = keyText["kind"]?.stringValue, let version = keyText["version"]?.intValue,
      let parameters = keyText["parameters"]?.members,
      let inputs = keyText["inputs"]?.arrayValue
    else { return nil }
    self.keyText = keyText
    self.kind = kind
    self.version = version
    self.parameters = parameters
    event = keyText["event"]?.intValue
    files = Dictionary(
      (keyText["files"]?.members ?? []).compactMap { file in
        file.value.stringValue.map { (file.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
    dataset = keyText["dataset"] ?? .null
    self.inputs = inputs.compactMap(TaskInput.init(json:)).sorted(by: Self.comesBefore)
    guard self.inputs.count == inputs.count else { return nil }
  }

  public init?(text: String) {
    guard let json = try? JSONValue(parsing: text, file: "recipe") else {
      return nil
    }
    self.init(keyText: json)
  }

  public var key: ArtifactKey { ArtifactKey(of: keyText) }

  public func parameter(_ name: String) -> JSONValue? {
    parameters.first { $0.name == name }?.value
  }

  /// The digest of a file that stands for a parameter or property; nil for a value that is no file.
  public static func digest(_ value: JSONValue) -> String? {
    guard let members = value.members, members.count == 1, members[0].name == "sha256" else {
      return nil
    }
    return members[0].value.stringValue
  }

  /// The digests of all files that the task reads, with what each is called.
  public var fileDigests: [(name: String, sha256: String)] {
    let ofEvent = files.sorted { $0.key < $1.key }.map { (name: $0.key, sha256: $0.value) }
    let named = parameters + (dataset.members ?? [])
    return ofEvent
      + named.compactMap { member in
        Self.digest(member.value).map { (name: member.name, sha256: $0) }
      }
  }

  private static func comesBefore(_ left: TaskInput, _ right: TaskInput) -> Bool {
    (left.split ?? "~", left.position ?? 0, left.event ?? .max, left.kind, left.key)
      < (right.split ?? "~", right.position ?? 0, right.event ?? .max, right.kind, right.key)
  }
}
