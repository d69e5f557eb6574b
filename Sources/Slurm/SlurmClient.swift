/// Slurm through its own programs, `sbatch`, `squeue`, `scancel` and `scontrol`, which are found by `PATH`.
///
/// ```swift
/// let slurm = SlurmClient()
/// let site = try await slurm.site()
/// let job = try await slurm.submit(request)
/// for element in try await slurm.jobs(named: [request.name]) { print(element.state) }
/// ```
///
/// Each call starts a program in a process group of its own, so that a terminal's Ctrl-C does not reach it.
/// A call to submit or to cancel goes on to its end though its task is cancelled; the others end with their task.
public struct SlurmClient: JobQueue {
  let caller: ProgramCaller
  let submitLimit: Duration
  let dialect = KnownDialect()

  /// - Parameters:
  ///   - environment: what the programs find in their environment, `PATH` included; nil for this process's own.
  ///   - answerLimit: how long `squeue`, `scancel` and `scontrol` may take before the controller counts as away.
  ///   - submitLimit: the same for `sbatch`, which tries again by itself for a while where the queue is full.
  public init(
    environment: [String: String]? = nil, answerLimit: Duration = .seconds(60),
    submitLimit: Duration = .seconds(120)
  ) {
    caller = ProgramCaller(
      environment: ProgramEnvironment(given: environment), limit: answerLimit)
    self.submitLimit = submitLimit
  }

  /// What the site allows and how it is called; settles too in which dialect `squeue` is asked.
  ///
  /// - Throws: `SlurmError.absent` where one of the programs is missing, `.tooOld` before Slurm 20.11,
  ///   `.unknownDialect`, `.away` where the controller does not answer; `CancellationError`.
  public func site() async throws -> SlurmSite {
    let version = try SiteAnswer.version(try await answer(of: "sbatch", "--version"))
    _ = try await answer(of: "scancel", "--version")
    let configuration = try await answer(of: "scontrol", "show", "config")
    let site = try SiteAnswer.site(version: version, configuration: configuration)
    // No job has this name: only the form of the answer matters.
    _ = try await queue(of: ["trackflow-no-such-job"])
    return site
  }

  /// Hands an array in.
  ///
  /// - Returns: the id that the controller gave.
  /// - Throws: `SlurmError.refused`, `.full`, `.away`; `.absent`; `.unknownDialect` where the answer holds no id.
  ///   Where it is `.away`, the controller may have taken the job all the same: look for its name.
  public func submit(_ request: JobRequest) async throws -> Int {
    let arguments = SubmitArguments.of(request)
    let answer = try await untilDone {
      try await caller.call("sbatch", arguments, input: request.script, limit: submitLimit)
    }
    guard answer.succeeded else {
      throw Complaint.error(ofSubmitting: answer.complaint, timedOut: answer.timedOut)
    }
    guard let job = SubmitArguments.job(toldBy: answer.output) else {
      throw SlurmError.unknownDialect(program: "sbatch", answer: answer.excerpt)
    }
    return job
  }

  /// The state of every element of this user's jobs of these names, those that ended a short while ago included.
  ///
  /// An element that was taken out of the queue alone, before it began, is told of no more at once.
  ///
  /// One call of `squeue`, whose argument may be 128 KiB: room for some 3000 names of 40 characters.
  ///
  /// - Parameter names: without commas; a name that no job has gives no element.
  /// - Throws: `SlurmError.away`, `.unknownDialect`, `.absent`; `CancellationError`.
  public func jobs(named names: [String]) async throws -> [SlurmJob] {
    if names.isEmpty { return [] }
    return try await queue(of: names)
  }

  /// Takes jobs out of the queue; those that are unknown or have ended are passed over.
  ///
  /// - Parameter waitingOnly: whether those that run are left to end.
  /// - Throws: `SlurmError.away`, `.absent`.
  public func cancel(_ jobs: [JobReference], waitingOnly: Bool) async throws {
    let ids = jobs.map { job in job.element.map { "\(job.job)_\($0)" } ?? "\(job.job)" }
    for start in stride(from: 0, to: ids.count, by: 500) {
      let chunk = Array(ids[start..<min(start + 500, ids.count)])
      let answer = try await untilDone {
        try await caller.call("scancel", (waitingOnly ? ["--state=PENDING"] : []) + chunk)
      }
      if !answer.succeeded, answer.timedOut || !Complaint.isOfEndedJobs(answer.errors) {
        throw SlurmError.away(words: answer.complaint)
      }
    }
  }

  private func answer(of program: String, _ arguments: String...) async throws -> String {
    let answer = try await caller.call(program, arguments)
    guard answer.succeeded else { throw SlurmError.away(words: answer.complaint) }
    return answer.output
  }

  /// Does something to its end, whether or not the task that asks for it is cancelled meanwhile.
  private func untilDone<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await Task { try await work() }.value
  }
}
