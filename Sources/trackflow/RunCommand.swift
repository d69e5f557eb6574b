import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Reporting
import Stages
import TerminalDisplay
import Workflow

/// `trackflow run`: carries out a workflow, from the events to the report.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a workflow; what the cache holds is not done again.",
    discussion: HelpText.discussion(
      """
      A run that was stopped, by Ctrl-C or a power cut, goes on when the same command is given \
      again. Ctrl-C once finishes the tasks in hand, twice stops at once.
      """,
      examples: [
        "run workflows/full.json", "run workflows/barrel.json --set train.epochs=50 --workers 4",
        "run workflows/full.json --events 0-9 --cache /scratch/cache",
        "run workflows/full.json --json --quiet > result.json",
      ],
      exits: [
        .eventsSetAside, .badData, .missingInput, .unavailable, .internalError, .storage,
        .badWorkflow, .interrupted,
      ]))

  @OptionGroup var study: StudyOptions

  @Option(help: ArgumentHelp("Worker processes (default: one a core).", valueName: "n"))
  var workers: Int?

  @Option(
    name: .customLong("run-dir"),
    help: ArgumentHelp("The folder of this run (default: runs/<start>-<name>).", valueName: "dir"),
    completion: .directory)
  var runFolder: String?

  @Flag(
    name: .customLong("keep-going"),
    help: "After a stage failed, still run the stages that don't depend on it.")
  var keepGoing = false

  @OptionGroup var summaries: SummaryFiles

  func validate() throws { try WorkerCount.check(workers) }

  func run() async throws {
    try await reporting {
      let progress: any RunDisplay = study.quiet ? NoProgress() : runDisplayOnStandardError()
      // The terminal is as it was before anything is said of how the run ended.
      defer { progress.runEnded() }
      return try await Interruption.allowing(progress: progress) { control in
        try await carryOut(control, progress)
      }
    }
  }

  private func carryOut(_ control: RunControl, _ progress: any RunDisplay) async throws
    -> ExitStatus
  {
    let definition = try study.definition()
    let access = CacheAccess(store: study.store, progress: progress)
    return try await access.withCatalog { catalog in
      let planner = try study.planner(for: definition, catalog: catalog)
      if let status = try repeated(planner) { return status }
      study.store.removePartialFiles()
      defer { study.store.removePartialFiles() }
      let session = try RunSession(
        planner: planner, file: study.workflow, folder: runFolder, started: Date())
      var report: (RunReport, page: String?)?
      let status = try await session.run(
        options: runnerOptions, progress: progress, control: control
      ) { outcome, files in
        progress.runEnded()
        report = (files.report, files.html)
        RunSummary.say(
          outcome: outcome, files: files, folder: session.folder.path, json: study.json,
          quiet: study.quiet)
      }
      if let (report, page) = report { try summaries.write(report, page: page) }
      return status
    }
  }

  /// Says what the last run said, where nothing has changed since: every result is in the cache and its reports are as it left them.
  ///
  /// - Returns: nil where there is something to do.
  private func repeated(_ planner: Planner) throws -> ExitStatus? {
    let plan = try planner.plan(explains: false)
    guard plan.isDone, !plan.hasImpossible else { return nil }
    let registry = RunRegistry(store: study.store)
    guard let last = registry.latestDone(workflow: planner.definition.name),
      last.plan == RunRegistry.planName(plan.cachedKeys), last.version == ProgramVersion.withBuild,
      last.definition.canonicalText == planner.definition.json.canonicalText, last.hasItsFiles,
      runFolder.map({ URL(filePath: $0).standardized.path == last.folder }) ?? true
    else { return nil }
    if !summaries.isEmpty {
      // Without a report to take them from, the run says anew what it comes to.
      guard let report = try? History(store: study.store).report(of: last) else { return nil }
      try summaries.write(report, page: last.folder + "/report.html")
    }
    registry.touch(last.id)
    if study.json {
      print(RunSummary.json(repeating: last, cached: plan.cachedKeys.count).prettyText)
    } else if !study.quiet {
      for line in RunSummary.lines(repeating: last) { print(line) }
    }
    return last.status == .incomplete ? .eventsSetAside : .success
  }

  private var runnerOptions: Runner.Options {
    var options = WorkerCount.options(workers)
    options.keepGoing = keepGoing
    return options
  }
}
