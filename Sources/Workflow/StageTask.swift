import ArtifactStore
import JSONDocument

/// One task as a stage kind sees it: parameters, files, the results of earlier stages.
public struct StageTask: Sendable {
  public var stage: String
  public var key: ArtifactKey
  public var keyText: JSONValue
  /// Every parameter of the kind, defaults filled in.
  public var parameters: JSONValue
  /// The event's number; nil for a task over the whole study.
  public var event: Int?
  /// Paths of the event's files by name.
  public var files: [String: String]
  /// The data set's properties that the kind declares, by name: a value, a path, or null where the data set has none.
  public var dataset: JSONValue
  public var inputs: [TaskInput]
  /// The most threads that it may use.
  public var threads: Int
  /// Which attempt at the task this is, from 1.
  public var attempt: Int
  public var store: ObjectStore
  /// Takes how far the task has come.
  public var report: @Sendable (TaskProgress) -> Void
  /// Publishes an artifact beside the task's result, such as a checkpoint.
  public var publish: @Sendable (Artifact) throws -> Void

  public init(
    stage: String, key: ArtifactKey, keyText: JSONValue, parameters: JSONValue, event: Int?,
    files: [String: String], dataset: JSONValue = .null, inputs: [TaskInput], threads: Int,
    attempt: Int = 1, store: ObjectStore,
    report: @escaping @Sendable (TaskProgress) -> Void,
    publish: @escaping @Sendable (Artifact) throws -> Void
  ) {
    self.stage = stage
    self.key = key
    self.keyText = keyText
    self.parameters = parameters
    self.event = event
    self.files = files
    self.dataset = dataset
    self.inputs = inputs
    self.threads = threads
    self.attempt = attempt
    self.store = store
    self.report = report
    self.publish = publish
  }

  /// The result of the one earlier stage of that kind.
  public func load(_ kind: String) throws -> Artifact {
    guard let input = inputs.first(where: { $0.kind == kind }) else {
      throw InputRefused("stage \(stage) was given no result of a \(kind) stage")
    }
    return try store.load(input.key)
  }

  /// The inputs of a kind: of one event, or of the whole study, in the order in which `needs` names their stages.
  public func inputs(of kind: String) -> [TaskInput] { inputs.filter { $0.kind == kind } }
}

/// A result of an earlier stage that a task takes.
public struct TaskInput: Sendable, Equatable {
  public var kind: String
  /// Which of several stages of that kind it is of: its place among them in the stage's `needs`, from 0; nil where there is one.
  ///
  /// The order in which a workflow names such stages can decide a result, so a position counts in the
  /// key, while the order of inputs does not.
  public var position: Int?
  /// The event that it is of; nil for the result of a whole study.
  public var event: Int?
  /// The split through which the event came in, for tasks over a whole study.
  public var split: String?
  public var key: ArtifactKey

  public init(
    kind: String, position: Int? = nil, event: Int?, split: String?, key: ArtifactKey
  ) {
    self.kind = kind
    self.position = position
    self.event = event
    self.split = split
    self.key = key
  }

  public var json: JSONValue {
    var members = [JSONMember(name: "kind", value: .string(kind))]
    if let position {
      members.append(JSONMember(name: "position", value: .integer(position)))
    }
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    if let split { members.append(JSONMember(name: "split", value: .string(split))) }
    members.append(JSONMember(name: "key", value: .string(key.hex)))
    return .object(members)
  }

  public init?(json: JSONValue) {
    guard let kind = json["kind"]?.stringValue,
      let key = json["key"]?.stringValue.flatMap(ArtifactKey.init(hex:))
    else { return nil }
    self.init(
      kind: kind, position: json["position"]?.intValue, event: json["event"]?.intValue,
      split: json["split"]?.stringValue, key: key)
  }
}

/// How far a long task has come.
public struct TaskProgress: Sendable, Equatable {
  public var done: Int
  public var total: Int
  /// What is counted: `epochs`.
  public var unit: String
  /// The latest figures, for people: `loss 0.81, AUC 0.943`.
  public var note: String

  public init(done: Int, total: Int, unit: String, note: String) {
    self.done = done
    self.total = total
    self.unit = unit
    self.note = note
  }
}
