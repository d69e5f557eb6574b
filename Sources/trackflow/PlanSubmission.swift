import JSONDocument
import Workflow

/// What a run would hand to Slurm for the stages of a plan.
struct PlanSubmissions {
  /// Slurm's limit on an array where a site says nothing else; a run asks for the site's.
  static let largestArray = 1001
  static let header =
    "nothing is asked of Slurm here: arrays of up to \(largestArray) jobs are counted on, Slurm's"
    + " default; a run asks what the cluster allows"

  private let workflow: ExecutorSettings
  private let commonSize: Int

  /// Nil where the workflow is carried out on this machine.
  init?(of plan: Plan, workflow: ExecutorSettings) {
    guard workflow.kind == .slurm else { return nil }
    self.workflow = workflow
    commonSize = JobBatches.commonSize(of: plan, workflow: workflow)
  }

  /// Nil where a stage has nothing to run.
  func submission(of stage: PlannedStage) -> PlanSubmission? {
    guard stage.definition.kind.scope != .report, stage.count(of: .toRun) > 0 else { return nil }
    let settings = stage.definition.executor.over(workflow)
    return PlanSubmission(
      tasks: stage.count(of: .toRun), scope: stage.definition.kind.scope,
      limits: stage.definition.limits, settings: settings,
      batches: JobBatches(
        of: stage, settings: settings, commonSize: commonSize, largestArray: Self.largestArray))
  }
}

/// What a run would hand to Slurm for one stage.
struct PlanSubmission {
  var tasks: Int
  var scope: StageScope
  var limits: StageLimits
  var settings: ExecutorSettings
  var batches: JobBatches

  private var memory: MemorySize? { settings.jobMemory(limits: limits, scope: scope) }
  private var mostJobs: Int? { settings.mostJobs(limits: limits, scope: scope) }
  private var processors: Int { settings.cpus ?? 1 }

  /// `2 arrays of 1001 and 499 jobs, 10 events each · 1 cpu, 2 GB, 30 min · partition main, at most 50 at a time`
  var words: String {
    let job = ["\(processors) cpu\(processors == 1 ? "" : "s")", memory?.text, settings.time?.text]
    let place = [
      settings.partition.map { "partition \($0)" }, settings.account.map { "account \($0)" },
      batches.batches > 1 ? mostJobs.map { "at most \($0) at a time" } : nil,
    ]
    return ([jobs] + [job, place].map { $0.compactMap(\.self).joined(separator: ", ") })
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private var jobs: String {
    guard batches.batches > 1 else { return scope == .event ? "1 job, \(events(tasks))" : "1 job" }
    let sizes = batches.arraySizes
    let counts =
      switch sizes.count {
      case 1: "1 array of \(sizes[0]) jobs"
      case 2: "2 arrays of \(sizes[0]) and \(sizes[1]) jobs"
      default: "\(sizes.count) arrays of up to \(sizes[0]) jobs, \(batches.batches) in all"
      }
    return "\(counts), \(events(batches.eventsPerJob)) each"
  }

  private func events(_ count: Int) -> String { "\(count) event\(count == 1 ? "" : "s")" }

  var json: JSONValue {
    [
      "jobs": .integer(batches.batches),
      "arrays": .array(batches.arraySizes.map { .integer($0) }),
      "eventsPerJob": scope == .event ? .integer(batches.eventsPerJob) : .null,
      "cpus": .integer(processors),
      "memoryBytes": memory.map { .integer($0.bytes) } ?? .null,
      "timeSeconds": settings.time.map { .number($0.seconds) } ?? .null,
      "partition": settings.partition.map { .string($0) } ?? .null,
      "account": settings.account.map { .string($0) } ?? .null,
      "maxJobs": mostJobs.map { .integer($0) } ?? .null,
    ]
  }
}
