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
    discussion: """
      A run that was stopped, by Ctrl-C or a power cut, goes on when the same command is given again.
      Exit codes: 0 done, 3 done over fewer events than asked for, 64 wrong usage, 65 no event left,
      66 data missing, 69 no worker could be started, 70 internal error, 74 storage error,
      78 bad workflow, 130 interrupted.
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: ArgumentHelp("Worker processes (default: one a core).", valueName: "n"))
  var workers: Int?

  @Option(
    name: .customLong("run-dir"),
    help: ArgumentHelp("The folder of this run (default: runs/<start>-<name>).", valueName: "dir"))
  var runFolder: String?

  func validate() throws {
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers takes a number from 1 to 1024, not \(workers)")
    }
  }

  func run() async throws {
    do {
      let status = try await interruptible { try await carryOut() }
      if status != .success { throw ExitCode(status.rawValue) }
    } catch {
      throw failing(error)
    }
  }

  private func carryOut() async throws -> ExitStatus {
    let started = Date()
    let progress: any RunDisplay = study.quiet ? NoProgress() : runDisplayOnStandardError()
    defer { progress.runEnded() }
    let definition = try study.definition()
    let lock = try await CacheAccess.lock(store: study.store, progress: progress)
    defer { withExtendedLifetime(lock) {} }
    study.store.removePartialFiles()
    let (planner, catalog) = try study.planner(for: definition)
    let folder = try RunFolder(path: runFolder, workflow: definition.name, started: started)
    let journal = try RunJournal(path: folder.journalPath)
    journal.write("run", [JSONMember(name: "workflow", value: definition.json)])
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let runner = try Runner(
      store: study.store, catalog: catalog,
      command: WorkerCommand(
        executable: Self.executable, arguments: ["worker", "--cache", study.store.root]),
      options: Runner.Options(workers: workers ?? cores, threads: cores), journal: journal,
      logPath: folder.workerLogPath, progress: progress)
    let outcome: RunOutcome
    do {
      defer { study.store.removePartialFiles() }
      outcome = try await runner.run(planner)
    } catch {
      journal.write("stopped", [JSONMember(name: "reason", value: .string("\(error)"))])
      throw error
    }
    let context = RunContext(
      id: folder.name, started: started, seconds: journal.seconds,
      command: CommandLine.arguments.joined(separator: " "), workers: workers ?? cores,
      version: ProgramVersion.text, workflow: definition.json,
      dataset: (planner.source.name, planner.source.path, planner.source.events.count),
      inputs: try planner.inputDigests(of: outcome.plan))
    let files = try StudyReport(outcome: outcome, store: study.store, context: context)
      .write(to: folder.path)
    journal.write("ended")
    progress.runEnded()
    let setAside = outcome.setAside.count
    if study.json {
      print(RunSummary.json(outcome: outcome, files: files, folder: folder.path).prettyText)
    } else if !study.quiet {
      for line in RunSummary.lines(outcome: outcome, files: files, folder: folder.path) {
        print(line)
      }
    }
    return setAside > 0 ? .eventsSetAside : .success
  }

  /// The file of this program, to start workers from.
  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// Ctrl-C and a request to end stop the work and its workers; what is finished stays in the cache.
  private func interruptible<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
}
