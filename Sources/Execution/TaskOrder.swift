import ArtifactStore
import JSONDocument
import Workflow

/// What the driver tells a worker to do: one task, as one line of JSON.
public struct TaskOrder: Sendable {
  public var stage: String
  public var kind: String
  public var parameters: JSONValue
  public var event: Int?
  public var files: [String: String]
  /// The data set's properties that the kind declares; null where it declares none.
  public var dataset: JSONValue
  public var inputs: [TaskInput]
  public var keyText: JSONValue
  public var threads: Int
  /// Which attempt at the task this is, from 1.
  public var attempt = 1

  /// The order for a planned task.
  public init(_ task: PlannedTask, stage: StageDefinition, threads: Int) {
    self.stage = stage.name
    kind = stage.kind.name
    parameters = .object(stage.parameters)
    event = task.event
    files = task.files
    dataset = task.dataset
    inputs = task.inputs
    keyText = task.recipe
    self.threads = threads
  }

  /// An order with every part given.
  public init(
    stage: String, kind: String, parameters: JSONValue, event: Int?, files: [String: String],
    dataset: JSONValue, inputs: [TaskInput], keyText: JSONValue, threads: Int
  ) {
    self.stage = stage
    self.kind = kind
    self.parameters = parameters
    self.event = event
    self.files = files
    self.dataset = dataset
    self.inputs = inputs
    self.keyText = keyText
    self.threads = threads
  }

  public var key: ArtifactKey { ArtifactKey(of: keyText) }

  /// `graphs, event 21000`
  var title: String { stage + (event.map { ", event \($0)" } ?? "") }

  /// What names it in a journal.
  var journalMembers: [JSONMember] {
    var members = [JSONMember(name: "stage", value: .string(stage))]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    members.append(JSONMember(name: "key", value: .string(key.hex)))
    return members
  }

  public var json: JSONValue {
    [
      "stage": .string(stage), "kind": .string(kind), "parameters": parameters,
      "event": event.map { .integer($0) } ?? .null,
      "files": .object(
        files.sorted { $0.key < $1.key }.map { JSONMember(name: $0.key, value: .string($0.value)) }),
      "dataset": dataset, "inputs": .array(inputs.map(\.json)), "keyText": keyText,
      "threads": .integer(threads), "attempt": .integer(attempt),
    ]
  }

  public init?(json: JSONValue) {
    guard let stage = json["stage"]?.stringValue, let kind = json["kind"]?.stringValue,
      let parameters = json["parameters"], let files = json["files"]?.members,
      let inputs = json["inputs"]?.arrayValue, let keyText = json["keyText"],
      let threads = json["threads"]?.intValue
    else { return nil }
    self.stage = stage
    self.kind = kind
    self.parameters = parameters
    event = json["event"]?.intValue
    self.files = Dictionary(
      files.compactMap { file in file.value.stringValue.map { (file.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    dataset = json["dataset"] ?? .null
    self.inputs = inputs.compactMap(TaskInput.init(json:))
    guard self.inputs.count == inputs.count else { return nil }
    self.keyText = keyText
    self.threads = threads
    attempt = json["attempt"]?.intValue ?? 1
  }
}

/// What a worker says while it works and when it is done, a line of JSON each.
public enum WorkerMessage: Sendable, Equatable {
  case progress(TaskProgress)
  /// An artifact beside the result was published.
  case published(key: ArtifactKey)
  /// The result was published.
  case done(TaskCost)
  case failed(TaskFailure)

  public var json: JSONValue {
    switch self {
    case .progress(let progress):
      [
        "progress": [
          "done": .integer(progress.done), "total": .integer(progress.total),
          "unit": .string(progress.unit), "note": .string(progress.note),
        ]
      ]
    case .published(let key): ["published": .string(key.hex)]
    case .done(let cost):
      [
        "done": [
          "seconds": .number(cost.seconds), "cpuSeconds": .number(cost.cpuSeconds),
          "peakMemory": .integer(cost.peakMemory),
        ]
      ]
    case .failed(let failure):
      ["failed": ["cause": .string(failure.cause.rawValue), "reason": .string(failure.reason)]]
    }
  }

  public init?(json: JSONValue) {
    if let progress = json["progress"], let done = progress["done"]?.intValue,
      let total = progress["total"]?.intValue, let unit = progress["unit"]?.stringValue,
      let note = progress["note"]?.stringValue
    {
      self = .progress(TaskProgress(done: done, total: total, unit: unit, note: note))
    } else if let key = json["published"]?.stringValue.flatMap(ArtifactKey.init(hex:)) {
      self = .published(key: key)
    } else if let cost = json["done"], let seconds = cost["seconds"]?.doubleValue,
      let cpu = cost["cpuSeconds"]?.doubleValue, let memory = cost["peakMemory"]?.intValue
    {
      self = .done(TaskCost(seconds: seconds, cpuSeconds: cpu, peakMemory: memory))
    } else if let failed = json["failed"], let reason = failed["reason"]?.stringValue,
      let cause = failed["cause"]?.stringValue.flatMap(TaskFailure.Cause.init(rawValue:))
    {
      self = .failed(TaskFailure(cause: cause, reason: reason))
    } else {
      return nil
    }
  }
}

/// What a task took.
public struct TaskCost: Sendable, Equatable {
  public var seconds: Double
  public var cpuSeconds: Double
  /// The worker's largest resident size so far, in bytes.
  public var peakMemory: Int

  public init(seconds: Double, cpuSeconds: Double, peakMemory: Int) {
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
    self.peakMemory = peakMemory
  }
}

/// Why a task gave no result.
public struct TaskFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Cause: String, Sendable {
    /// The input's content is at fault; a repetition gives the same.
    case refused
    /// An earlier result could not be believed; it has to be made again.
    case damagedInput
    /// The cache could not be written or read: full disk, no permission. The run stops.
    case storage
    /// The task itself failed.
    case failed
    /// The worker ended without an answer.
    case crashed
    /// The task took more memory than there is, or than its stage may take.
    case outOfMemory
    /// The task took longer than its stage may take.
    case timeLimit
  }

  public var cause: Cause
  public var reason: String

  public init(cause: Cause, reason: String) {
    self.cause = cause
    self.reason = reason
  }

  public var description: String { reason }
}
