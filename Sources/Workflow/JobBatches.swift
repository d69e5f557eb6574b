/// How a stage's tasks are handed to a cluster: in batches of events, each a job, and the jobs in arrays.
public struct JobBatches: Sendable, Equatable {
  /// Events of a batch; 1 for a stage over the whole study.
  public var eventsPerJob: Int
  /// Batches that there are.
  public var batches: Int
  /// The most jobs of an array, as the site allows.
  public var largestArray: Int

  /// Arrays that the batches are handed in as: a site's limit on the size of an array may make several.
  public var arrays: Int { Self.parts(batches, of: largestArray) }

  /// Jobs of each array; all but the last are full.
  public var arraySizes: [Int] {
    (0..<arrays).map { min(largestArray, batches - $0 * largestArray) }
  }

  /// - Parameters:
  ///   - tasks: how many there are to hand in.
  ///   - settings: those that count for the stage (`WorkflowDefinition.jobSettings(of:)`).
  ///   - secondsATask: of one worker, as far as earlier runs tell; only asked where the settings don't say how many
  ///     events a job takes. Of a workflow whose stages go together that is `commonSize(of:workflow:)`.
  ///   - largestArray: the most jobs of an array.
  public init(
    tasks: Int, scope: StageScope, settings: ExecutorSettings, secondsATask: Double?,
    largestArray: Int
  ) {
    let secondsAnEvent = secondsATask.map { $0 / Double(settings.workers(scope: scope)) }
    eventsPerJob =
      scope == .event
      ? settings.eventsPerJob ?? Self.size(secondsAnEvent: secondsAnEvent) : 1
    batches = Self.parts(tasks, of: eventsPerJob)
    self.largestArray = max(1, largestArray)
  }

  /// The batches of what a stage of a plan has to run.
  ///
  /// - Parameters:
  ///   - settings: those that count for the stage.
  ///   - commonSize: events of a batch where the settings don't say.
  public init(
    of stage: PlannedStage, settings: ExecutorSettings, commonSize: Int, largestArray: Int
  ) {
    var settings = settings
    settings.eventsPerJob = settings.eventsPerJob ?? commonSize
    self.init(
      tasks: stage.count(of: .toRun), scope: stage.definition.kind.scope, settings: settings,
      secondsATask: nil, largestArray: largestArray)
  }

  private static func parts(_ count: Int, of size: Int) -> Int { (count + size - 1) / size }
}

extension JobBatches {
  /// What a job should take: long beside the seconds that starting it costs, short beside a partition's limit.
  static let usualSeconds = 600.0
  /// Events of a job where nothing tells how long one takes.
  static let usualSize = 10
  static let largestSize = 1000

  private static func size(secondsAnEvent: Double?) -> Int {
    guard let seconds = secondsAnEvent else { return usualSize }
    guard seconds > 0 else { return largestSize }
    return Int(min(max(usualSeconds / seconds, 1), Double(largestSize)))
  }

  /// Events of a batch for all stages of a workflow that don't say their own, so that a batch of one stage waits for the
  /// same batch of the stage before it and no other.
  ///
  /// As many as all those stages together do in about ten minutes; where not all of them are foreseen, no more than ten.
  public static func commonSize(of plan: Plan, workflow: ExecutorSettings) -> Int {
    var known: Double?
    var isComplete = true
    for stage in plan.stages where stage.definition.kind.scope == .event {
      let settings = stage.definition.executor.over(workflow)
      let tasks = stage.count(of: .toRun)
      guard tasks > 0, settings.eventsPerJob == nil else { continue }
      guard let forecast = stage.forecast else {
        isComplete = false
        continue
      }
      let workers = settings.workers(limits: stage.definition.limits, scope: .event)
      known = (known ?? 0) + forecast / Double(tasks) / Double(workers)
    }
    let size = size(secondsAnEvent: known)
    return isComplete ? size : min(size, usualSize)
  }
}
