/// A drawing under construction; coordinates are written with two decimals at most.
struct SVGDrawing {
  let width: Double
  let height: Double
  /// What the drawing shows, for those who hear it read out.
  let title: String
  private var body = ""

  enum Anchor: String { case start, middle, end }

  init(width: Double, height: Double, title: String) {
    self.width = width
    self.height = height
    self.title = title
  }

  /// The whole element; with `standalone` a file of its own, style included.
  func text(standalone: Bool = false) -> String {
    let name = Markup.escape(title)
    let size = "\(Self.number(width)) \(Self.number(height))"
    let namespace = standalone ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
    let style = standalone ? "<style>\n\(PlotStyle.css)\n</style>\n" : ""
    return """
      <svg\(namespace) class="plot" viewBox="0 0 \(size)" role="img" aria-label="\(name)">
      <title>\(name)</title>
      \(style)\(body)</svg>

      """
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
    path([(x1, y1), (x2, y2)], style: style)
  }

  /// A line through points; points that are not finite are left out.
  mutating func path(_ points: [(Double, Double)], style: String, closed: Bool = false) {
    path([points], style: style, closed: closed)
  }

  /// Several lines as one element.
  mutating func path(_ lines: [[(Double, Double)]], style: String, closed: Bool = false) {
    var commands = ""
    for points in lines {
      for (index, point) in points.enumerated() where point.0.isFinite && point.1.isFinite {
        commands += index == 0 ? "M" : "L"
        commands += "\(Self.number(point.0)) \(Self.number(point.1))"
      }
      if closed { commands += "Z" }
    }
    if !commands.isEmpty { body += "<path class=\"\(style)\" d=\"\(commands)\"/>\n" }
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, style: String) {
    guard x.isFinite, y.isFinite else { return }
    body += "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\""
    body += " r=\"\(Self.number(radius))\"/>\n"
  }

  /// A filled rectangle, with words that show under the pointer if there are any.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, words: String? = nil
  ) {
    body += "<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    body += " width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    body += words.map { "><title>\(Markup.escape($0))</title></rect>\n" } ?? "/>\n"
  }

  mutating func label(
    _ words: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "label",
    turned: Bool = false
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let turn = turned ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    body += "<text class=\"\(style)\" \(place) text-anchor=\"\(anchor.rawValue)\"\(turn)>"
    body += Markup.escape(words) + "</text>\n"
  }

  /// A coordinate: two decimals at most, none that say nothing.
  static func number(_ value: Double) -> String {
    var text = NumberText.fixed(value, decimals: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// About how wide words are when drawn.
  static func width(of words: String, fontSize: Double = 12) -> Double {
    Double(words.count) * fontSize * 0.56
  }

  /// Words cut to a width, with an ellipsis where something is left out.
  static func fit(_ words: String, width: Double) -> String {
    let limit = max(2, Int(width / (12 * 0.56)))
    return words.count <= limit ? words : words.prefix(limit - 1) + "…"
  }
}
