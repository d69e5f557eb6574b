import ArgumentParser
import EventData
import Foundation
import TrackScoring

/// `trackflow score`: the TrackML score of a submission, with what became of its tracks.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score a submission against the truth of its event.",
    discussion: HelpText.discussion(
      """
      Prints the TrackML score and what it is a share of, then how many tracks and particles \
      were found.
      """,
      examples: [
        "score submission.csv --truth event000001000-truth.csv",
        "score tracks.csv.zst --truth event000001000-truth.csv --json",
      ], exits: [.badData, .missingInput]))

  @Argument(
    help: "The tracks: a CSV file with event_id, hit_id, track_id; .gz and .zst are unpacked.",
    completion: Completions.table)
  var submission: String

  @Option(
    help: ArgumentHelp("The truth file of the event.", valueName: "file"),
    completion: Completions.table)
  var truth: String

  @Option(
    help: ArgumentHelp(
      "The particles file of the event: charge and momentum at production for the efficiency.",
      valueName: "file"),
    completion: Completions.table)
  var particles: String?

  @Option(
    help: ArgumentHelp(
      "The event to score (default: the number in the truth file's name).", valueName: "id"))
  var event: Int32?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    do {
      for path in [submission, truth] + (particles.map { [$0] } ?? [])
      where !FileManager.default.isReadableFile(atPath: path) {
        throw ScoreCommandError.noSuchFile(path)
      }
      let report = try makeReport()
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
        report.attention.map(Self.printError)
      } else {
        print(report.text)
      }
    } catch {
      Self.printError("error: \(error)")
      if case ScoreCommandError.noSuchFile = error { throw ExitCode(66) }
      throw ExitCode(65)
    }
  }

  private func makeReport() throws -> ScoreReport {
    let truthTable = try EventReader.truth(at: truth)
    let particleTable = try particles.map { try EventReader.particles(at: $0) }
    let all = try EventReader.submission(at: submission)
    let event = try Self.event(toScore: event, truthPath: truth, in: all)
    let matching = try TrackMatching(truth: truthTable, submission: Self.rows(of: event, in: all))
    return ScoreReport(
      event: event, score: TrackMLScore(matching: matching),
      metrics: TrackMetrics(
        matching: matching, truth: truthTable, particles: particleTable))
  }

  /// The event whose rows are scored: as told, or named by the truth file, or the only one.
  static func event(
    toScore told: Int32?, truthPath: String, in submission: SubmissionTable
  ) throws -> Int32? {
    let events = Set(submission.eventID).sorted()
    let name = truthPath.split(separator: "/").last ?? ""
    let named = name.firstMatch(of: /event([0-9]{9})/).flatMap { Int32($0.1) }
    if let event = told ?? named {
      // A submission without rows scores 0 rather than being of the wrong event.
      guard events.isEmpty || events.contains(event) else {
        throw ScoreCommandError.eventMissing(event, events: events)
      }
      return event
    }
    guard events.count <= 1 else { throw ScoreCommandError.eventUnknown(events: events) }
    return events.first
  }

  private static func rows(of event: Int32?, in submission: SubmissionTable) -> SubmissionTable {
    let rows = submission.eventID.indices.filter { submission.eventID[$0] == event }
    guard rows.count < submission.eventID.count else { return submission }
    var table = SubmissionTable()
    table.eventID = rows.map { submission.eventID[$0] }
    table.hitID = rows.map { submission.hitID[$0] }
    table.trackID = rows.map { submission.trackID[$0] }
    return table
  }

  private static func printError(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
  }
}

/// Why `trackflow score` cannot go on.
enum ScoreCommandError: Error, CustomStringConvertible {
  case noSuchFile(String)
  case eventMissing(Int32, events: [Int32])
  case eventUnknown(events: [Int32])

  var description: String {
    switch self {
    case .noSuchFile(let path): "there is no readable file at \(path)"
    case .eventMissing(let event, let events):
      """
      the submission has no row of event \(event), it holds \(Self.list(events)); give the \
      truth of one of these, or name the event with --event
      """
    case .eventUnknown(let events):
      """
      the submission holds \(Self.list(events)) and the truth file's name has no event number; \
      name the event to score with --event
      """
    }
  }

  private static func list(_ events: [Int32]) -> String {
    (events.count == 1 ? "event " : "events ")
      + events.prefix(8).map(String.init).joined(separator: ", ")
      + (events.count > 8 ? " and \(events.count - 8) more" : "")
  }
}
