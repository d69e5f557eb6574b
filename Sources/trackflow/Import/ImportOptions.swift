import ArgumentParser
import ArtifactStore
import EventData
import Execution
import Foundation
import JSONDocument
import Stages
import TerminalDisplay
import Workflow

/// What every way to import takes: the events, the run that is made, and how it is told of.
struct ImportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of the events, with hits and truth.", valueName: "dir"),
    completion: .directory)
  var events: String?

  @Option(
    name: .customLong("events-of"),
    help: ArgumentHelp("Take the events that a run in the cache had.", valueName: "run"))
  var eventsOfRun: String?

  @Option(
    help: ArgumentHelp(
      "The event of a file that does not say which it is of.", valueName: "id"))
  var event: Int?

  @Option(help: ArgumentHelp("What to call the run's workflow.", valueName: "name"))
  var name = "imported"

  @Option(
    name: .customLong("run-dir"),
    help: ArgumentHelp("The folder of this run (default: runs/<start>-<name>).", valueName: "dir"),
    completion: .directory)
  var runFolder: String?

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Flag(name: .long, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\-]*/) != nil else {
      throw ValidationError(
        "--name takes letters, digits, dots, hyphens and underscores, not \"\(name)\"")
    }
    if events != nil, eventsOfRun != nil {
      throw ValidationError("--events and --events-of are two places of the same events")
    }
    if let event, !(0...999_999_999).contains(event) {
      throw ValidationError("--event takes a number from 0 to 999999999, not \(event)")
    }
  }

  /// The events that are told, if any.
  func source() async throws -> ImportSource {
    if let events { return .folder(try EventFolder(path: events)) }
    guard let run = eventsOfRun else { return .none }
    var choice = RunChoice()
    choice.run = run
    choice.cacheOptions = cacheOptions
    return .run(try await choice.withResults { results, _ in results })
  }

  /// A folder that is not there yet, for two imports may begin in the same second.
  private static func newFolder(_ name: String, _ started: Date) -> String {
    let first = "runs/\(RunFolder.name(workflow: name, started: started))"
    var (path, number) = (first, 1)
    while FileManager.default.fileExists(atPath: path) {
      number += 1
      path = "\(first)-\(number)"
    }
    return path
  }

  /// Makes the run.
  ///
  /// - Parameter workflow: made for the run's folder, with what it needs put there.
  func run(_ workflow: (_ folder: String) throws -> ImportedWorkflow) async throws -> ExitStatus {
    let started = Date()
    let folder = URL(filePath: runFolder ?? Self.newFolder(name, started)).standardized.path
    try FileSystem.createFolder(folder)
    let path = "\(folder)/workflow.json"
    try FileSystem.publish(Array((try workflow(folder).json.prettyText + "\n").utf8), to: path)
    let definition = try WorkflowReader.read(path: path, kinds: StageKinds.all)
    let progress: any RunDisplay = quiet ? NoProgress() : runDisplayOnStandardError()
    defer { progress.runEnded() }
    return try await Interruption.allowing(progress: progress) { control in
      let access = CacheAccess(store: cacheOptions.store, progress: progress)
      return try await access.withCatalog { catalog in
        let planner = Planner(
          definition: definition, source: try DatasetEvents(definition.dataset),
          store: cacheOptions.store, catalog: catalog)
        let session = try RunSession(
          planner: planner, file: path, folder: folder, started: started)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try await session.run(
          options: Runner.Options(workers: cores, threads: cores), progress: progress,
          control: control
        ) { outcome, files in
          progress.runEnded()
          RunSummary.say(
            outcome: outcome, files: files, folder: folder, json: json, quiet: quiet)
        }
      }
    }
  }
}

/// Where the events of what is imported are.
enum ImportSource {
  case none
  case folder(EventFolder)
  case run(RunResults)

  /// The numbers of the events; nil where nothing is known of events.
  var events: [Int]? {
    switch self {
    case .none: nil
    case .folder(let folder): folder.events
    case .run(let results): Set(results.results.compactMap(\.event)).sorted()
    }
  }

  var words: String {
    switch self {
    case .none: "no events"
    case .folder(let folder): folder.path
    case .run(let results): "the run \(results.run)"
    }
  }

  /// Puts an event's tables into a folder.
  func addTables(of event: Int, to events: ImportedEvents) throws {
    switch self {
    case .none: break
    case .folder(let folder): try events.addTables(of: event, from: folder)
    case .run(let results): try events.addTables(of: event, from: results)
    }
  }
}

/// Why something can't be imported.
enum ImportError: Error, CustomStringConvertible {
  case noSuchFile(String)
  case noEvents
  /// The file does not say of which event it is.
  case eventUnknown(file: String, reason: String)
  case otherEvents([Int], file: String, place: String, known: [Int])
  case eventTwice(Int, files: [String])
  case empty(file: String)

  var description: String {
    switch self {
    case .noSuchFile(let path): "there is no readable file at \(path)"
    case .noEvents:
      "the truth of the events is needed to score tracks; name their folder with --events, or with --events-of a run that had them"
    case .eventUnknown(let file, let reason):
      "\(file): \(reason); name the event with --event"
    case .otherEvents(let events, let file, let place, let known):
      "\(file): it is of \(EventRanges.words(events)), which \(place) does not have; it has "
        + (known.isEmpty ? "none" : EventRanges.words(known))
    case .eventTwice(let event, let files):
      "\(files.joined(separator: " and ")) are both of event \(event); one graph an event was expected"
    case .empty(let file):
      "\(file): it has no rows, so there is nothing to score; at least one hit on a track was expected"
    }
  }

  var status: ExitStatus {
    switch self {
    case .noSuchFile: .missingInput
    case .noEvents, .eventUnknown: .usage
    case .otherEvents, .eventTwice, .empty: .badData
    }
  }
}
