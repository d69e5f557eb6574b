import JSONDocument

extension RunReport {
  /// How the results came about: when, where, from what, and how long each part took.
  public struct Run: Sendable, Equatable {
    public var id: String
    /// When it started and ended, in ISO 8601.
    public var started: String
    public var ended: String
    /// The time from start to end, s.
    public var seconds: Double
    public var command: String
    public var host: String
    public var cores: Int
    /// Worker processes; on a cluster the most tasks that were at work at the same time.
    public var workers: Int
    public var trackflowVersion: String
    /// The instruction set of the numeric kernels in use; nil where none ran.
    public var instructionSet: String?
    public var operatingSystem: String
    public var swiftVersion: String
    public var dataset: Dataset
    /// The workflow as it was run, defaults and overrides filled in.
    public var workflow: JSONValue
    public var inputs: [Input]
    public var stages: [Stage]
    public var timeline: [TimelineTask]
    /// How the headline differs from that of the run before; nil where there is none to compare with.
    public var change: Change?
    /// The events that have a page of their own.
    public var displays: [Display]
    /// The file of the page with figures, as the run's folder names it; nil where there is none.
    public var gallery: String?
    /// What the tasks were done on; nil for the host itself.
    public var cluster: Cluster?

    public init(
      id: String, started: String, ended: String, seconds: Double, command: String, host: String,
      cores: Int, workers: Int, trackflowVersion: String, instructionSet: String?,
      operatingSystem: String, swiftVersion: String, dataset: Dataset, workflow: JSONValue,
      inputs: [Input] = [], stages: [Stage] = [], timeline: [TimelineTask] = [],
      change: Change? = nil, displays: [Display] = [], gallery: String? = nil,
      cluster: Cluster? = nil
    ) {
      self.id = id
      self.started = started
      self.ended = ended
      self.seconds = seconds
      self.command = command
      self.host = host
      self.cores = cores
      self.workers = workers
      self.trackflowVersion = trackflowVersion
      self.instructionSet = instructionSet
      self.operatingSystem = operatingSystem
      self.swiftVersion = swiftVersion
      self.dataset = dataset
      self.workflow = workflow
      self.inputs = inputs
      self.stages = stages
      self.timeline = timeline
      self.change = change
      self.displays = displays
      self.gallery = gallery
      self.cluster = cluster
    }
  }

  /// The data set that a run read.
  public struct Dataset: Sendable, Equatable {
    public var name: String
    public var path: String
    /// How many events it holds.
    public var events: Int

    public init(name: String, path: String, events: Int) {
      self.name = name
      self.path = path
      self.events = events
    }
  }

  /// An event that has a page of its own.
  public struct Display: Sendable, Equatable {
    public var event: Int
    /// The page, as the run's folder names it.
    public var file: String

    public init(event: Int, file: String) {
      self.event = event
      self.file = file
    }
  }

  /// A file that a run read, with its digest.
  public struct Input: Sendable, Equatable {
    public var file: String
    /// 64 hexadecimal digits.
    public var sha256: String

    public init(file: String, sha256: String) {
      self.file = file
      self.sha256 = sha256
    }
  }

  /// One stage's tasks in figures.
  public struct Stage: Sendable, Equatable {
    public var name: String
    /// The stage kind.
    public var uses: String
    /// The stage kind's version.
    public var version: Int
    public var tasks: Int
    /// How many tasks were already in the cache, ran, and were set aside.
    public var cached: Int
    public var ran: Int
    public var setAside: Int
    /// From the first task's start to the last one's end, s; nil where none ran.
    public var seconds: Double?
    /// The processor time of all tasks, s; nil where none ran.
    public var cpuSeconds: Double?
    /// The processor time that the cached results took when they were made, s; nil where none is known.
    public var sparedCPUSeconds: Double?
    /// The most memory that one of its worker processes took, bytes; nil where none ran.
    public var peakMemory: Int?

    /// How many processors its tasks kept busy in the mean; nil where none ran.
    public var processors: Double? {
      guard let seconds, let cpuSeconds, seconds > 0 else { return nil }
      return cpuSeconds / seconds
    }

    public init(
      name: String, uses: String, version: Int, tasks: Int, cached: Int, ran: Int, setAside: Int,
      seconds: Double?, cpuSeconds: Double?, sparedCPUSeconds: Double? = nil,
      peakMemory: Int? = nil
    ) {
      self.name = name
      self.uses = uses
      self.version = version
      self.tasks = tasks
      self.cached = cached
      self.ran = ran
      self.setAside = setAside
      self.seconds = seconds
      self.cpuSeconds = cpuSeconds
      self.sparedCPUSeconds = sparedCPUSeconds
      self.peakMemory = peakMemory
    }
  }

  /// When and where one task ran; times are seconds since the run's start.
  public struct TimelineTask: Sendable, Equatable {
    public var stage: String
    public var event: Int?
    public var worker: Int
    /// The machine of a cluster; nil for the run's own.
    public var node: String?
    public var start: Double
    public var end: Double
    /// Processor time, s; nil where the task failed.
    public var cpuSeconds: Double?
    /// The most memory that its worker process had taken by its end, bytes; nil where it failed.
    public var peakMemory: Int?

    public init(
      stage: String, event: Int?, worker: Int, start: Double, end: Double,
      cpuSeconds: Double? = nil, peakMemory: Int? = nil, node: String? = nil
    ) {
      self.stage = stage
      self.event = event
      self.worker = worker
      self.node = node
      self.start = start
      self.end = end
      self.cpuSeconds = cpuSeconds
      self.peakMemory = peakMemory
    }
  }
}
