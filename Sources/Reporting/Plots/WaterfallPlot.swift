/// What can still be scored after each step: bars from which each step takes what it loses.
///
/// A bar is of primaries and secondaries where they are known apart; above it stands what the step
/// loses, and paler what was lost before.
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
    let parts: [Column<RunReport.LedgerEntry>] = [
      Self.column("Primaries", unit: "of 1") { $0.primary },
      Self.column("Secondaries", unit: "of 1") { $0.secondary },
    ]
    return TableView(
      title,
      columns: [.words("After") { $0.words }] + (isSplit ? parts : [])
        + [Self.column("Sum", unit: "of 1") { $0.sum }], of: steps)
  }

  private var isSplit: Bool { steps.contains { $0.primary != nil } }

  /// A part of a bar, in units of the score.
  private struct Part {
    var name: String
    var style: String
    var from: Double
    var to: Double
    var isLoss = false
  }

  /// - Parameters:
  ///   - before: what could be scored before the step.
  ///   - whole: what could be scored at the start.
  private func parts(
    of step: RunReport.LedgerEntry, before: Double, whole: Double
  ) -> [Part] {
    let level = max(step.sum, before)
    var parts = [Part(name: "scored", style: "solid s0", from: 0, to: step.sum)]
    if isSplit {
      let primary = step.primary ?? step.sum
      parts = [
        Part(name: "primaries", style: "solid s0", from: 0, to: primary),
        Part(name: "secondaries", style: "solid s1", from: primary, to: step.sum),
      ]
    }
    return parts + [
      Part(name: "lost at this step", style: "area s6", from: step.sum, to: level, isLoss: true),
      Part(name: "lost before", style: "area s7", from: level, to: max(level, whole), isLoss: true),
    ]
  }

  private var drawing: SVGDrawing {
    let shares = 0...1.001
    let drawn = steps.filter {
      shares.contains($0.primary ?? 0) && shares.contains($0.secondary ?? 0)
        && shares.contains($0.sum)
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
      legend: parts(of: drawn[0], before: whole, whole: whole).map {
        PlotFrame.LegendEntry(name: $0.name, style: $0.style, isFilled: true)
      })
    for (place, step) in drawn.enumerated() {
      let (left, right) = (frame.x(Double(place) + 0.14), frame.x(Double(place) + 0.86))
      let before = place > 0 ? drawn[place - 1].sum : whole
      for part in parts(of: step, before: before, whole: whole) where part.to > part.from {
        let (top, bottom) = (frame.y(part.to), frame.y(part.from))
        frame.drawing.rectangle(
          x: left, y: top, width: right - left, height: bottom - top, style: part.style,
          words: "\(step.words), \(part.name): \(NumberText.score(part.to - part.from))")
        // Words that would not fit into their part stand in the table only.
        guard part.style != "area s7", bottom - top >= 15 else { continue }
        frame.drawing.label(
          (part.isLoss ? "−" : "") + Self.figure(part.to - part.from), x: (left + right) / 2,
          y: (top + bottom) / 2 + 4, anchor: .middle, style: part.isLoss ? "tick" : "inside")
      }
      frame.drawing.label(
        Self.figure(step.sum), x: (left + right) / 2,
        y: frame.y(max(step.sum, whole)) - 4, anchor: .middle, style: "label")
    }
    return frame.drawing
  }

  /// Three decimals, more where they would all be 0.
  private static func figure(_ share: Double) -> String {
    share > 0 && share < 0.01
      ? NumberText.significant(share, digits: 2) : NumberText.fixed(share, decimals: 3)
  }
}
