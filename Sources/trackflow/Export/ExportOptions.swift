import ArgumentParser
import ArtifactStore
import JSONDocument
import Stages

/// What every way to export takes: the run, the stage, and how to say what was written.
struct ExportOptions: ParsableArguments {
  @OptionGroup var choice: RunChoice

  @Option(
    help: ArgumentHelp(
      "The stage whose results are taken (default: the first that fits).", valueName: "stage"))
  var stage: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  /// Does the work with the results of the run, and says what was written.
  ///
  /// - Parameter write: writes the files and gives their paths with what else there is to say.
  func run(_ write: (RunResults) throws -> Written) async throws {
    do {
      let (run, written) = try await choice.withResults { results, record in
        (record.id, try write(results))
      }
      if json {
        print(written.json(run: run).prettyText)
      } else if !quiet {
        print(written.words)
      }
    } catch {
      throw failing(error)
    }
  }

  /// What was written.
  struct Written {
    var stage: String?
    var events: [Int] = []
    /// What is in the files, in words: `1,234 tracks`.
    var content: String
    var files: [String]

    var words: String {
      let place =
        files.count == 1 ? files[0] : "\(files.count) files, the first \(files.first ?? "")"
      return [content, stage.map { "stage \($0)" }, place].compactMap { $0 }.joined(separator: ", ")
    }

    func json(run: String) -> JSONValue {
      [
        "run": .string(run), "stage": stage.map { .string($0) } ?? .null,
        "events": .array(events.map { .integer($0) }), "content": .string(content),
        "files": .array(files.map { .string($0) }),
      ]
    }
  }
}

/// Which events of a run are exported.
struct ExportEvents: ParsableArguments {
  @Option(
    name: .customLong("event"),
    help: ArgumentHelp(
      "An event, or several as 30000-30009; can be repeated (default: all that there are results of).",
      valueName: "id"))
  var choices: [EventRange] = []

  var numbers: [Int] { choices.flatMap { Array($0.range) } }
}

/// `30000` or `30000-30009`.
struct EventRange: ExpressibleByArgument {
  let range: ClosedRange<Int>

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first >= 0,
      first <= last, last - first < 1_000_000
    else { return nil }
    range = first...last
  }
}

extension Int {
  /// `1 track`, `3 tracks`.
  func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
