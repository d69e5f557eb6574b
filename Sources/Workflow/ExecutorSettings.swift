/// Where a workflow's tasks are carried out, and what is asked of a cluster for them; in no key, for no result depends on it.
///
/// A stage may say some of it otherwise; what it leaves out is as the workflow says.
public struct ExecutorSettings: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Worker processes on this machine.
    case local
    /// Job arrays of a Slurm cluster.
    case slurm
  }

  /// Of a whole workflow only.
  public var kind: Kind?
  public var partition: String?
  public var account: String?
  /// The longest that a job may run.
  public var time: TimeSpan?
  /// Memory of a job.
  public var memory: MemorySize?
  /// The most memory of a job that is given more after it ran out of it.
  public var maxMemory: MemorySize?
  /// Processors of a job.
  public var cpus: Int?
  public var eventsPerJob: Int?
  /// The most jobs of a stage that run at the same time.
  public var maxJobs: Int?
  /// Lines of shell that a job runs before its work: modules to load, variables to set.
  public var setup: [String]?
  /// Further arguments of `sbatch`.
  public var extra: [String]?
  /// The instruction set of the numeric kernels, for the same bits on unlike nodes; of a whole workflow only.
  public var instructionSet: String?

  public init() {}

  public var isEmpty: Bool { self == ExecutorSettings() }

  /// These settings, and another's where these say nothing.
  public func over(_ other: ExecutorSettings) -> ExecutorSettings {
    var merged = self
    merged.kind = kind ?? other.kind
    merged.partition = partition ?? other.partition
    merged.account = account ?? other.account
    merged.time = time ?? other.time
    merged.memory = memory ?? other.memory
    merged.maxMemory = maxMemory ?? other.maxMemory
    merged.cpus = cpus ?? other.cpus
    merged.eventsPerJob = eventsPerJob ?? other.eventsPerJob
    merged.maxJobs = maxJobs ?? other.maxJobs
    merged.setup = setup ?? other.setup
    merged.extra = extra ?? other.extra
    merged.instructionSet = instructionSet ?? other.instructionSet
    return merged
  }
}
