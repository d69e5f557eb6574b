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
  /// - Parameters:
  ///   - failures: why tasks failed in this run; they are set aside.
  ///   - explains: whether to say why tasks have to run and what they will take.
  /// - Throws: `WorkflowError.dataset` where a split names events that there are none of.
  public func plan(failures: [ArtifactKey: String] = [:], explains: Bool = true) throws -> Plan {
    let splits = try definition.splitEvents(of: source)
    let rejections = try catalog.rejections()
    var files = EventFileTable(source: source, digests: digests)
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
        ? try eventTasks(
          of: stage, on: events, needed: needed, dataset: dataset, keyText: keyText, files: &files)
        : [
          studyTask(
            of: stage, needed: needed, splits: splits, dataset: dataset, keyText: keyText)
        ]
      plan.stages.append(
        try decided(
          PlannedStage(definition: stage, events: events, tasks: tasks), needed: needed,
          failures: failures, rejections: rejections, explains: explains))
    }
    return plan
  }

  /// The digest of every file of the data set that the plan's tasks read, by path.
  public func inputDigests(of plan: Plan) throws -> [(path: String, sha256: String)] {
    var paths: Set<String> = []
    for stage in plan.stages { for task in stage.tasks { paths.formUnion(task.eventFiles.paths) } }
    let kinds = plan.stages.filter { !$0.tasks.isEmpty }.map(\.definition.kind)
    for name in Set(kinds.flatMap(\.datasetProperties)) {
      if case .file(let path) = try source.datasetProperty(name) { paths.insert(path) }
    }
    let sorted = paths.sorted()
    return zip(sorted, try digests.digests(of: sorted)).compactMap { path, digest in
      digest.map { (path: path, sha256: $0) }
    }
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
    keyText: StageKeyText, files: inout EventFileTable
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
    let needs = needed.map { need in
      (
        stage: need, isByEvent: need.definition.kind.scope == .event,
        gives: need.definition.kind.gives, position: Self.position(of: need, among: needed)
      )
    }
    let files = try files.files(readsFiles ? stage.kind.eventFiles : [], of: events)
    return zip(events, files).map { event, files in
      var task = PlannedTask(event: event, dataset: dataset, keyText: keyText, files: files)
      task.inputs.reserveCapacity(needs.count)
      for need in needs {
        let name = need.stage.definition.name
        guard let index = need.stage.index(of: need.isByEvent ? event : nil) else {
          task.state = .setAside(reason: "stage \(name) is not on this event")
          break
        }
        guard need.stage.tasks[index].state.hasResult, let key = need.stage.tasks[index].key else {
          task.state =
            need.isByEvent
            ? .leftOut(stage: name) : .impossible(reason: "stage \(name) has no result")
          break
        }
        task.inputs.append(
          TaskInput(
            kind: need.gives, position: need.position, event: need.isByEvent ? event : nil,
            split: nil, key: key))
      }
      if let missing = files.missing {
        task.state = .setAside(reason: "the event has no \(missing) file in \(source.path)")
      }
      guard task.state == .cached else { return task }
      if let unread = files.unread {
        task.state = .setAside(reason: "\(unread) can't be read")
      } else {
        task.setKey()
      }
      return task
    }
  }

  /// The place of a stage among those needed that give the same; nil where it is the only one.
  static func position(of need: PlannedStage, among needed: [PlannedStage]) -> Int? {
    let same = needed.filter { $0.definition.kind.gives == need.definition.kind.gives }
    return same.count > 1
      ? same.firstIndex { $0.definition.name == need.definition.name } : nil
  }

  /// What stands for a file parameter in the key: its content.
  func parameterDigest(_ path: String) -> String? {
    try? digests.digest(of: path)
  }

  // MARK: - States

  private func decided(
    _ stage: PlannedStage, needed: [PlannedStage], failures: [ArtifactKey: String],
    rejections: [ArtifactKey: String], explains: Bool
  ) throws -> PlannedStage {
    var stage = stage
    let indices = stage.tasks.indices.filter { stage.tasks[$0].key != nil }
    let keys = indices.map { stage.tasks[$0].key! }
    let states = try CacheView.states(of: keys, store: store, catalog: catalog)
    var reasons: ChangeReasons?
    var lastReason = ""
    for (index, (key, state)) in zip(indices, zip(keys, states)) {
      if let reason = failures[key] ?? rejections[key] {
        stage.tasks[index].state = .setAside(reason: reason)
        continue
      }
      switch state {
      case .whole: stage.tasks[index].state = .cached
      case .damaged(let reason):
        stage.tasks[index].state = .toRun(reason: "its artifact is damaged: \(reason)")
      case .absent where !explains: stage.tasks[index].state = .toRun(reason: "")
      case .absent:
        if reasons == nil {
          reasons = try ChangeReasons(
            stage: stage.definition, needed: needed.map(\.definition), workflow: definition.name,
            catalog: catalog)
        }
        let task = stage.tasks[index]
        let reason = reasons!.reason(for: task.keyText, event: task.event, files: task.files)
        // Mostly all have the same, and share its text.
        if reason != lastReason { lastReason = reason }
        stage.tasks[index].state = .toRun(reason: lastReason)
      }
    }
    if explains { try foresee(&stage) }
    return stage
  }
}
