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

  public func count(of state: TaskState.Name) -> Int { counts[state] ?? 0 }

  /// How many tasks stand in each state; states that none is in are left out.
  public var counts: [TaskState.Name: Int] {
    // Counted by place: a study has hundreds of thousands.
    var counts = [Int](repeating: 0, count: TaskState.Name.allCases.count)
    for index in tasks.indices { counts[tasks[index].state.name.place] += 1 }
    return Dictionary(
      uniqueKeysWithValues: zip(TaskState.Name.allCases, counts).filter { $1 > 0 })
  }

  /// The task of an event; for a task over the whole study, the only one.
  public func task(of event: Int?) -> PlannedTask? { index(of: event).map { tasks[$0] } }

  /// The place of that task.
  func index(of event: Int?) -> Int? {
    guard let event else { return tasks.firstIndex { $0.event == nil } }
    var (low, high) = (0, tasks.count)
    while low < high {
      let middle = (low + high) / 2
      guard let found = tasks[middle].event else { return nil }
      if found == event { return middle }
      if found < event { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// One task of a plan.
///
/// A large study's plan holds hundreds of thousands: what a task has in common with others it refers to.
public struct PlannedTask: Sendable {
  public var event: Int?
  public private(set) var key: ArtifactKey?
  /// The data set's properties that the kind declares; null where it declares none.
  public var dataset: JSONValue
  public var inputs: [TaskInput]
  public var state: TaskState
  let eventFiles: EventFiles
  private let stageText: StageKeyText

  /// A task that nothing is known of yet but what it is on.
  init(
    event: Int?, dataset: StageDataset, keyText: StageKeyText, files: EventFiles = .none
  ) {
    self.event = event
    self.dataset = dataset.given
    stageText = keyText
    eventFiles = files
    inputs = []
    state = .cached
  }

  /// Paths of the event's files by name.
  public var files: [String: String] { eventFiles.byName }

  /// What the key is made of, as canonical JSON, put together when it is asked for; empty where an input is missing.
  public var keyText: String {
    key == nil ? "" : stageText.text(event: event, files: eventFiles.keyText, inputs: inputs)
  }

  /// What the key is made of, as JSON; null where an input is missing.
  public var recipe: JSONValue {
    (try? JSONValue(parsing: keyText, file: "plan")) ?? .null
  }

  /// Makes the key.
  mutating func setKey() {
    if let reason = stageText.impossible {
      state = .impossible(reason: reason)
      return
    }
    key = ArtifactKey(
      ofCanonicalText: stageText.text(event: event, files: eventFiles.keyText, inputs: inputs))
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

  public enum Name: String, Sendable, CaseIterable {
    case cached, toRun, setAside, leftOut, impossible

    /// Its place among all.
    fileprivate var place: Int {
      switch self {
      case .cached: 0
      case .toRun: 1
      case .setAside: 2
      case .leftOut: 3
      case .impossible: 4
      }
    }
  }

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
