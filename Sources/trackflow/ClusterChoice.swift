import Execution
import Slurm
import Workflow

/// How a workflow's executor is driven.
enum ClusterChoice {
  /// Nil where the tasks are done on this machine.
  ///
  /// - Parameter isLocal: whether the cache's file system is this machine's own, which shows at once what is written.
  static func options(for planner: Planner, isLocal: Bool) -> ClusterOptions? {
    let executor = planner.definition.executor
    guard executor.kind == .slurm else { return nil }
    return ClusterOptions(
      queue: SlurmClient(), program: ProgramVersion.executable,
      instructionSet: executor.instructionSet, visibility: .seconds(isLocal ? 3 : 60))
  }
}
