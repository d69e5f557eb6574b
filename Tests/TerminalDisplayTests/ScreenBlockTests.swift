import TerminalDisplay
import Testing

/// What is written to a terminal to draw over what is there.
@Suite struct ScreenBlockTests {
  private func draw(_ lines: [String], on block: inout ScreenBlock, width: Int = 20) -> String {
    block.replace(with: lines, widths: lines.map(\.count), terminalWidth: width)
  }

  @Test func theCursorIsHiddenOnceAndShownAtTheEnd() {
    var block = ScreenBlock()
    #expect(draw(["one", "two"], on: &block).contains("\u{1B}[?25l"))
    #expect(!draw(["one", "three"], on: &block).contains("\u{1B}[?25l"))
    #expect(block.ending() == "\r\n\u{1B}[?25h")
    #expect(block.ending() == "")
  }

  @Test func whatIsThereIsNotWrittenAgain() {
    var block = ScreenBlock()
    _ = draw(["one", "two"], on: &block)
    #expect(draw(["one", "two"], on: &block) == "")
    #expect(draw(["one", "too"], on: &block).hasPrefix("\r\u{1B}[1A"))
  }

  @Test func linesThatANarrowerTerminalFoldedAreCountedWithAllTheirRows() {
    var block = ScreenBlock()
    let lines = ["12345678901234567890", "1234567890", "1"]
    _ = draw(lines, on: &block)
    // The first line fills three rows of eight columns, the second two, the third one.
    #expect(draw(["a", "b"], on: &block, width: 8).hasPrefix("\r\u{1B}[5A"))
  }

  @Test func aBlockThatWasTakenAwayIsDrawnAnew() {
    var block = ScreenBlock()
    #expect(block.removal(terminalWidth: 20) == "")
    _ = draw(["one", "two", "three"], on: &block)
    #expect(block.removal(terminalWidth: 20) == "\r\u{1B}[2A\u{1B}[J")
    #expect(!draw(["one"], on: &block).contains("A"))
  }
}
