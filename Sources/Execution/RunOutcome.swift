import ArtifactStore
import Workflow

/// What a run came to.
public struct RunOutcome: Sendable {
  /// The plan as it stood at the end: cached tasks have results, the others say why not.
  public var plan = Plan(stages: [])
  public var records: [TaskRecord] = []
  /// What was done on a cluster; nil for a run on this machine alone.
  public var cluster: ClusterRecord?
  /// Artifacts that tasks published beside their results, such as checkpoints.
  public var published: [ArtifactKey] = []

  /// The tasks that were set aside, with the stage and reason.
  public var setAside: [(stage: String, event: Int?, reason: String)] {
    plan.stages.flatMap { stage in
      stage.tasks.compactMap { task in
        guard case .setAside(let reason) = task.state else { return nil }
        return (stage.definition.name, task.event, reason)
      }
    }
  }
}

/// Why a run could not go on.
public enum RunError: Error, CustomStringConvertible {
  case workerNotStarted(executable: String, reason: String)
  case tooFewOpenFiles(limit: Int, needed: Int)
  case storage(reason: String)
  case catalog(reason: String)
  case failed(stage: String, reason: String)
  /// A stage has nothing left to work on, or its one task failed.
  case impossible(stage: String, reason: String, outcome: RunOutcome)
  /// A stage that is to stop on errors had one.
  case stopped(stage: String, event: Int?, reason: String)
  /// Jobs of a cluster can never start as they were asked for.
  case neverStarts(stage: String, job: String, reason: String)
  /// Somebody took a job out of a cluster's queue.
  case cancelledJob(String)

  public var description: String {
    switch self {
    case .workerNotStarted(let executable, let reason):
      "a worker (\(executable)) could not be started: \(reason)"
    case .tooFewOpenFiles(let limit, let needed):
      "\(limit) files may be open at a time (ulimit -n), and these workers need \(needed);"
        + " raise the limit, or use fewer (--workers)"
    case .storage(let reason):
      "\(reason). What was finished is in the cache; make room or mend it, then run again"
    case .catalog(let reason): "the catalog could not be written: \(reason)"
    case .failed(let stage, let reason): "stage \(stage): \(reason)"
    case .impossible(let stage, let reason, let outcome):
      "stage \(stage) can't run: \(reason)"
        + (outcome.setAside.first { $0.event != nil }.map {
          "; the first that was set aside is event \($0.event ?? 0), by \($0.stage): \($0.reason)"
        } ?? "")
    case .neverStarts(let stage, let job, let reason):
      "stage \(stage): job \(job) can't start: \(reason)"
    case .cancelledJob(let job):
      "job \(job) was cancelled by somebody, and what needs it could not be made; all else is in the"
        + " cache, and the same command goes on from here"
    case .stopped(let stage, let event, let reason):
      "stage \(stage)\(event.map { ", event \($0)" } ?? ""): \(reason);"
        + " its \"onError\" is \"stop\", so the run ends here"
    }
  }
}
