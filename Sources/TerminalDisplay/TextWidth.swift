/// How many columns a text takes on a terminal.
enum TextWidth {
  static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  /// A text's beginning that fits, with an ellipsis where something is cut off.
  static func prefix(of text: String, columns limit: Int) -> String {
    if columns(of: text) <= limit { return text }
    var kept = ""
    var used = 0
    for character in text {
      used += columns(of: character)
      if used > limit - 1 { break }
      kept.append(character)
    }
    return limit > 0 ? kept + "…" : ""
  }

  /// A character of several scalars, such as a flag or a letter with accents, is as wide as its widest.
  private static func columns(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    if scalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    return scalars.reduce(0) { max($0, columns(of: $1)) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    // Wide and full-width characters of Unicode's East Asian Width.
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// A text without what would move a terminal's cursor or change its state; line breaks stay.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = scalar.properties.generalCategory == .control
          return isControl && scalar != "\n" ? (scalar == "\t" ? " " : "\u{FFFD}") : scalar
        }))
  }
}
