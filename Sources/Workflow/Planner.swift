import ArtifactStore
import Foundation
import JSONDocument

/// Makes the plan of a workflow; `plan` shows it and `run` carries it out, so the two agree.
public struct Planner: Sendable {
  public let definition: WorkflowDefinition
  public let source: any EventSource
  public let store: ObjectStore
  public let catalog: Catalog
  let digests: DigestTable

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
    let splits = try definition.splitEvents(of: source)
    let rejections = try catalog.rejections()
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
      let dataset = try StageDataset(of: stage.kind, source: source, digests: digests)
      let keyText = StageKeyText(stage: stage, dataset: dataset, contentOf: parameterDigest)
      let tasks =
        stage.kind.scope == .event
        ? try eventTasks(of: stage, on: events, needed: needed, dataset: dataset, keyText: keyText)
        : [
          studyTask(
            of: stage, needed: needed, splits: splits, dataset: dataset, keyText: keyText)
        ]
      plan.stages.append(
        try decided(
          PlannedStage(definition: stage, events: events, tasks: tasks), needed: needed,
          failures: failures, rejections: rejections))
    }
    return plan
  }

  /// The digest of every file of the data set that the plan's tasks read, by path.
  public func inputDigests(of plan: Plan) throws -> [(path: String, sha256: String)] {
    var paths = Set(plan.stages.flatMap { $0.tasks.flatMap(\.files.values) })
    let kinds = plan.stages.filter { !$0.tasks.isEmpty }.map(\.definition.kind)
    for name in Set(kinds.flatMap(\.datasetProperties)) {
      if case .file(let path) = try source.datasetProperty(name) { paths.insert(path) }
    }
    return try digests.digests(of: paths.sorted()).sorted { $0.key < $1.key }
      .map { (path: $0.key, sha256: $0.value) }
  }

  // MARK: - Events

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

  private func eventTasks(
    of stage: StageDefinition, on events: [Int], needed: [PlannedStage], dataset: StageDataset,
    keyText: StageKeyText
  ) throws -> [PlannedTask] {
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
    let positions = needed.map { Self.position(of: $0, among: needed) }
    for event in events {
      var task = PlannedTask(event: event, dataset: dataset)
      for (need, position) in zip(needed, positions) {
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
          TaskInput(
            kind: need.definition.kind.gives, position: position, event: upstream.event,
            split: nil, key: key))
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
      tasks[index].setKey(keyText, digests: files.mapValues { known[$0]! })
    }
    return tasks
  }

  /// The place of a stage among those needed that give the same; nil where it is the only one.
  static func position(of need: PlannedStage, among needed: [PlannedStage]) -> Int? {
    let same = needed.filter { $0.definition.kind.gives == need.definition.kind.gives }
    return same.count > 1
      ? same.firstIndex { $0.definition.name == need.definition.name } : nil
  }

  /// What stands for a file parameter in the key: its content.
  func parameterDigest(_ path: String) -> String? {
    try? digests.digests(of: [path])[path]
  }

  // MARK: - States

  private func decided(
    _ stage: PlannedStage, needed: [PlannedStage], failures: [ArtifactKey: String],
    rejections: [ArtifactKey: String]
  ) throws -> PlannedStage {
    var stage = stage
    let indices = stage.tasks.indices.filter { stage.tasks[$0].key != nil }
    let keys = indices.map { stage.tasks[$0].key! }
    let states = try CacheView.states(of: keys, store: store, catalog: catalog)
    var reasons: ChangeReasons?
    for (index, (key, state)) in zip(indices, zip(keys, states)) {
      let task = stage.tasks[index]
      if let reason = failures[key] ?? rejections[key] {
        stage.tasks[index].state = .setAside(reason: reason)
        continue
      }
      switch state {
      case .whole: stage.tasks[index].state = .cached
      case .damaged(let reason):
        stage.tasks[index].state = .toRun(reason: "its artifact is damaged: \(reason)")
      case .absent:
        if reasons == nil {
          reasons = try ChangeReasons(
            stage: stage.definition, needed: needed.map(\.definition), workflow: definition.name,
            catalog: catalog)
        }
        let reason = reasons!.reason(for: task.keyText, event: task.event, files: task.files)
        stage.tasks[index].state = .toRun(reason: reason)
      }
    }
    try foresee(&stage)
    return stage
  }
}
