/// What can still be scored after each step: bars of primaries and secondaries, paler what is lost.
public struct WaterfallPlot: NumberedPlot, Sendable {
  public var title: String
  /// In the order of the work; the first is the whole that losses are counted from.
  public var steps: [RunReport.LedgerEntry]

  public init(title: String, steps: [RunReport.LedgerEntry]) {
    self.title = title
    self.steps = steps
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    TableView(
      title,
      columns: [
        .words("After") { $0.words }, Self.column("Primaries", unit: "of 1") { $0.primary },
        Self.column("Secondaries", unit: "of 1") { $0.secondary },
        Self.column("Sum", unit: "of 1") { $0.sum },
      ], of: steps)
  }

  /// A part of a bar, in units of the score.
  private struct Part {
    var name: String
    var style: String
    var from: Double
    var to: Double
  }

  private static func parts(of step: RunReport.LedgerEntry, whole: Double) -> [Part] {
    [
      Part(name: "primaries", style: "solid s0", from: 0, to: step.primary),
      Part(name: "secondaries", style: "solid s1", from: step.primary, to: step.sum),
      Part(name: "lost", style: "area s7", from: step.sum, to: max(step.sum, whole)),
    ]
  }

  private var drawing: SVGDrawing {
    let drawn = steps.filter {
      (0...1.001).contains($0.primary) && (0...1.001).contains($0.secondary) && $0.sum <= 1.001
    }
    guard let whole = drawn.first?.sum else { return PlotFrame.empty(title: title) }
    var horizontal = Axis(
      label: "after the step, if all that follows were perfect", over: [0, Double(drawn.count)],
      toTicks: false)
    var vertical = Axis(label: "share of the weight", over: [0, 1])
    // Room for the sums above the bars.
    vertical.setRange(0, 1.07)
    // Ticks are smaller than the words that `fit` counts with.
    let room = (PlotFrame.width - 64) / Double(drawn.count) * 12 / 11
    horizontal.setTicks(
      drawn.enumerated().map { place, step in
        Axis.Tick(
          value: Double(place) + 0.5, label: SVGDrawing.fit(step.words, width: room))
      })
    var frame = PlotFrame(
      title: title, horizontal: horizontal,
      vertical: vertical,
      legend: Self.parts(of: drawn[0], whole: whole).map {
        PlotFrame.LegendEntry(name: $0.name, style: $0.style, isFilled: true)
      })
    for (place, step) in drawn.enumerated() {
      let (left, right) = (frame.x(Double(place) + 0.14), frame.x(Double(place) + 0.86))
      for part in Self.parts(of: step, whole: whole) where part.to > part.from {
        let (top, bottom) = (frame.y(part.to), frame.y(part.from))
        frame.drawing.rectangle(
          x: left, y: top, width: right - left, height: bottom - top, style: part.style,
          words: "\(step.words), \(part.name): \(NumberText.score(part.to - part.from))")
        // Words that would not fit into their part stand in the table only.
        guard part.name != "lost", bottom - top >= 15 else { continue }
        frame.drawing.label(
          NumberText.fixed(part.to - part.from, decimals: 3), x: (left + right) / 2,
          y: (top + bottom) / 2 + 4, anchor: .middle, style: "inside")
      }
      frame.drawing.label(
        NumberText.fixed(step.sum, decimals: 3), x: (left + right) / 2,
        y: frame.y(max(step.sum, whole)) - 4, anchor: .middle, style: "label")
    }
    return frame.drawing
  }
}
