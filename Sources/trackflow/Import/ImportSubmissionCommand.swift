import ArgumentParser
import EventData
import Foundation
import Stages

/// `trackflow import submission`: another program's tracks.
struct ImportSubmissionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submission",
    abstract: "Score and report the tracks of a submission file.",
    discussion: HelpText.discussion(
      """
      The file has the columns event_id, hit_id and track_id; without event_id it is of the event \
      that --event names. Hits that it leaves out, or gives a negative track, are on no track.
      """,
      examples: [
        "import submission tracks.csv --events DIR --name theirs",
        "import submission tracks.csv --events DIR --event 1000",
        "import submission tracks.csv --events-of last",
      ],
      exits: [
        .eventsSetAside, .badData, .missingInput, .unavailable, .internalError, .cannotCreate,
        .storage, .badWorkflow, .interrupted,
      ]))

  @Argument(
    help: ArgumentHelp("The submission; .gz and .zst are unpacked.", valueName: "file"),
    completion: Completions.table)
  var file: String

  @OptionGroup var options: ImportOptions

  func run() async throws { try await reporting(carryOut) }

  private func carryOut() async throws -> ExitStatus {
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw ImportError.noSuchFile(file)
    }
    let source = try await options.source()
    guard let known = source.events else { throw ImportError.noEvents }
    let events = try wanted(of: try EventReader.submission(at: file))
    let unknown = Set(events).subtracting(known).sorted()
    guard unknown.isEmpty else {
      throw ImportError.otherEvents(unknown, file: file, place: source.words, known: known)
    }
    let path = URL(filePath: file).standardizedFileURL.path
    return try await options.run { folder in
      var place = options.events.map { URL(filePath: $0).standardizedFileURL.path }
      if place == nil {
        let made = try ImportedEvents(folder: "\(folder)/events")
        for event in events { try source.addTables(of: event, to: made) }
        place = made.folder
      }
      var workflow = ImportedWorkflow(
        name: options.name,
        description: "Tracks of \(URL(filePath: file).lastPathComponent), scored.",
        folder: place ?? folder, events: events)
      workflow.addTracks(file: path, event: options.event)
      return workflow
    }
  }

  /// The events that the file has tracks of, or those of them that are told.
  private func wanted(of table: SubmissionTable) throws -> [Int] {
    guard table.count > 0 else { throw ImportError.empty(file: file) }
    guard !table.eventID.isEmpty else {
      guard let event = options.event else {
        throw ImportError.eventUnknown(file: file, reason: "it has no column event_id")
      }
      return [event]
    }
    guard let event = options.event else { return table.events }
    guard table.events.contains(event) else {
      throw ImportError.otherEvents(
        [event], file: "--event \(event)", place: file, known: table.events)
    }
    return [event]
  }
}
