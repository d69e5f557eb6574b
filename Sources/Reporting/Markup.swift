/// A piece of HTML or SVG; text from outside becomes one only by being escaped.
///
/// Escaping goes by Unicode scalar. By character it would miss a quotation mark that a combining
/// mark follows, which a browser still takes for the end of an attribute.
struct Markup: Sendable, Equatable {
  private(set) var text: String

  /// Text that this program wrote itself and that is markup already.
  init(trusted text: String) { self.text = text }

  /// Text from anywhere, to be shown as it is.
  init(_ plain: String) { text = Self.escape(plain) }

  /// Text from anywhere that leads somewhere, to be shown as it is; without a link just the text.
  init(_ plain: String, link: String?) {
    text = Self.escape(plain)
    if let link { text = "<a href=\"\(Self.escape(link))\">\(text)</a>" }
  }

  /// Escapes text for the content of an element or a quoted attribute.
  static func escape(_ plain: String) -> String {
    var text = ""
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar.isHarmless ? scalar : "\u{FFFD}")
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it neither controls a terminal, nor turns the direction of writing, nor is unfit for XML.
  var isHarmless: Bool {
    switch value {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}
