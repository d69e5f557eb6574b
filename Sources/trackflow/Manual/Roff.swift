/// Text as groff's man macros want it.
struct Roff {
  private(set) var text = ""

  mutating func heading(_ title: String) { line(".SH \"\(Self.plain(title))\"") }
  mutating func subheading(_ title: String) { line(".SS \"\(Self.plain(title))\"") }

  mutating func paragraph(_ words: String) {
    line(".PP")
    line(Self.marked(words))
  }

  /// Lines that stay as they are.
  mutating func example(_ lines: [String]) {
    line(".PP\n.RS 4\n.EX")
    for text in lines { line(Self.plain(text)) }
    line(".EE\n.RE")
  }

  /// A term, which is roff already, and what it means.
  mutating func entry(_ term: String, _ words: String) {
    line(".TP\n\(term)")
    line(Self.marked(words))
  }

  mutating func line(_ text: String) { self.text += text + "\n" }

  static func bold(_ words: String) -> String { "\\fB\(plain(words))\\fR" }
  static func italic(_ words: String) -> String { "\\fI\(plain(words))\\fR" }

  /// Words in which what stands between backticks is bold.
  static func marked(_ words: String) -> String {
    var isCode = false
    let parts = words.split(separator: "`", omittingEmptySubsequences: false).map { part in
      defer { isCode.toggle() }
      return isCode ? bold(String(part)) : plain(String(part))
    }
    return guarded(parts.joined())
  }

  /// Words without any meaning to roff.
  static func plain(_ words: String) -> String {
    var text = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case "'": text += "\\(aq"
      case "\"": text += "\\(dq"
      case "`": text += "\\(ga"
      case "^": text += "\\(ha"
      case "~": text += "\\(ti"
      case _ where scalar.isASCII: text.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        text += "\\[u\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)]"
      }
    }
    return guarded(text)
  }

  /// A line that begins with a dot would be a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }
}
