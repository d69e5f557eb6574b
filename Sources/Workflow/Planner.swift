import ArtifactStore
import Foundation
import JSONDocument

/// Makes the plan of a workflow; `plan` shows it and `run` carries it out, so the two agree.
public struct Planner {
  public let definition: WorkflowDefinition
  public let source: any EventSource
  public let store: ObjectStore
  private let catalog: Catalog
  private let digests: DigestTable

  public init(
    definition: WorkflowDefinition, source: any EventSource, store: ObjectStore, catalog: Catalog
  ) {
    self.definition = definition
    self.source = source
    self.store = store
    self.catalog = catalog
    digests = DigestTable(source: source, catalog: catalog)
  }

  /// The plan as the cache stands now.
  ///
  /// - Parameter failures: why tasks failed in this run; they are set aside.
  /// - Throws: `WorkflowError.dataset` where a split names events that there are none of.
  public func plan(failures: [ArtifactKey: String] = [:]) throws -> Plan {
    let splits = try splitEvents()
    var plan = Plan(stages: [])
    for stage in definition.stages {
      guard stage.kind.scope != .report else {
        plan.stages.append(PlannedStage(definition: stage, events: [], tasks: []))
        continue
      }
      guard source.isMade || !stage.kind.makesEvents else {
        // The data set has files: there is nothing to make.
        plan.stages.append(PlannedStage(definition: stage, events: [], tasks: []))
        continue
      }
      let needed = stage.needs.compactMap(plan.stage).filter {
        source.isMade || !$0.definition.kind.makesEvents
      }
      let events = self.events(of: stage, needed: needed, splits: splits)
      let tasks =
        stage.kind.scope == .event
        ? try eventTasks(of: stage, on: events, needed: needed)
        : [studyTask(of: stage, needed: needed, splits: splits)]
      plan.stages.append(
        PlannedStage(
          definition: stage, events: events,
          tasks: try decided(tasks, stage: stage, failures: failures)))
    }
    return plan
  }

  /// The digest of every event file that the plan's tasks read, by path.
  public func inputDigests(of plan: Plan) throws -> [(path: String, sha256: String)] {
    let paths = Set(plan.stages.flatMap { $0.tasks.flatMap(\.files.values) })
    return try digests.digests(of: paths.sorted()).sorted { $0.key < $1.key }
      .map { (path: $0.key, sha256: $0.value) }
  }

  // MARK: - Events

  private func splitEvents() throws -> [(name: String, events: [Int])] {
    try definition.splits.map { split in
      do {
        let positions = try split.events.positions(count: source.events.count)
        return (split.name, positions.map { source.events[$0] })
      } catch let error as EventPositions.OutOfRange {
        throw WorkflowError.dataset(
          message: """
            the split "\(split.name)" (\(split.events.text)) asks for the event at position \
            \(error.position), but the data set \(source.name) has \(source.events.count) events; \
            choose others with --set split.\(split.name)=…
            """)
      }
    }
  }

  private func events(
    of stage: StageDefinition, needed: [PlannedStage], splits: [(name: String, events: [Int])]
  ) -> [Int] {
    if let names = stage.on ?? stage.kind.defaultSplits {
      return Set(splits.filter { names.contains($0.name) }.flatMap(\.events)).sorted()
    }
    let upstream = needed.filter { $0.definition.kind.scope == .event }.map { Set($0.events) }
    guard let first = upstream.first else { return Set(splits.flatMap(\.events)).sorted() }
    return upstream.dropFirst().reduce(first) { $0.intersection($1) }.sorted()
  }

  // MARK: - Tasks

  private func eventTasks(of stage: StageDefinition, on events: [Int], needed: [PlannedStage])
    throws -> [PlannedTask]
  {
    let readsFiles = !source.isMade && !stage.kind.makesEvents
    if source.isMade, !stage.kind.eventFiles.isEmpty,
      !needed.contains(where: { $0.definition.kind.makesEvents })
    {
      let remedy =
        stage.kind.inputs.isEmpty
        ? "choose a data set that lies in files"
        : "name a stage that makes them in its \"needs\", or another data set"
      throw WorkflowError.dataset(
        message: "stage \(stage.name) reads events, and the data set \(source.name) has none of its"
          + " own: \(remedy)")
    }
    var tasks: [PlannedTask] = []
    for event in events {
      var task = PlannedTask(
        event: event, keyText: .null, key: nil, files: [:], inputs: [], state: .cached)
      for need in needed {
        let isEvent = need.definition.kind.scope == .event
        guard let upstream = need.task(of: isEvent ? event : nil) else {
          task.state = .setAside(reason: "stage \(need.definition.name) is not on this event")
          break
        }
        guard upstream.state.hasResult, let key = upstream.key else {
          task.state =
            isEvent
            ? .leftOut(stage: need.definition.name)
            : .impossible(reason: "stage \(need.definition.name) has no result")
          break
        }
        task.inputs.append(
          TaskInput(kind: need.definition.kind.gives, event: upstream.event, split: nil, key: key))
      }
      for file in stage.kind.eventFiles where readsFiles {
        let paths = source.paths(ofFile: file.name, event: event)
        task.files.merge(paths) { $1 }
        if paths.isEmpty, file.isRequired {
          task.state = .setAside(reason: "the event has no \(file.name) file in \(source.path)")
        }
      }
      tasks.append(task)
    }
    let known = try digests.digests(of: tasks.flatMap(\.files.values))
    for index in tasks.indices where tasks[index].state == .cached {
      let files = tasks[index].files
      if let unread = files.values.sorted().first(where: { known[$0] == nil }) {
        tasks[index].state = .setAside(reason: "\(unread) can't be read")
        continue
      }
      tasks[index].setKey(stage: stage, digests: files.mapValues { known[$0]! }, parameterDigest)
    }
    return tasks
  }

