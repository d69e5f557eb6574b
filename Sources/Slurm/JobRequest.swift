/// What is asked of `sbatch`: one job array of a program.
public struct JobRequest: Sendable, Equatable {
  /// The name, by which the array is found again; no other has the same.
  public var name: String
  /// The places of its elements, in order; they need not follow each other.
  public var places: [Int]
  /// The most of them that run at the same time; nil for as many as there is room for.
  public var maximumRunning: Int?
  public var partition: String?
  public var account: String?
  /// The longest that an element may run, in seconds; nil for the partition's own limit.
  public var seconds: Double?
  /// Memory of an element in bytes; nil for the partition's own.
  public var memory: Int?
  /// Processors of an element.
  public var processors: Int
  /// What must have ended before an element begins.
  public var dependencies: [Dependency]
  /// Where an element's output goes; Slurm's `%a` and `%A` stand for its place and the array's id.
  public var outputPath: String
  /// The folder that it runs in.
  public var folder: String
  /// Further arguments of `sbatch`, as they are.
  public var extra: [String]
  /// The shell script that each element runs.
  public var script: String

  /// What an array waits for.
  public enum Dependency: Sendable, Equatable {
    /// Each element for that of the same place in another array.
    case element(job: Int)
    /// Every element for the whole of another job.
    case whole(job: Int)
  }

  public init(
    name: String, places: [Int], maximumRunning: Int? = nil, partition: String? = nil,
    account: String? = nil, seconds: Double? = nil, memory: Int? = nil, processors: Int = 1,
    dependencies: [Dependency] = [], outputPath: String, folder: String, extra: [String] = [],
    script: String
  ) {
    self.name = name
    self.places = places
    self.maximumRunning = maximumRunning
    self.partition = partition
    self.account = account
    self.seconds = seconds
    self.memory = memory
    self.processors = processors
    self.dependencies = dependencies
    self.outputPath = outputPath
    self.folder = folder
    self.extra = extra
    self.script = script
  }
}
