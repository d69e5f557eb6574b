import ArgumentParser
import ArtifactStore
import EventData
import Stages

/// `trackflow export submission`: the tracks of a run as the challenge's submission.
struct ExportSubmissionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submission",
    abstract: "Write tracks as a submission: event_id, hit_id, track_id.",
    discussion: HelpText.discussion(
      """
      One CSV file of all events, or with --per-event a file an event in the folder --out, with \
      hit_id and track_id as the challenge's library scores them. Hits that are on no track are left \
      out. A name that ends in .zst is compressed.
      """,
      examples: [
        "export submission --out tracks.csv",
        "export submission --event 30000-30009 --out tracks.csv.zst",
        "export submission --per-event --out submissions",
      ], exits: [.badData, .missingInput, .cannotCreate, .storage]))

  @OptionGroup var options: ExportOptions
  @OptionGroup var events: ExportEvents

  @Flag(
    name: .customLong("per-event"),
    help: "A file an event, eventNNNNNNNNN-submission.csv, without the column event_id.")
  var isPerEvent = false

  @Option(help: ArgumentHelp("The file or folder to write.", valueName: "path"))
  var out: String

  func run() async throws {
    try await options.run { results in
      let export = try TrackExport(results, stage: options.stage, events: events.numbers)
      var files = [out]
      var tracks = 0
      if isPerEvent {
        try FileSystem.createFolder(out)
        files = try export.events.map { event in
          var table = try export.submission(of: event)
          table.eventID = []
          tracks += Set(table.trackID).count
          let path = "\(out)/\(ExportFile.name(event: event, "-submission.csv"))"
          try EventWriter.write(table, to: path)
          return path
        }
      } else {
        let table = try export.submission()
        tracks =
          zip(table.eventID, table.trackID).reduce(into: Set<[Int64]>()) {
            $0.insert([Int64($1.0), $1.1])
          }.count
        try ExportFile.makeFolder(of: out)
        try EventWriter.write(table, to: out)
      }
      return ExportOptions.Written(
        stage: export.stage, events: export.events,
        content: "\(tracks.of("track")) of \(export.events.count.of("event"))", files: files)
    }
  }
}

/// How exported files are named.
enum ExportFile {
  /// `event000030000-graph.csv`.
  static func name(event: Int, _ ending: String) -> String {
    let digits = String(event)
    return "event" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits + ending
  }

  /// Makes the folder of a file, where it is named with one.
  static func makeFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    try FileSystem.createFolder(String(path[..<slash]))
  }
}
