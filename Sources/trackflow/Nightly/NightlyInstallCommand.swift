import ArgumentParser
import Foundation
import Stages
import Workflow

struct NightlyInstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Have a study run every night, by a systemd user timer or a cron line.",
    discussion: HelpText.discussion(
      """
      Takes systemd where `systemctl --user` works, else cron. What it says goes into nightly.log in \
      the folder of the nights. Given again, it replaces what it installed for that folder before.
      """,
      examples: [
        "nightly install workflows/nightly.json --at 02:30",
        "nightly install workflows/nightly.json --cron --folder DIR",
        "nightly install workflows/nightly.json --print",
      ],
      exits: [.missingInput, .unavailable, .storage, .badWorkflow]))

  @Argument(help: "The workflow file.", completion: Completions.workflow)
  var workflow: String

  @Option(help: ArgumentHelp("When, by this machine's clock (default: 02:30).", valueName: "hh:mm"))
  var at: String = "02:30"

  @OptionGroup var place: NightlyPlace

  @OptionGroup var changes: WorkflowChanges

  @Option(help: ArgumentHelp("Worker processes (default: one a core).", valueName: "n"))
  var workers: Int?

  @Flag(name: .long, help: "Take cron.")
  var cron = false

  @Flag(name: .long, help: "Take systemd.")
  var systemd = false

  @Flag(name: .customLong("print"), help: "Print what would be written, and write nothing.")
  var prints = false

  func validate() throws {
    try WorkerCount.check(workers)
    guard TimeOfDay(at) != nil else {
      throw ValidationError("--at takes a time of day such as 02:30, not \(at)")
    }
    if cron && systemd { throw ValidationError("--cron and --systemd exclude each other") }
  }

  func run() async throws {
    do {
      let job = try self.job()
      let usesSystemd = try await choosesSystemd()
      if prints { return try show(job, usesSystemd: usesSystemd) }
      let mark = job.mark
      if usesSystemd {
        try await SystemdTimer(job: job).install()
        _ = try? await CronLine.uninstall(mark: mark)
      } else {
        try await CronLine(job: job).install()
        _ = try? await SystemdTimer.uninstall(mark: mark)
      }
      try say(job, usesSystemd: usesSystemd)
    } catch {
      throw failing(error)
    }
  }

  /// The command with absolute paths; a workflow that is not right is an error now, not at night.
  private func job() throws -> NightlyJob {
    let overrides = try changes.checked()
    let definition = try WorkflowReader.read(
      path: workflow, kinds: StageKinds.all, overrides: overrides)
    let folder = place.folder
    let history = folder.history()
    guard history.nights.isEmpty || history.workflow == definition.name else {
      throw NightlyError.otherWorkflow(
        folder: folder.path, theirs: history.workflow, ours: definition.name)
    }
    var arguments = [
      "nightly", "run", URL(filePath: workflow).standardized.path, "--folder", folder.path,
    ]
    for change in changes.overrides { arguments += ["--set", change] }
    if let events = changes.events { arguments += ["--events", events] }
    if let executor = changes.executor { arguments += ["--executor", executor.rawValue] }
    if let workers { arguments += ["--workers", "\(workers)"] }
    return NightlyJob(
      executable: ProgramVersion.executable, arguments: arguments,
      workingFolder: FileManager.default.currentDirectoryPath, folder: folder,
      time: TimeOfDay(at)!, workflow: definition.name)
  }

  private func choosesSystemd() async throws -> Bool {
    if systemd || cron { return systemd }
    if await SystemdTimer.isAvailable() { return true }
    guard await CronLine.isAvailable() else { throw NightlyError.noScheduler }
    return false
  }

  private func show(_ job: NightlyJob, usesSystemd: Bool) throws {
    guard usesSystemd else { return print(try CronLine(job: job).text()) }
    for file in try SystemdTimer(job: job).files() {
      print("# \(SystemdTimer.unitFolder)/\(file.name)\n\(file.text)")
    }
  }

  private func say(_ job: NightlyJob, usesSystemd: Bool) throws {
    print("\(job.workflow) runs every night at \(job.time.text)")
    if usesSystemd {
      print("timer       \(SystemdTimer.unitFolder)/\(job.mark).timer")
      print("            to run also while you are logged out: loginctl enable-linger")
    } else {
      print("cron line   \(try CronLine(job: job).text())")
    }
    print("log         \(job.folder.log)")
    print("all nights  \(job.folder.index)")
  }
}

struct NightlyUninstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Take away what `nightly install` set up; the nights stay.",
    discussion: HelpText.discussion(
      examples: ["nightly uninstall", "nightly uninstall --folder /data/nightly"],
      exits: [.missingInput, .unavailable, .storage]))

  @OptionGroup var place: NightlyPlace

  func run() async throws {
    do {
      let folder = place.folder
      let mark = NightlyJob.mark(of: folder)
      let timer = try await SystemdTimer.uninstall(mark: mark)
      let line = try await CronLine.uninstall(mark: mark)
      guard timer || line else { throw NightlyError.notInstalled(folder: folder.path) }
      print("the nights of \(folder.path) are not run any more; they stay where they are")
    } catch {
      throw failing(error)
    }
  }
}