  private func studyTask(
    of stage: StageDefinition, needed: [PlannedStage], splits: [(name: String, events: [Int])]
  ) -> PlannedTask {
    var task = PlannedTask(
      event: nil, keyText: .null, key: nil, files: [:], inputs: [], state: .cached)
    let names = stage.on ?? stage.kind.defaultSplits ?? splits.map(\.name)
    for split in splits where names.contains(split.name) {
      for need in needed where need.definition.kind.scope == .event {
        for event in split.events {
          guard let upstream = need.task(of: event), upstream.state.hasResult,
            let key = upstream.key
          else { continue }
          task.inputs.append(
            TaskInput(kind: need.definition.kind.gives, event: event, split: split.name, key: key))
        }
      }
    }
    let first = names.first ?? ""
    if !task.inputs.contains(where: { $0.split == first }) {
      task.state = .impossible(reason: "no event of the split \"\(first)\" is left")
    } else {
      task.setKey(stage: stage, digests: [:], parameterDigest)
    }
    return task
  }

  /// What stands for a file parameter in the key: its content.
  private func parameterDigest(_ path: String) -> String? {
    try? digests.digests(of: [path])[path]
  }

  // MARK: - States

  private func decided(
    _ tasks: [PlannedTask], stage: StageDefinition, failures: [ArtifactKey: String]
  ) throws -> [PlannedTask] {
    let keys = tasks.compactMap(\.key)
    let rejections = try catalog.rejections(of: keys)
    let cache = try CacheView(keys: keys, store: store, catalog: catalog)
    var reasons: ChangeReasons?
    return try tasks.map { task in
      guard let key = task.key else { return task }
      var task = task
      if let reason = failures[key] ?? rejections[key] {
        task.state = .setAside(reason: reason)
      } else {
        switch cache.state(of: key) {
        case .whole: task.state = .cached
        case .damaged(let reason): task.state = .toRun(reason: "its artifact is damaged: \(reason)")
        case .absent:
          if reasons == nil {
            reasons = try ChangeReasons(kind: stage.kind.name, catalog: catalog)
          }
          task.state = .toRun(reason: reasons?.reason(for: task.keyText, event: task.event) ?? "")
        }
      }
      return task
    }
  }
}

extension PlannedTask {
  /// Makes the key from what decides the result's bits, and nothing else.
  fileprivate mutating func setKey(
    stage: StageDefinition, digests: [String: String], _ contentOf: (String) -> String?
  ) {
    var parameters: [JSONMember] = []
    for spec in stage.kind.parameters where spec.affectsResult {
      var value = stage.parameter(spec.name) ?? spec.defaultValue
      if case .file = spec.type, let path = value.stringValue {
        guard let digest = contentOf(path) else {
          state = .impossible(reason: "\(spec.name): the file \(path) can't be read")
          return
        }
        value = ["sha256": .string(digest)]
      }
      parameters.append(JSONMember(name: spec.name, value: value))
    }
    var members: [JSONMember] = [
      JSONMember(name: "format", value: 1),
      JSONMember(name: "kind", value: .string(stage.kind.name)),
      JSONMember(name: "version", value: .integer(stage.kind.version)),
      JSONMember(name: "parameters", value: .object(parameters)),
    ]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    if !digests.isEmpty {
      members.append(
        JSONMember(
          name: "files",
          value: .object(
            digests.sorted { $0.key < $1.key }
              .map { JSONMember(name: $0.key, value: .string($0.value)) })))
    }
    let ordered = inputs.map(\.json).sorted { $0.canonicalText < $1.canonicalText }
    members.append(JSONMember(name: "inputs", value: .array(ordered)))
    keyText = .object(members)
    key = ArtifactKey(of: keyText)
  }
}
