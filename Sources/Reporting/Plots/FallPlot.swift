/// How the score falls from step to step: a bar a step, from what could be scored before to after it.
///
/// The axis begins below the lowest step, so that small losses are seen as well.
public struct FallPlot: NumberedPlot, Sendable {
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
        .words("Step") { $0.step.words }, Self.column("Before", unit: "of 1") { $0.before },
        Self.column("After", unit: "of 1") { $0.step.sum },
        Self.column("Lost", unit: "of 1") { $0.before - $0.step.sum },
      ], of: falls)
  }

  private struct Fall {
    var step: RunReport.LedgerEntry
    var before: Double
  }

  private var falls: [Fall] {
    let drawn = steps.filter { Axis.isDrawable($0.sum) }
    return zip(drawn.dropFirst(), drawn).map { Fall(step: $0, before: $1.sum) }
  }

  private var drawing: SVGDrawing {
    let falls = falls
    guard let first = falls.first else { return PlotFrame.empty(title: title) }
    var horizontal = Axis(label: "step", over: [0, Double(falls.count)], toTicks: false)
    let room = (PlotFrame.width - 64) / Double(falls.count) * 12 / 11
    horizontal.setTicks(
      falls.enumerated().map { place, fall in
        Axis.Tick(value: Double(place) + 0.5, label: SVGDrawing.fit(fall.step.words, width: room))
      })
    let levels = [first.before] + falls.map(\.step.sum)
    // Room for the words above and below the bars.
    let (least, most) = (levels.min() ?? 0, levels.max() ?? 1)
    let margin = max(most - least, 1e-6) * 0.12
    var vertical = Axis(label: "score at most", over: [least, most], toTicks: false)
    vertical.setRange(least - margin, most + margin)
    var frame = PlotFrame(
      title: title, horizontal: horizontal, vertical: vertical,
      legend: [
        PlotFrame.LegendEntry(name: "lost", style: "solid s6", isFilled: true),
        PlotFrame.LegendEntry(name: "gained", style: "solid s2", isFilled: true),
      ])
    for (place, fall) in falls.enumerated() {
      let (left, right) = (frame.x(Double(place) + 0.14), frame.x(Double(place) + 0.86))
      let (before, after) = (frame.y(fall.before), frame.y(fall.step.sum))
      let lost = fall.before - fall.step.sum
      frame.drawing.rectangle(
        x: left, y: min(before, after), width: right - left, height: max(1, abs(after - before)),
        style: lost < 0 ? "solid s2" : "solid s6",
        words: "\(fall.step.words): \(NumberText.score(fall.step.sum))")
      frame.drawing.label(
        (lost < 0 ? "+" : "−") + NumberText.score(abs(lost)), x: (left + right) / 2,
        y: lost < 0 ? after - 5 : after + 13, anchor: .middle, style: "tick")
      guard place + 1 < falls.count else { continue }
      frame.drawing.line(right, after, frame.x(Double(place) + 1.14), after, style: "axis")
    }
    return frame.drawing
  }
}
