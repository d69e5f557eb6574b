import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a person, or a log, sees of a real run.
@Suite struct ProgressTests {
  private static let hideCursor = "\u{1B}[?25l"
  private static let showCursor = "\u{1B}[?25h"
  private static let terminal = ["TERM": "xterm-256color", "NO_COLOR": ""]
  private static let stages = ["graphs", "train", "edges", "tracks", "score"]

  let study: SmallStudy

  init() throws { study = try SmallStudy() }

  private func arguments(_ more: [String] = []) -> [String] {
    ["run", "small.json", "--cache", "cache", "--run-dir", "results"] + more
  }

  @Test func aTerminalShowsEveryStageAndGetsItsCursorBack() throws {
    let screen = try PseudoTerminal(columns: 90, rows: 24)
    let running = try Program.start(
      arguments(), in: study.folder.path, environment: Self.terminal, errors: screen.terminal)
    #expect(running.wait().code == 0)
    let text = screen.textAtEnd()
    #expect(text.components(separatedBy: Self.hideCursor).count == 2)
    #expect(text.hasSuffix("\r\n" + Self.showCursor))
    for stage in Self.stages { #expect(text.contains("\u{1B}[32m✓\u{1B}[0m \(stage)"), "\(stage)") }
    #expect(text.contains("total"))
  }

  @Test func withoutColourNoSequenceForOneIsWritten() throws {
    let screen = try PseudoTerminal(columns: 90, rows: 24)
    let running = try Program.start(
      arguments(), in: study.folder.path, environment: ["TERM": "xterm", "NO_COLOR": "1"],
      errors: screen.terminal)
    #expect(running.wait().code == 0)
    let text = screen.textAtEnd()
    #expect(text.contains("✓ graphs"))
    #expect(text.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
  }

  @Test func anInterruptedRunSaysWhereItStoppedAndGivesTheCursorBack() throws {
    let screen = try PseudoTerminal(columns: 90, rows: 24)
    let running = try Program.start(
      arguments(["--set", "train.epochs=20000"]), in: study.folder.path,
      environment: Self.terminal, errors: screen.terminal)
    #expect(screen.wait(for: "/20000 epochs"))
    // The width is asked for at each drawing.
    screen.resize(columns: 20, rows: 24)
    #expect(screen.wait(for: "…"))
    kill(running.identifier, SIGINT)
    #expect(running.wait().code == 130)
    let text = screen.textAtEnd()
    let end = try #require(text.range(of: Self.showCursor)).upperBound
    #expect(text[end...] == "trackflow: interrupted; the same command goes on from here\r\n")
    #expect(text.contains("stopped"))
  }

  @Test func aNoticeIsWrittenAboveTheStages() throws {
    try Data("hit_id,x\n1,2\n".utf8).write(to: URL(filePath: study.eventFile(12, "hits")))
    let screen = try PseudoTerminal(columns: 90, rows: 24)
    let running = try Program.start(
      arguments(), in: study.folder.path, environment: Self.terminal, errors: screen.terminal)
    #expect(running.wait().code == 3)
    let text = screen.textAtEnd()
    let notice = try #require(text.range(of: "graphs, event 12 is set aside: "))
    // Before it the stages are taken away, after it they are drawn below.
    #expect(text[..<notice.lowerBound].hasSuffix("\u{1B}[J"))
    let after = try #require(text[notice.upperBound...].range(of: "\r\n")).upperBound
    #expect(text[after...].prefix(120).contains("graphs"))
    #expect(text.contains("1 left out"))
  }

  @Test(arguments: [nil, "dumb"])
  func aLogAndADumbTerminalGetPlainLinesWithTheTimeOfDay(kind: String?) throws {
    let screen = try kind.map { _ in try PseudoTerminal(columns: 90, rows: 24) }
    let running = try Program.start(
      arguments(), in: study.folder.path,
      environment: ["TERM": kind ?? "xterm", "TZ": "UTC"], errors: screen?.terminal)
    let ending = running.wait()
    #expect(ending.code == 0)
    let text = screen.map { $0.textAtEnd() } ?? ending.errors
    let lines = text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2 * Self.stages.count, "\(text)")
    let pattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 (\w+): .+/
    let named = try lines.map { try #require($0.wholeMatch(of: pattern)).1 }
    #expect(named == Self.stages.flatMap { [$0[...], $0[...]] })
  }

  @Test func aQuietRunShowsNothingOnATerminal() throws {
    let screen = try PseudoTerminal(columns: 90, rows: 24)
    let running = try Program.start(
      arguments(["--quiet"]), in: study.folder.path, environment: Self.terminal,
      errors: screen.terminal)
    #expect(running.wait().code == 0)
    #expect(screen.textAtEnd() == "")
  }
}
