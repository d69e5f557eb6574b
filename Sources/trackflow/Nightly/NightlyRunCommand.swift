import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Reporting
import Workflow

struct NightlyRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the study as one night, and compare it with the last good night.",
    discussion: HelpText.discussion(
      """
      Everything is computed anew, in a cache of the folder's own that is emptied first: only so a \
      change of the program shows. With --cache another cache is used as it is, which is quicker, and \
      sees no change that raises no stage kind's version.
      """,
      examples: [
        "nightly run workflows/nightly.json",
        "nightly run workflows/nightly.json --folder /data/nightly",
      ],
      exits: [
        .eventsSetAside, .regression, .badData, .missingInput, .unavailable, .internalError,
        .storage, .badWorkflow, .interrupted,
      ]))

  @Argument(help: "The workflow file.", completion: Completions.workflow)
  var workflow: String

  @OptionGroup var place: NightlyPlace

  @OptionGroup var changes: WorkflowChanges

  @Option(
    help: ArgumentHelp(
      "Use this cache, with what is in it (default: the folder's own, emptied).", valueName: "dir"),
    completion: .directory)
  var cache: String?

  @Option(help: ArgumentHelp("Worker processes (default: one a core).", valueName: "n"))
  var workers: Int?

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws { try WorkerCount.check(workers) }

  func run() async throws { try await reporting(carryOut) }

  private func carryOut() async throws -> ExitStatus {
    let folder = place.folder
    // What is wrong with the command line is no night.
    let overrides = try changes.checked()
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    try folder.closeAbandoned()
    var nightly = try NightlyRun(
      workflow: workflow, overrides: overrides, folder: folder, cache: cache, workers: workers)
    do {
      let status = try await nightly.carryOut(isQuiet: quiet)
      say(nightly, in: try folder.writeIndex())
      return status
    } catch {
      let reason = error
      do {
        try nightly.fail(reason)
        try folder.writeIndex()
      } catch {
        // The next night finds this one unfinished, and enters it as failed.
        warn("the failed night could not be entered into the history: \(error)")
      }
      if json { print(json(of: nightly.night, folder).prettyText) }
      throw reason
    }
  }

  private func say(_ nightly: NightlyRun, in history: NightHistory) {
    for line in history.unreadable { warn("passed over: \(line)") }
    if json {
      print(json(of: nightly.night, place.folder).prettyText)
    } else if !quiet {
      for line in NightSummary.lines(of: nightly.night, in: history) { print(line) }
      if let report = nightly.night.report { print("report      \(place.folder.path)/\(report)") }
      print("all nights  \(place.folder.index)")
    }
  }

  private func json(of night: Night, _ folder: NightlyFolder) -> JSONValue {
    .object(
      (night.summary.members ?? []) + [
        JSONMember(name: "folder", value: .string(folder.nightFolder(night.id))),
        JSONMember(name: "index", value: .string(folder.index)),
      ])
  }

  private func warn(_ line: String) {
    FileHandle.standardError.write(Data("trackflow: \(line)\n".utf8))
  }
}
