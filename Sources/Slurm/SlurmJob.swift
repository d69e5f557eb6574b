/// A job, or one element of a job array, as the controller tells of it.
public struct SlurmJob: Sendable, Equatable {
  /// The name that it was submitted under.
  public var name: String
  /// The id that `sbatch` gave: of the whole array, where it is of one.
  public var job: Int
  /// Its place in the array; nil for a job that is none of an array.
  ///
  /// Elements that ended together before any of them began may be told of as one, without a place: it stands for
  /// all of the array that the same answer does not tell of by themselves.
  public var element: Int?
  public var state: JobState
  /// Why it waits or how it ended, in Slurm's word, such as `Priority` or `Dependency`; empty for `None`.
  public var reason: String
  /// The first node that it runs or ran on; nil where there is none yet.
  public var node: String?

  public init(
    name: String, job: Int, element: Int?, state: JobState, reason: String = "", node: String? = nil
  ) {
    self.name = name
    self.job = job
    self.element = element
    self.state = state
    self.reason = reason
    self.node = node
  }
}

/// Where a job stands, of Slurm's states those that matter here.
public enum JobState: Sendable, Equatable {
  /// It waits: pending, suspended, or held.
  case waiting
  /// It runs, starts or is about to end.
  case running
  case ended(JobEnd)
}

/// How a job ended.
public enum JobEnd: String, Sendable, Equatable, CaseIterable {
  case completed
  /// Its program ended with an error.
  case failed
  case outOfMemory
  case timeLimit
  /// Its node went down, or the job could not be started there.
  case nodeFailure
  /// It had to make room for another.
  case preempted
  case cancelled
}
