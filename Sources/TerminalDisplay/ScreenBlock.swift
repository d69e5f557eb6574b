/// The lines at the foot of a terminal that are drawn over again and again: what to write for each change.
package struct ScreenBlock {
  private var lines: [String] = []
  private var widths: [Int] = []
  private var isCursorHidden = false

  package init() {}

  /// Draws the lines in place of those before.
  ///
  /// - Returns: what to write; nothing where the screen shows those lines already.
  package mutating func replace(with new: [String], widths newWidths: [Int], terminalWidth: Int)
    -> String
  {
    if new == lines, fits(terminalWidth) { return "" }
    var text = rewound(terminalWidth: terminalWidth)
    // Lines never run over into the next row, even of a terminal that takes a character for wider than it is.
    text += Control.wrapOff + (isCursorHidden ? "" : Control.hideCursor)
    text += new.map { $0 + Control.eraseToEndOfLine }.joined(separator: "\r\n")
    text += Control.eraseBelow + Control.wrapOn
    lines = new
    widths = newWidths
    isCursorHidden = true
    return text
  }

  /// Takes the block away, so that a line can be written where it was.
  package mutating func removal(terminalWidth: Int) -> String {
    guard !lines.isEmpty else { return "" }
    defer { (lines, widths) = ([], []) }
    return rewound(terminalWidth: terminalWidth) + Control.eraseBelow
  }

  /// Leaves the block where it is, with the cursor below it as it was before.
  package mutating func ending() -> String {
    defer { self = ScreenBlock() }
    return (lines.isEmpty ? "" : "\r\n") + (isCursorHidden ? Control.showCursor : "")
  }

  /// Back to the block's first row.
  private func rewound(terminalWidth: Int) -> String {
    let rows = rows(terminalWidth: terminalWidth)
    return rows > 1 ? "\r\u{1B}[\(rows - 1)A" : lines.isEmpty ? "" : "\r"
  }

  /// Rows that the block takes now: a terminal that became narrower has folded lines that were wider.
  private func rows(terminalWidth: Int) -> Int {
    widths.reduce(0) { $0 + max(1, ($1 + terminalWidth - 1) / max(1, terminalWidth)) }
  }

  private func fits(_ terminalWidth: Int) -> Bool { widths.allSatisfy { $0 <= terminalWidth } }
}

/// Control sequences that every terminal of today knows.
private enum Control {
  static let hideCursor = "\u{1B}[?25l"
  static let showCursor = "\u{1B}[?25h"
  static let wrapOff = "\u{1B}[?7l"
  static let wrapOn = "\u{1B}[?7h"
  static let eraseToEndOfLine = "\u{1B}[K"
  static let eraseBelow = "\u{1B}[J"
}
