import Slurm
import Workflow

/// What becomes of the tasks of a job that ended before it had answered for all of them.
enum JobFault: Equatable {
  /// Nobody's doing: they are handed in again, up to a limit on such mishaps.
  case mishap(String)
  /// Nobody's doing, and no reason to give up: they are handed in again at once.
  case goesOn(String)
  /// The tasks in hand are at fault; those are tried again alone, as often as their stage says.
  case fault(TaskFailure)
  /// They are handed in again with more memory.
  case wantOfMemory(String)
  /// A person stopped it; it is left alone.
  case cancelled(String)

  /// What is known of such a job.
  struct Evidence {
    /// How it ended, as Slurm or the job's output says; nil where neither does.
    var end: JobEnd?
    var node: String?
    /// Whether it answered for a task, or left a checkpoint, before it ended.
    var hasProgress: Bool
    /// Whether it had a task in hand.
    var hasTaskInHand: Bool
    /// What it said last, in one line.
    var lastWord: String?
    /// Its limit in words: `30 min`.
    var timeLimit: String?
  }

  init(_ evidence: Evidence) {
    let place = evidence.node.map { " on \($0)" } ?? ""
    let said = evidence.lastWord.map { ": \($0)" } ?? ""
    switch evidence.end {
    case nil: self = .mishap("Slurm knows its job no more, and it left no results")
    case .completed: self = .mishap("its job\(place) ended, and its results were not to be seen")
    case .nodeFailure: self = .mishap("the node\(evidence.node.map { " \($0)" } ?? "") failed")
    case .preempted: self = .goesOn("its job\(place) had to make room for another")
    case .cancelled: self = .cancelled("its job\(place) was cancelled by somebody")
    case .outOfMemory: self = .wantOfMemory("its job\(place) ran out of memory")
    case .timeLimit:
      let limit = evidence.timeLimit.map { " of \($0)" } ?? ""
      self =
        evidence.hasProgress
        ? .goesOn("its job\(place) reached its time limit\(limit)")
        : .fault(
          TaskFailure(
            cause: .timeLimit,
            reason: "its job\(place) reached its time limit\(limit) and had come to nothing;"
              + " a longer \"time\" or fewer \"eventsPerJob\" may help"))
    case .failed where evidence.hasTaskInHand:
      self = .fault(TaskFailure(cause: .crashed, reason: "its job\(place) failed\(said)"))
    case .failed: self = .mishap("its job\(place) failed before it began\(said)")
    }
  }
}
