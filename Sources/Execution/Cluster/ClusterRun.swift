import ArtifactStore
import Foundation
import JSONDocument
import Slurm
import Workflow

/// Carries out the plans of a run with job arrays of a cluster.
///
/// Every stage of a plan is handed in at once, each array waiting for those that make its inputs. What a
/// job did is believed from its file of answers and the artifacts themselves; the queue is only asked
/// what has become of jobs that have not answered.
actor ClusterRun {
  let options: ClusterOptions
  let definition: WorkflowDefinition
  let store: ObjectStore
  let runID: String
  let retries: Int
  let journal: RunJournal
  let progress: any RunProgress
  let control: RunControl
  let recorder: Recorder
  /// The folder of this run's arrays.
  let folder: String
  /// Tells this run's arrays from all others, on whatever cluster.
  let token = UUID().uuidString.prefix(8).lowercased()
  /// The start of the run in seconds since 1970, by this machine's clock.
  let started: Double

  var ledger = TaskLedger()
  /// The arrays that something is expected of, by name.
  var arrays: [String: JobArray] = [:]
  /// Events of a job where a stage does not say; the same for all plans of the run.
  var commonSize: Int?
  var site: SlurmSite?
  var serial = 0
  var lanes = Lanes()
  /// Jobs that did work, for the run's provenance.
  var jobs: [ClusterJobRecord] = []
  /// What was said last of each stage's jobs.
  var saidQueues: [String: StageJobs] = [:]
  /// Arrays that are over, of which a job did not come to its end.
  var fallen: Set<String> = []
  /// Stages that were said to begin.
  var begun: Set<String> = []
  /// Whether the plan holds no more: a task failed, or a result turned out to be damaged.
  var needsPlan = false
  var lastPlan = ContinuousClock.now
  var lastLook = ContinuousClock.now
  var hasAdopted = false
  /// When it was last noticed that the controller does not answer; nil while it does.
  var awaySince: ContinuousClock.Instant?
  var nextSubmission = ContinuousClock.now
  var isFinishing = false
  /// The first of the jobs that a person cancelled.
  var cancelledJob: String?

  init(
    _ options: ClusterOptions, definition: WorkflowDefinition, store: ObjectStore, runID: String,
    retries: Int, journal: RunJournal, progress: any RunProgress, control: RunControl,
    recorder: Recorder
  ) {
    self.options = options
    self.definition = definition
    self.store = ObjectStore(root: URL(filePath: store.root).standardized.path)
    self.runID = runID
    self.retries = retries
    self.journal = journal
    self.progress = progress
    self.control = control
    self.recorder = recorder
    folder = "\(BatchFolder.root(in: self.store))/\(runID)-\(token)"
    started = Date().timeIntervalSince1970 - journal.seconds
  }

  /// Works until every task of the plan has its result or has failed, or until the plan has to be made anew.
  ///
  /// - Throws: `RunError`, `SlurmError`, `CancellationError` where a person stopped the run.
  func carryOut(_ plan: Plan) async throws {
    if site == nil { try await arrive() }
    commonSize = commonSize ?? JobBatches.commonSize(of: plan, workflow: definition.executor)
    ledger.take(plan)
    (needsPlan, lastPlan) = (false, .now)
    if !hasAdopted { try await adopt() }
    try await cancelUnwanted()
    while true {
      try Task.checkCancellation()
      try await collect()
      sayWhatIsDone()
      if let error = await recorder.fatal { throw error }
      try await lookWhenDue()
      if control.isFinishing { try await finish() }
      if ledger.isSettled { break }
      if needsPlan, !isAnyJobLive || ContinuousClock.now - lastPlan > .seconds(10) { break }
      if !isFinishing { try await submit() }
      try stopWhereNothingIsLeft()
      try await Task.sleep(for: options.resultInterval)
    }
    await recorder.write()
  }

  /// Says of stages that were begun, and have nothing left, that they are done.
  private func sayWhatIsDone() {
    for stage in ledger.stages.indices where ledger.left[stage] == 0 {
      let name = ledger.stages[stage].definition.name
      if begun.remove(name) != nil { progress.stageEnded(name) }
    }
  }

  /// Asks what the site allows, once its controller answers.
  private func arrive() async throws {
    while site == nil {
      do {
        site = try await options.queue.site()
      } catch SlurmError.away(let words) {
        sayThatItIsAway(words)
        try await Task.sleep(for: options.queueInterval)
      }
    }
    awaySince = nil
  }

  var isAnyJobLive: Bool { arrays.values.contains { !$0.isOver } }

  /// Ends the run where only tasks are left that a person stopped, or that wait for those.
  private func stopWhereNothingIsLeft() throws {
    guard !needsPlan, !isAnyJobLive, let cancelledJob,
      !ledger.uncovered.contains(where: hasItsInputs)
    else { return }
    throw RunError.cancelledJob(cancelledJob)
  }

  /// After a person's wish to end: what waits is taken out of the queue, what runs may end.
  private func finish() async throws {
    if !isFinishing {
      isFinishing = true
      try await cancelAll(waitingOnly: true)
      try await look()
    }
    if !isAnyJobLive { throw CancellationError() }
  }

  /// Leaves the cluster as an end of the run asks for it.
  func leave(because error: any Error) async {
    await recorder.write()
    // Whoever stops the run at once is not to wait for it; jobs of a driver that its machine stops go on.
    let waitingOnly = !(error is CancellationError)
    guard !control.isLeaving else {
      progress.notice("the jobs in the queue go on; the same command finds them again")
      return
    }
    // A cancelled task can start no process, so another does it.
    await Task.detached { [self] in try? await cancelAll(waitingOnly: waitingOnly) }.value
  }

  /// Removes the files of this run's arrays.
  func cleanUp() {
    if arrays.values.allSatisfy(\.isAdopted) { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// What the run did on the cluster.
  var record: ClusterRecord? {
    site.map { ClusterRecord(cluster: $0.cluster, version: $0.version, jobs: jobs) }
  }
}
