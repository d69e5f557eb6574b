extension Planner {
  /// The one task of a stage over the whole study.
  ///
  /// It takes the results of the event-by-event stages that it needs, split by split, and the one
  /// result of each stage over the whole study. An event counts where no stage that it needs has set it aside.
  func studyTask(
    of stage: StageDefinition, needed: [PlannedStage], splits: [(name: String, events: [Int])],
    dataset: StageDataset, keyText: StageKeyText
  ) -> PlannedTask {
    var task = PlannedTask(event: nil, dataset: dataset, keyText: keyText)
    let names = stage.on ?? stage.kind.defaultSplits ?? splits.map(\.name)
    let byEvent = needed.filter { $0.definition.kind.scope == .event }
    for split in splits where names.contains(split.name) {
      let events = split.events.filter { event in
        byEvent.allSatisfy { need in
          need.index(of: event).map { need.tasks[$0].state.hasResult } ?? true
        }
      }
      for need in byEvent {
        let (kind, position) = (
          need.definition.kind.gives, Self.position(of: need, among: needed)
        )
        task.inputs += events.compactMap { event in
          need.index(of: event).flatMap { need.tasks[$0].key }.map { key in
            TaskInput(kind: kind, position: position, event: event, split: split.name, key: key)
          }
        }
      }
    }
    let first = names.first ?? ""
    let isOnEvents = stage.needs.compactMap(definition.stage).contains { $0.kind.scope == .event }
    if isOnEvents, !task.inputs.contains(where: { $0.split == first }) {
      task.state = .impossible(reason: "no event of the split \"\(first)\" is left")
      return task
    }
    for need in needed where need.definition.kind.scope == .study {
      guard let upstream = need.task(of: nil), upstream.state.hasResult, let key = upstream.key
      else {
        task.state = .impossible(reason: "stage \(need.definition.name) has no result")
        return task
      }
      task.inputs.append(
        TaskInput(
          kind: need.definition.kind.gives, position: Self.position(of: need, among: needed),
          event: nil, split: nil, key: key))
    }
    task.setKey()
    return task
  }
}
