/// Pieces of Markdown in which text from outside stays text.
enum MarkdownText {
  /// Text that shows as it is: nothing in it is a heading, a link, a list, an emphasis or HTML.
  static func plain(_ text: String) -> String {
    var result = ""
    for scalar in ReportSummary.plain(text).unicodeScalars {
      if "\\`*_{}[]<>()#+!|~&$".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Text in one line of code, in which no name calls for anybody's attention.
  static func code(_ text: String) -> String {
    let line = ReportSummary.plain(text)
    var (longest, run) = (0, 0)
    for character in line {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let isTight = !line.hasPrefix("`") && !line.hasSuffix("`") && !line.isEmpty
    return isTight ? fence + line + fence : "\(fence) \(line) \(fence)"
  }

  /// A link to a file by a path.
  static func link(_ words: String, to path: String) -> String {
    "[\(plain(words))](<\(path.map(escapedInLink).joined())>)"
  }

  private static func escapedInLink(_ character: Character) -> String {
    switch character {
    case "<": "%3C"
    case ">": "%3E"
    case "\\": "%5C"
    case "%": "%25"
    case "\n", "\r", "\r\n": "%0A"
    default: String(character)
    }
  }

  /// A table; the cells are Markdown already.
  static func table(_ heads: [String], rows: [[String]], isNumber: Set<Int>) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rule = heads.indices.map { isNumber.contains($0) ? "---:" : "---" }
    return [line(heads), line(rule)] + rows.map(line)
  }
}
