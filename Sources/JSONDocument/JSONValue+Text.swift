extension JSONValue {
  /// Canonical JSON: object members sorted by the bytes of their names, no white space, shortest numbers.
  ///
  /// Equal values give equal bytes whatever their order of mention, so the text can be hashed. A
  /// whole number prints alike as `.integer(3)` and `.number(3.0)`.
  public var canonicalText: String {
    var text = ""
    write(into: &text, style: .canonical, depth: 0)
    return text
  }

  /// JSON on one line, members in their own order.
  public var compactText: String {
    var text = ""
    write(into: &text, style: .compact, depth: 0)
    return text
  }

  /// JSON for people: two spaces a level, members in their own order.
  public var prettyText: String {
    var text = ""
    write(into: &text, style: .pretty, depth: 0)
    return text
  }

  private enum Style { case canonical, compact, pretty }

  private func write(into text: inout String, style: Style, depth: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += Self.text(of: value)
    case .string(let value): Self.write(string: value, into: &text)
    case .array(let values):
      // A list of plain values stays on one line for people too.
      let nested = values.contains { $0.members != nil || $0.arrayValue != nil }
      Self.writeList(
        values, open: "[", close: "]", into: &text, style: nested ? style : .compact, depth: depth
      ) { value, text in
        value.write(into: &text, style: style, depth: depth + 1)
      }
    case .object(let members):
      let ordered =
        style == .canonical
        ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
      Self.writeList(ordered, open: "{", close: "}", into: &text, style: style, depth: depth) {
        member, text in
        Self.write(string: member.name, into: &text)
        text += style == .pretty ? ": " : ":"
        member.value.write(into: &text, style: style, depth: depth + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: String, close: String, into text: inout String, style: Style,
    depth: Int, element: (Element, inout String) -> Void
  ) {
    text += open
    for (index, value) in elements.enumerated() {
      if index > 0 { text += "," }
      if style == .pretty { text += "\n" + String(repeating: "  ", count: depth + 1) }
      element(value, &text)
    }
    if style == .pretty, !elements.isEmpty {
      text += "\n" + String(repeating: "  ", count: depth)
    }
    text += close
  }

  /// The shortest text that reads back as the same double; null for what JSON can't hold.
  private static func text(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return value.description
  }

  private static func write(string: String, into text: inout String) {
    text += "\""
    defer { text += "\"" }
    // Most strings need no escape.
    let isPlain = string.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    if isPlain {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
