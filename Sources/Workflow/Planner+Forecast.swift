import ArtifactStore
import JSONDocument

extension Planner {
  /// Says what the stage's tasks will take, from what earlier ones took, and from which checkpoint they go on.
  func foresee(_ stage: inout PlannedStage) throws {
    let waiting = stage.tasks.indices.filter { stage.tasks[$0].state.name == .toRun }
    guard !waiting.isEmpty else { return }
    let one = try secondsATask(of: stage.definition)
    var total = 0.0
    for index in waiting {
      var share = 1.0
      if let continuation = continuation(of: stage.tasks[index], stage: stage.definition),
        case .toRun(let reason) = stage.tasks[index].state
      {
        stage.tasks[index].state = .toRun(reason: "\(reason); \(continuation.words)")
        share = continuation.shareLeft
      }
      total += share * (one ?? 0)
    }
    stage.forecast = one == nil ? nil : total
  }

  /// The median of what the stage's last results took; of other results of its kind where it has none.
  private func secondsATask(of stage: StageDefinition) throws -> Double? {
    let own = try catalog.seconds(workflow: definition.name, stage: stage.name)
    let all = (own.isEmpty ? try catalog.latestSeconds(kind: stage.kind.name) : own).sorted()
    return all.isEmpty ? nil : all[all.count / 2]
  }

  private func continuation(of task: PlannedTask, stage: StageDefinition) -> TaskContinuation? {
    guard stage.kind.scope == .study, let key = task.key else { return nil }
    return stage.kind.continuation(
      of: StageTask(
        stage: stage.name, key: key, keyText: task.recipe, parameters: .object(stage.parameters),
        event: task.event, files: task.files, dataset: task.dataset, inputs: task.inputs,
        threads: 1, store: store, report: { _ in }, publish: { _ in }))
  }
}
