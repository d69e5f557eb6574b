import ArtifactStore
import Foundation
import JSONDocument
import Workflow

extension Runner {
  /// Runs the tasks of one stage that are to run, with worker processes on this machine.
  func run(_ stage: PlannedStage, recorder: Recorder) async throws {
    let definition = stage.definition
    let isStudy = definition.kind.scope == .study
    let orders = stage.tasks.filter { $0.state.name == .toRun }.map {
      TaskOrder($0, stage: definition, threads: isStudy ? options.threads : 1)
    }
    let workers = isStudy ? 1 : min(workersAllowed(by: definition), orders.count)
    begin(stage, tasks: orders.count, workers: workers)
    let work = StageWork(
      stage: definition.name, scope: definition.kind.scope, limits: definition.limits,
      command: command, retries: definition.limits.retries ?? options.retries,
      firstDelay: options.firstDelay, control: control, sharing: sharing, recorder: recorder)
    do {
      try await work.run(orders, workers: workers)
    } catch {
      await recorder.write()
      throw error
    }
    await recorder.write()
    progress.stageEnded(definition.name)
  }

  /// Says that tasks of a stage begin.
  func begin(_ stage: PlannedStage, tasks: Int, workers: Int) {
    progress.stageStarted(
      stage.definition.name, tasks: stage.tasks.count, cached: stage.count(of: .cached))
    journal.write(
      "stage",
      [
        JSONMember(name: "stage", value: .string(stage.definition.name)),
        JSONMember(name: "tasks", value: .integer(tasks)),
        JSONMember(name: "cached", value: .integer(stage.count(of: .cached))),
        JSONMember(name: "workers", value: .integer(workers)),
      ])
  }

  /// As many as the run and the stage say, and as there is memory for.
  private func workersAllowed(by stage: StageDefinition) -> Int {
    let wanted = min(options.workers, stage.limits.workers ?? .max)
    guard let memory = stage.limits.memory else { return wanted }
    let fitting = max(1, MemoryPressure.available / max(1, memory.bytes))
    if fitting < wanted {
      progress.notice(
        "\(stage.name): \(fitting) workers instead of \(wanted), for each may take \(memory.text)")
    }
    return min(wanted, fitting)
  }
}
