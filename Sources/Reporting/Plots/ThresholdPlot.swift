/// Purity, efficiency and F1 of edges against the threshold, with a line at the one in force.
public struct ThresholdPlot: NumberedPlot, Sendable {
  public var title: String
  public var score: EdgeScore
  public var curve: RunReport.EdgeCurve

  public init(title: String, score: EdgeScore, curve: RunReport.EdgeCurve) {
    self.title = title
    self.score = score
    self.curve = curve
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  private typealias Point = RunReport.EdgeCurve.Point

  private var quantities: [(name: String, value: (Point) -> Double?)] {
    [("purity", curve.purity), ("efficiency", curve.efficiency), ("F1", curve.f1)]
  }

  var numbers: TableView {
    let rows = (curve.points + (curve.inForce.map { [$0] } ?? [])).sorted { $0.logit < $1.logit }
    return TableView(
      "\(title); the one in force is marked",
      columns: [
        Self.column(score.thresholdLabel) { score.threshold(ofLogit: $0.logit) },
        .count("True kept") { $0.keptTrue }, .count("False kept") { $0.keptFalse },
      ]
        + quantities.map { Self.column($0.name, unit: "of 1", $0.value) }, of: rows
    ) { $0 == curve.inForce }
  }

  private var drawing: SVGDrawing {
    guard !curve.points.isEmpty else { return PlotFrame.empty(title: title) }
    func x(_ point: Point) -> Double { score.threshold(ofLogit: point.logit) }
    let inForce = curve.inForce
    var frame = PlotFrame(
      title: title,
      horizontal: score.axis(over: (curve.points + (inForce.map { [$0] } ?? [])).map(x)),
      vertical: Axis(label: "share", over: [0, 1]),
      legend: quantities.enumerated().map { index, quantity in
        PlotFrame.LegendEntry(name: quantity.name, style: "s\(index)", isDashed: index == 2)
      } + (inForce == nil ? [] : [PlotFrame.LegendEntry(name: "in force", style: "mark")]))
    if let inForce {
      let place = frame.x(x(inForce))
      frame.drawing.line(place, frame.top, place, frame.bottom, style: "mark")
    }
    for (index, quantity) in quantities.enumerated() {
      let places = curve.points.compactMap { point in
        quantity.value(point).map { (frame.x(x(point)), frame.y($0)) }
      }
      frame.drawing.path(places, style: "curve s\(index)\(index == 2 ? " dashed" : "")")
      if let inForce, let value = quantity.value(inForce) {
        frame.drawing.circle(
          frame.x(x(inForce)), frame.y(value), radius: 3, style: "solid s\(index)")
      }
    }
    return frame.drawing
  }
}
