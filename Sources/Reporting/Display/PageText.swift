import JSONDocument

/// Scripts and data as they stand within a page.
enum PageText {
  /// A script of someone else's, which must not end its element early.
  ///
  /// `<!--` would have a browser overlook the end of the element. In a script's strings and patterns, the only places
  /// where either can stand, a backslash before such a letter changes nothing.
  static func script(_ text: String) -> String {
    text.replacing("</script", with: "<\\/script").replacing("</SCRIPT", with: "<\\/SCRIPT")
      .replacing("<!--", with: "<\\!--")
  }

  /// JSON that holds none of the characters which mean something to a page.
  static func json(_ value: JSONValue) -> String {
    var text = ""
    for scalar in value.compactText.unicodeScalars {
      switch scalar {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      default:
        if scalar.isHarmless {
          text.unicodeScalars.append(scalar)
        } else {
          text += "\\ufffd"
        }
      }
    }
    return text
  }

  /// Our own scripts, one after another; well-formed as XML too.
  static func own(_ parts: [String]) -> String {
    "/*<![CDATA[*/\n'use strict';\n" + parts.joined(separator: "\n") + "\n/*]]>*/"
  }
}
