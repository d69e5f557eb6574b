/// A line in pieces that can have colours.
struct StyledLine {
  enum Style: String {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  private(set) var pieces: [(text: String, style: Style)] = []

  var columns: Int { pieces.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

  mutating func add(_ text: String, _ style: Style = .plain) { pieces.append((text, style)) }

  /// The text that fits, with escape sequences for colours if those are wanted.
  func text(columns limit: Int, colour: Bool) -> String {
    var text = ""
    var room = limit
    for piece in pieces where room > 0 {
      if piece.text.allSatisfy({ $0 == " " }), piece.text.count >= room { break }
      let part = TextWidth.prefix(of: piece.text, columns: room)
      room -= part == piece.text ? TextWidth.columns(of: part) : room
      let isStyled = colour && piece.style != .plain && !part.isEmpty
      text += isStyled ? "\u{1B}[\(piece.style.rawValue)m\(part)\u{1B}[0m" : part
    }
    return text
  }
}
