import ArgumentParser
import EventData
import Foundation
import JSONDocument
import Synchronization

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every event of a data set and say what is wrong with it.",
    discussion: HelpText.discussion(
      "Without a name: every data set that is there; those that are not are named.",
      examples: ["data verify", "data verify kaggle-train-sample --json"],
      exits: [.badData, .missingInput]))

  @Argument(help: "The data set's name.", completion: Completions.dataSet)
  var name: String?

  @OptionGroup var options: ManifestOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    try options.reporting {
      let manifest = try DataManifest.load(path: options.path)
      let chosen = try name.map { [try manifest.dataSet(named: $0)] } ?? manifest.dataSets
      var results: [(dataSet: DataSet, events: [EventReport]?)] = []
      for dataSet in chosen {
        do {
          let verifier = try DataSetVerifier(dataSet)
          results.append((dataSet, verify(dataSet, verifier)))
        } catch let error as EventDataError where name == nil {
          if !options.quiet { DataOutput.complain("\(dataSet.name) is absent: \(error)") }
          results.append((dataSet, nil))
        }
      }
      if json { print(Self.json(of: results).prettyText) }
      guard results.contains(where: { $0.events != nil }) else {
        DataOutput.complain("none of the data sets of \(options.path) is on this machine")
        throw ExitCode(66)
      }
      guard results.allSatisfy({ $0.events?.allSatisfy(\.problems.isEmpty) ?? true }) else {
        throw ExitCode(65)
      }
    }
  }

  private func verify(_ dataSet: DataSet, _ verifier: DataSetVerifier) -> [EventReport] {
    let progress = VerifyProgress(
      name: dataSet.name, total: verifier.events.count, isShown: !options.quiet)
    let reports = verifier.verify { progress.eventEnded(done: $0) }
    progress.end()
    for problem in reports.flatMap(\.problems) { DataOutput.complain("\(problem)") }
    let good = reports.count { $0.problems.isEmpty }
    if !options.quiet, !json {
      let counts = [(EventFile.hits, "hits"), (.graph, "nodes of graphs")].compactMap {
        file, what in
        let read = reports.flatMap(\.files).filter { $0.file == file }
        return read.isEmpty ? nil : "\(read.reduce(0) { $0 + $1.rows }) \(what)"
      }
      let words = ["\(good) of \(reports.count) events are good"] + counts
      print("\(dataSet.name): \(words.joined(separator: ", "))")
    }
    return reports
  }

  private static func json(of results: [(dataSet: DataSet, events: [EventReport]?)]) -> JSONValue {
    let list = results.map { result in
      JSONValue.object([
        "name": .string(result.dataSet.name), "path": .string(result.dataSet.folder),
        "isPresent": .bool(result.events != nil),
        "events": .array((result.events ?? []).map(json(of:))),
      ])
    }
    return .object(["datasets": .array(list)])
  }

  private static func json(of report: EventReport) -> JSONValue {
    let files = report.files.map { file in
      JSONValue.object([
        "file": .string(file.file.rawValue), "path": .string(file.path),
        "rows": .integer(file.rows), "sha256": .string(file.sha256),
      ])
    }
    return .object([
      "event": .integer(report.event), "files": .array(files),
      "problems": .array(report.problems.map { .string("\($0)") }),
    ])
  }
}

/// How far a verification is: a bar on a terminal, else a line every few seconds.
private final class VerifyProgress: Sendable {
  private let name: String
  private let total: Int
  private let isShown: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private struct State {
    var done = 0
    var lastShown = ContinuousClock.now
  }
  private let state = Mutex(State())

  init(name: String, total: Int, isShown: Bool) {
    self.name = name
    self.total = total
    self.isShown = isShown
  }

  func eventEnded(done: Int) {
    guard isShown else { return }
    state.withLock { state in
      state.done = max(state.done, done)
      let now = ContinuousClock.now
      let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
      guard now - state.lastShown > pause else { return }
      state.lastShown = now
      let width = 24
      let filled = state.done * width / max(total, 1)
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      let count = "\(state.done) of \(total) events"
      Self.write(isTerminal ? "\r\u{1B}[K\(name)  \(bar)  \(count)" : "\(name): \(count)\n")
    }
  }

  func end() {
    if isShown, isTerminal { Self.write("\r\u{1B}[K") }
  }

  private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
