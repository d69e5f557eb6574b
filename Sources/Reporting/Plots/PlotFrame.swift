/// The frame of a plot: axes with ticks and labels, a legend, and the way from values to places.
struct PlotFrame {
  struct LegendEntry {
    var name: String
    var style: String
    var isDashed = false
    /// A box instead of a line, in the style as it is.
    var isFilled = false
  }

  var drawing: SVGDrawing
  let horizontal: Axis
  let vertical: Axis
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  static let width = 480.0
  static let height = 300.0
  /// Labels at the left that are longer run out of the picture, and leave it its place.
  private static let widestLabel = 110.0

  /// Draws axes, grid and legend.
  ///
  /// - Parameters:
  ///   - left: where the horizontal axis begins; nil for as far left as the labels let it.
  ///   - margin: what stays free at the right.
  init(
    title: String, horizontal: Axis, vertical: Axis, legend: [LegendEntry],
    width: Double = PlotFrame.width, height: Double = PlotFrame.height, left: Double? = nil,
    margin: Double = 16
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    let widest = vertical.ticks.map { SVGDrawing.width(of: $0.label, fontSize: 11) }.max() ?? 0
    self.left = max(left ?? 0, 30 + min(widest, Self.widestLabel))
    right = width - margin
    bottom = height - 44
    let rows = Self.rows(of: legend, width: right - self.left)
    top = 12 + Double(rows.count) * 18
    drawing = SVGDrawing(width: width, height: height, title: title)
    drawAxes()
    for (row, entries) in rows.enumerated() {
      var x = self.left
      for entry in entries {
        let y = 8 + Double(row) * 18
        let dash = entry.isDashed ? " dashed" : ""
        if entry.isFilled {
          drawing.rectangle(x: x + 8, y: y - 6, width: 12, height: 12, style: entry.style)
        } else {
          drawing.line(x, y, x + 20, y, style: "curve \(entry.style)\(dash)")
        }
        let words = SVGDrawing.fit(entry.name, width: right - self.left - 24)
        drawing.label(words, x: x + 25, y: y + 4)
        x += 25 + SVGDrawing.width(of: words) + 16
      }
    }
  }

  func x(_ value: Double) -> Double { left + horizontal.position(of: value) * (right - left) }
  func y(_ value: Double) -> Double { bottom - vertical.position(of: value) * (bottom - top) }

  /// A drawing that says that there is nothing to show.
  static func empty(title: String) -> SVGDrawing {
    var drawing = SVGDrawing(width: width, height: 120, title: "\(title): no data")
    drawing.path(
      [(0.5, 0.5), (width - 0.5, 0.5), (width - 0.5, 119.5), (0.5, 119.5)], style: "grid",
      closed: true)
    drawing.label("no data", x: width / 2, y: 65, anchor: .middle, style: "empty")
    return drawing
  }

  private mutating func drawAxes() {
    for tick in vertical.ticks {
      drawing.line(left, y(tick.value), right, y(tick.value), style: "grid")
      drawing.label(tick.label, x: left - 6, y: y(tick.value) + 4, anchor: .end, style: "tick")
    }
    var free = -Double.infinity
    for tick in horizontal.ticks {
      drawing.line(x(tick.value), bottom, x(tick.value), bottom + 4, style: "axis")
      // A label that would run into the one before it is left out.
      // One that would run out of the picture is moved in.
      let half = SVGDrawing.width(of: tick.label, fontSize: 11) / 2
      let middle = min(x(tick.value), drawing.width - half - 1)
      guard middle - half > free else { continue }
      free = middle + half + 4
      drawing.label(tick.label, x: middle, y: bottom + 17, anchor: .middle, style: "tick")
    }
    drawing.path([(left, top), (left, bottom), (right, bottom)], style: "axis")
    drawing.label(horizontal.label, x: (left + right) / 2, y: bottom + 36, anchor: .middle)
    drawing.label(vertical.label, x: 14, y: (top + bottom) / 2, anchor: .middle, turned: true)
  }

  /// The legend in rows that fit the width.
  private static func rows(of legend: [LegendEntry], width: Double) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var used = Double.infinity
    for entry in legend {
      let need = 25 + min(SVGDrawing.width(of: entry.name), width - 24) + 16
      if used + need > width + 16 {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += need
    }
    return rows
  }
}
