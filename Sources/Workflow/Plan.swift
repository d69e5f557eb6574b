import ArtifactStore
import JSONDocument

/// What a run has to do, and why: every stage with its tasks.
public struct Plan: Sendable {
  public var stages: [PlannedStage]

  public init(stages: [PlannedStage]) { self.stages = stages }

  public func stage(_ name: String) -> PlannedStage? { stages.first { $0.definition.name == name } }

  /// Whether no task is left to run.
  public var isDone: Bool { stages.allSatisfy { $0.count(of: .toRun) == 0 } }

  /// Whether something that was asked for has nothing left to work on.
  public var hasImpossible: Bool { stages.contains { $0.count(of: .impossible) > 0 } }

  /// The results that are there, stage by stage.
  public var cachedKeys: [ArtifactKey] {
    stages.flatMap { $0.tasks.compactMap { $0.state == .cached ? $0.key : nil } }
  }
}

/// One stage of a plan.
public struct PlannedStage: Sendable {
  public var definition: StageDefinition
  /// Numbers of the events that it is on, sorted.
  public var events: [Int]
  /// One an event, in their order, or one over the whole study.
  public var tasks: [PlannedTask]
  /// What the tasks that are to run will take, added up, as far as earlier ones tell; in seconds of one worker.
  public var forecast: Double?

  public func count(of state: TaskState.Name) -> Int {
    tasks.reduce(0) { $0 + ($1.state.name == state ? 1 : 0) }
  }

  /// The task of an event; for a task over the whole study, the only one.
  public func task(of event: Int?) -> PlannedTask? {
    guard let event else { return tasks.first { $0.event == nil } }
    var (low, high) = (0, tasks.count)
    while low < high {
      let middle = (low + high) / 2
      guard let found = tasks[middle].event else { return nil }
      if found == event { return tasks[middle] }
      if found < event { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// One task of a plan.
public struct PlannedTask: Sendable {
  public var event: Int?
  /// What the key is made of, as canonical JSON; empty where an input is missing.
  public var keyText: String
  public var key: ArtifactKey?
  public var files: [String: String]
  /// The data set's properties that the kind declares; null where it declares none.
  public var dataset: JSONValue
  public var inputs: [TaskInput]
  public var state: TaskState

  /// A task that nothing is known of yet but what it is on.
  init(event: Int?, dataset: StageDataset) {
    self.event = event
    self.dataset = dataset.given
    keyText = ""
    files = [:]
    inputs = []
    state = .cached
  }

  /// What the key is made of, as JSON; null where an input is missing.
  public var recipe: JSONValue {
    (try? JSONDocument(parsing: Array(keyText.utf8), file: "plan").root) ?? .null
  }

  /// Makes the key.
  mutating func setKey(_ text: StageKeyText, digests: [String: String]) {
    if let reason = text.impossible {
      state = .impossible(reason: reason)
      return
    }
    keyText = text.text(event: event, digests: digests, inputs: inputs)
    key = ArtifactKey(ofCanonicalText: keyText)
  }
}

/// Where a task stands.
public enum TaskState: Sendable, Equatable {
  /// Its artifact is in the cache, whole.
  case cached
  /// It has to run, for the reason given.
  case toRun(reason: String)
  /// The input was refused or a task failed; the event is left out from here on.
  case setAside(reason: String)
  /// The same, of an earlier stage of the event.
  case leftOut(stage: String)
  /// Nothing is left that it could run on.
  case impossible(reason: String)

  public enum Name: String, Sendable { case cached, toRun, setAside, leftOut, impossible }

  public var name: Name {
    switch self {
    case .cached: .cached
    case .toRun: .toRun
    case .setAside: .setAside
    case .leftOut: .leftOut
    case .impossible: .impossible
    }
  }

  /// Whether later stages may count on the task's result.
  var hasResult: Bool {
    switch self {
    case .cached, .toRun: true
    case .setAside, .leftOut, .impossible: false
    }
  }
}
