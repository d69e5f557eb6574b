import ArtifactStore
import JSONDocument
import Workflow

/// What a run's journal says of it so far: each stage with its tasks at work, done and failed.
public struct JournalState: Sendable {
  /// A task that a worker has in hand.
  public struct Running: Sendable, Equatable {
    public var event: Int?
    public var worker: Int?
    /// The machine of a cluster that has it; nil for the run's own.
    public var node: String?
    /// When it was taken, in seconds since the run's start.
    public var since: Double
    public var attempt: Int
    public var progress: TaskProgress?
  }

  /// A task that gave no result, or its worker's end.
  public struct Failure: Sendable, Equatable {
    public var event: Int?
    public var cause: String
    public var reason: String
    /// Whether it was tried again.
    public var isRetried: Bool
  }

  /// A job of a cluster that ended before it had answered for its tasks.
  public struct Fault: Sendable, Equatable {
    /// In seconds since the run's start.
    public var at: Double
    /// `1204_7`
    public var job: String
    public var node: String?
    public var reason: String
  }

  public struct Stage: Sendable {
    public var name: String
    /// All tasks; nil as long as nothing is said of them.
    public var tasks: Int?
    /// Results that were there when the run came to the stage.
    public var cached = 0
    public var workers = 0
    /// Whether its tasks are done by a cluster's jobs.
    public var isOnCluster = false
    /// Its jobs in a cluster's queue, as far as that was told.
    public var jobs: StageJobs?
    /// Of its jobs that ended too early the latest few, the last one last, and how many there were.
    public var faults: [Fault] = []
    public var faultCount = 0
    public var done = 0
    /// Results that another run made meanwhile.
    public var shared = 0
    public var retries = 0
    public var failures: [Failure] = []
    /// When its first task was taken, or its workers were begun, and its last one ended.
    public var started: Double?
    public var ended: Double?
    /// Of the tasks that are done, added up.
    public var seconds = 0.0
    public var cpuSeconds = 0.0
    /// The most memory that one of its workers took, in bytes.
    public var peakMemory: Int?
    /// What earlier runs say that the tasks that were left take, in seconds.
    public var forecast: Double?
    public var running: [Running] {
      tasksAtWork.values.sorted { ($0.since, $0.event ?? -1) < ($1.since, $1.event ?? -1) }
    }
    var tasksAtWork: [String: Running] = [:]

    init(name: String) { self.name = name }

    /// Those that gave no result for good.
    public var setAside: [Failure] {
      failures.filter { !$0.isRetried && $0.cause != TaskFailure.Cause.damagedInput.rawValue }
    }

    /// Results that are there.
    public var finished: Int { cached + shared + done }
    /// Tasks that are not finished yet; nil as long as nothing is said of them.
    public var left: Int? { tasks.map { max(0, $0 - finished - setAside.count) } }

    /// Tasks a second since it began, at a time in seconds since the run's start; nil before the first is done.
    public func rate(at now: Double) -> Double? {
      guard let started, done + shared > 0, now > started else { return nil }
      // A job's answers arrive many at a time, so that their times say little of the work between.
      let end = isOnCluster && left != 0 ? now : min(ended ?? now, now)
      guard !isOnCluster || end - started >= 1 else { return nil }
      return Double(done + shared) / (end - started)
    }

    /// The time that is left, in seconds; nil where nothing tells.
    public func secondsLeft(at now: Double) -> Double? {
      guard let left else { return nil }
      if left == 0 { return 0 }
      if let task = running.first, left == 1, let progress = task.progress, progress.done > 0 {
        let elapsed = now - task.since
        return elapsed * Double(progress.total - progress.done) / Double(progress.done)
      }
      if let rate = rate(at: now), rate > 0 { return Double(left) / rate }
      guard let forecast else { return nil }
      return started.map { max(0, forecast - (now - $0)) } ?? forecast
    }
  }

  public private(set) var runID: String?
  /// The workflow as it is run; nil before its line was read.
  public private(set) var definition: JSONValue?
  public private(set) var stages: [Stage] = []
  /// The stage that the run works at; on a cluster the one that was begun last.
  public private(set) var current: String?
  /// The stages that the run works at, in order: on a cluster all that are begun and not done.
  public var atWork: [String] {
    stages.filter { stage in
      stage.isOnCluster
        ? ended == nil && stage.jobs != nil && (stage.left ?? 1) > 0 : stage.name == current
    }.map(\.name)
  }
  /// When it ended, in seconds since the run's start.
  public private(set) var ended: Double?
  /// Why it stopped early.
  public private(set) var reason: String?
  /// The time of the last line.
  public private(set) var last = 0.0

  public init() {}

  public init(_ entries: [JournalEntry]) {
    for entry in entries { take(entry) }
  }

  public func stage(_ name: String) -> Stage? { stages.first { $0.name == name } }

  /// Takes the next line.
  public mutating func take(_ entry: JournalEntry) {
    last = max(last, entry.at)
    switch entry.what {
    case "run": begin(entry)
    case "plan": takePlan(entry)
    case "ended", "stopped":
      ended = entry.at
      reason = entry.reason
      current = nil
      for index in stages.indices {
        stages[index].tasksAtWork = [:]
        stages[index].jobs = nil
      }
    default:
      guard let name = entry.stage else { return }
      let index = place(of: name)
      if entry.what == "stage" { current = name }
      stages[index].take(entry)
    }
  }

  private mutating func begin(_ entry: JournalEntry) {
    self = JournalState()
    last = entry.at
    runID = entry.json["id"]?.stringValue
    definition = entry.json["workflow"]
    stages = (definition?["stages"]?.members ?? [])
      .filter { $0.value["uses"]?.stringValue != "write-report" }
      .map { Stage(name: $0.name) }
  }

  private mutating func takePlan(_ entry: JournalEntry) {
    for json in entry.json["stages"]?.arrayValue ?? [] {
      guard let name = json["stage"]?.stringValue else { continue }
      let index = place(of: name)
      stages[index].tasks = json["tasks"]?.intValue
      stages[index].forecast = json["seconds"]?.doubleValue
      // What the run made or waited for is among what is in the cache by then.
      if let cached = json["cached"]?.intValue {
        stages[index].cached = max(0, cached - stages[index].done - stages[index].shared)
      }
    }
  }

  private mutating func place(of name: String) -> Int {
    if let index = stages.firstIndex(where: { $0.name == name }) { return index }
    stages.append(Stage(name: name))
    return stages.count - 1
  }
}
