import ArgumentParser
import ArtifactStore
import Execution
import Foundation
import JSONDocument

/// `trackflow status`: how far the runs of a cache have come, from another terminal.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how far the live runs of a cache have come, or how the last one ended.",
    discussion: HelpText.discussion(
      """
      Reads what the runs write down and disturbs none of them. With --watch until the runs end; \
      with --watch --json an object a line, once a second.
      """,
      examples: [
        "status",
        "status --watch",
      ], exits: [.missingInput]))

  @Argument(help: ArgumentHelp("A run (default: all that live, else the last).", valueName: "run"))
  var name: String?

  @Flag(name: .long, help: "Go on until the runs end.")
  var watch = false

  @OptionGroup var cacheOptions: CacheOptions

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  func run() async throws {
    do {
      let history = try History(cacheOptions)
      var watched = try runs(of: history).map { WatchedRun($0, history: history) }
      var screen = Screen()
      while true {
        for index in watched.indices { try watched[index].update() }
        show(watched, on: &screen)
        guard watch, watched.contains(where: { $0.state == .running }) else { return }
        try await Task.sleep(for: .seconds(1))
      }
    } catch {
      throw failing(error)
    }
  }

  private func runs(of history: History) throws -> [RunRecord] {
    if let name { return [try history.registry.find(name)] }
    let live = history.registry.liveRuns()
    return live.isEmpty ? [try history.registry.find("last")] : live
  }

  private func show(_ runs: [WatchedRun], on screen: inout Screen) {
    if json {
      let all = JSONValue.object(["runs": .array(runs.map(\.json))])
      print(watch ? all.compactText : all.prettyText)
      fflush(nil)
    } else {
      screen.show(runs.flatMap(\.lines).map(HistoryText.plain))
    }
  }
}

/// A run whose journal is read as it grows.
struct WatchedRun {
  private let history: History
  private(set) var record: RunRecord
  private(set) var state: RunState
  private var reader: JournalReader
  private var journal = JournalState()
  /// Now, or the end, in seconds since its start.
  private var now = 0.0

  init(_ record: RunRecord, history: History) {
    self.history = history
    self.record = record
    state = history.registry.state(of: record)
    reader = JournalReader(path: record.folder + "/journal.jsonl")
  }

  /// Takes what was added.
  ///
  /// - Throws: `HistoryError` where the journal is gone, or that of another run.
  mutating func update() throws {
    record = history.registry.record(record.id) ?? record
    state = history.registry.state(of: record)
    let (entries, isAnew) = reader.read()
    if isAnew { journal = JournalState() }
    for entry in entries { journal.take(entry) }
    guard FileManager.default.fileExists(atPath: reader.path) else {
      throw HistoryError.gone(what: "journal", run: record.id, path: reader.path)
    }
    if let id = journal.runID, id != record.id {
      throw HistoryError.overwritten(what: "journal", run: record.id, path: reader.path)
    }
    now =
      state == .running
      ? max(journal.last, Date().timeIntervalSince1970 - record.started)
      : journal.ended ?? journal.last
  }

  var lines: [String] { StatusText.lines(of: record, state: state, journal: journal, now: now) }
  var json: JSONValue { StatusText.json(of: record, state: state, journal: journal, now: now) }
}

/// Lines that take the place of those before, on a terminal; elsewhere they follow them.
struct Screen {
  private var shown = 0
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  mutating func show(_ lines: [String]) {
    if isTerminal, shown > 0 { print("\u{1B}[\(shown)A\u{1B}[J", terminator: "") }
    for line in lines { print(isTerminal ? String(line.prefix(Self.width)) : line) }
    fflush(nil)
    shown = lines.count
  }

  /// A line that broke would be counted wrong.
  private static var width: Int {
    var size = winsize()
    let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }
}
