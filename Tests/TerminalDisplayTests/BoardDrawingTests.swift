import Execution
import TerminalDisplay
import TestSupport
import Testing
import Workflow

/// What a run looks like on a terminal.
@Suite struct BoardDrawingTests {
  private static let states: [(name: String, study: StudyOnTheWay)] = [
    ("planned", .planned), ("among-graphs", .amongGraphs), ("training", .training),
    ("stopped", .stopped), ("done", .done), ("many-stages", .ofManyStages),
    ("on-cluster", .onCluster),
  ]

  private func lines(
    _ study: StudyOnTheWay, _ width: Int, _ height: Int, colour: Bool = false
  ) -> [String] {
    BoardDrawing.lines(of: study.board, width: width, height: height, colour: colour)
  }

  @Test func everyStateOfAStudyIsDrawnAsKept() throws {
    for (name, study) in Self.states {
      var text = ""
      for (width, height) in [(100, 30), (64, 10), (40, 8), (20, 3)] {
        text += "\(width) columns, \(height) rows\n"
        text += lines(study, width, height).map { $0 + "\n" }.joined() + "\n"
      }
      try Golden.expect(text, is: "\(name).txt")
    }
  }

  @Test func coloursAreDrawnAsKept() throws {
    var text = ""
    for (name, study) in Self.states {
      text += "\(name)\n" + lines(study, 80, 12, colour: true).map { $0 + "\n" }.joined()
    }
    try Golden.expect(
      text.replacing("\u{1B}", with: "<ESC>"), is: "colours.txt")
  }

  @Test func coloursChangeNoCharacter() {
    for (_, study) in Self.states {
      for width in [20, 47, 80, 120] {
        let coloured = lines(study, width, 12, colour: true)
          .map { $0.replacing(/\u{1B}\[[0-9]*m/, with: "") }
        #expect(coloured == lines(study, width, 12))
      }
    }
  }

  @Test func noLineIsWiderThanTheTerminalAndNoDrawingHigher() {
    for (_, study) in Self.states {
      for width in 1...110 {
        for height in 1...24 {
          let lines = lines(study, width, height)
          #expect(lines.count <= height)
          // Every character of these studies takes one column.
          #expect(lines.allSatisfy { $0.count <= width })
        }
      }
    }
  }

  @Test func wideCharactersCountTwice() {
    var study = StudyOnTheWay()
    study.board.planned([StudyOnTheWay.outlook("飛跡再構成", tasks: 12, cached: 0)])
    #expect(
      lines(study, 40, 5) == [
        "· 飛跡再構成  12 events to run", "  total       0 s  0/12 tasks",
      ])
    #expect(lines(study, 10, 5).first == "· 飛跡再…")
  }

  @Test func stagesAtWorkAreShownWhereRowsAreFew() {
    for height in 4...10 {
      let lines = lines(.ofManyStages, 80, height)
      #expect(lines.count == height)
      #expect(lines.contains { $0.hasPrefix("▸ stage-9 ") })
      #expect(lines.contains { $0.hasPrefix("▸ stage-12 ") })
      #expect(lines.contains { $0.hasPrefix("  and \(20 - (height - 2)) more: ") })
    }
    #expect(lines(.ofManyStages, 80, 1).map { $0.prefix(7) } == ["  total"])
  }

  @Test func aNameCanNotMoveTheCursor() {
    var study = StudyOnTheWay()
    study.board.planned([StudyOnTheWay.outlook("a\u{1B}[2J", tasks: 1, cached: 0)])
    #expect(lines(study, 60, 5).first == "· a\u{FFFD}[2J  1 task to run")
  }

  @Test func aRunThatFindsAllInTheCacheSaysSo() {
    var study = StudyOnTheWay()
    study.board.planned([
      StudyOnTheWay.outlook("graphs", tasks: 9, cached: 9),
      StudyOnTheWay.outlook("train", tasks: 1, cached: 1),
    ])
    study.board.runEnded(at: 0.31)
    #expect(
      lines(study, 60, 5) == [
        "✓ graphs  9 events, all from the cache", "✓ train   from the cache", "  total   0.3 s",
      ])
  }
}
