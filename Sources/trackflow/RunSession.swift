import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Reporting
import Stages
import Workflow

/// One run, from its entry among the cache's runs to its reports.
struct RunSession {
  let folder: RunFolder
  private let planner: Planner
  private let started: Date
  private let journal: RunJournal
  private let registry: RunRegistry
  /// Nil on a cache that can't be written, which remembers no run.
  private let live: LiveRun?
  private let record: RunRecord

  /// Enters the run among the cache's, and makes its folder and journal.
  init(planner: Planner, file: String, folder: String?, started: Date) throws {
    self.planner = planner
    self.started = started
    registry = RunRegistry(store: planner.store)
    let name = RunFolder.name(workflow: planner.definition.name, started: started)
    live = planner.catalog.isReadOnly ? nil : try registry.begin(name)
    let id = live?.id ?? name
    self.folder = try RunFolder(path: folder, id: id)
    journal = try RunJournal(path: self.folder.journalPath)
    record = RunRecord(
      id: id, workflow: planner.definition.name, file: URL(filePath: file).standardized.path,
      folder: self.folder.path, started: started.timeIntervalSince1970,
      process: .current(command: CommandLine.arguments.joined(separator: " ")),
      version: ProgramVersion.withBuild, definition: planner.definition.json)
  }

  /// Carries the plan out and writes the reports; however it ends, the cache remembers it.
  ///
  /// - Parameter say: tells the person or program that waits what came of it.
  func run(
    options: Runner.Options, progress: any RunProgress, control: RunControl,
    say: (RunOutcome, StudyReport.Files) -> Void
  ) async throws -> ExitStatus {
    journal.write(
      "run",
      [
        JSONMember(name: "id", value: .string(record.id)),
        JSONMember(name: "workflow", value: planner.definition.json),
      ])
    var record = record
    do {
      let plan = try planner.plan()
      if live != nil {
        record.plan = try registry.writePlan(plan.stages.flatMap { $0.tasks.compactMap(\.key) })
      }
      try write(record)
      let outcome = try await runner(options, progress: progress, control: control)
        .run(planner, from: plan)
      let files = try StudyReport(
        outcome: outcome, store: planner.store, context: try context(of: outcome, options)
      ).write(
        to: folder.path,
        results: RunResults(
          run: record.id, definition: planner.definition.json, store: planner.store,
          plan: outcome.plan, catalog: planner.catalog))
      journal.write("ended")
      try write(finished(record, outcome: outcome, files: files))
      say(outcome, files)
      return outcome.setAside.isEmpty ? .success : .eventsSetAside
    } catch {
      journal.write("stopped", [JSONMember(name: "reason", value: .string("\(error)"))])
      record.ended = Date().timeIntervalSince1970
      record.status = error is CancellationError ? .interrupted : .failed
      record.reason = error is CancellationError ? nil : "\(error)"
      try? write(record)
      throw error
    }
  }

  private func write(_ record: RunRecord) throws {
    if live != nil { try registry.write(record) }
  }

  private func runner(
    _ options: Runner.Options, progress: any RunProgress, control: RunControl
  ) throws -> Runner {
    let isLocal = FileSystem.kind(of: planner.store.root) == .local
    let (registry, id) = (registry, record.id)
    return try Runner(
      store: planner.store, catalog: planner.catalog,
      command: WorkerCommand(
        executable: ProgramVersion.executable,
        arguments: ["worker", "--cache", planner.store.root],
        instructionSet: planner.definition.executor.instructionSet),
      options: options, journal: journal, progress: progress, control: control, runID: record.id,
      claims: isLocal && live != nil ? ResultClaims(root: planner.store.root) : nil,
      cluster: ClusterChoice.options(for: planner, isLocal: isLocal),
      others: {
        let others = registry.liveRuns().filter { $0.id != id }.map {
          "run \($0.id) (process \($0.process.process) on \($0.process.host))"
        }
        return others.isEmpty ? "another run" : others.joined(separator: " or ")
      })
  }

  private func context(of outcome: RunOutcome, _ options: Runner.Options) throws -> RunContext {
    RunContext(
      id: record.id, started: started, seconds: journal.seconds,
      command: CommandLine.arguments.joined(separator: " "), workers: options.workers,
      version: ProgramVersion.text, build: ProgramVersion.withBuild,
      workflow: planner.definition.json,
      dataset: (planner.source.name, planner.source.path, planner.source.events.count),
      inputs: try planner.inputDigests(of: outcome.plan), earlier: earlierRun,
      cpuSeconds: (try? planner.catalog.cpuSeconds(of: outcome.plan.cachedKeys)) ?? [:])
  }

  /// The latest run of this workflow that ended well and of which the report is still there.
  ///
  /// Where the folders of many are gone, none is looked for behind the latest few.
  private var earlierRun: EarlierRun? {
    let history = History(store: planner.store)
    return registry.done(workflow: planner.definition.name).prefix(20).lazy.compactMap { run in
      guard let report = try? history.report(of: run) else { return nil }
      return EarlierRun(report: report, definition: run.definition, version: run.version)
    }.first { _ in true }
  }

  private func finished(
    _ record: RunRecord, outcome: RunOutcome, files: StudyReport.Files
  ) throws -> RunRecord {
    var record = record
    record.ended = Date().timeIntervalSince1970
    record.status = outcome.setAside.isEmpty ? .done : .incomplete
    record.tasksRun = outcome.records.count { $0.failure == nil }
    record.tasksCached = outcome.plan.cachedKeys.count - record.tasksRun
    if live != nil {
      record.plan = try registry.writePlan(outcome.plan.cachedKeys)
      record.published = outcome.published
    }
    record.summary = [
      "json": RunSummary.json(outcome: outcome, files: files, folder: folder.path),
      "lines": .array(
        RunSummary.lines(outcome: outcome, files: files, folder: folder.path).map { .string($0) }),
    ]
    record.files = files.all.compactMap { path in
      FileSystem.stamp(of: path).map { .init(path: path, stamp: $0) }
    }
    return record
  }
}
