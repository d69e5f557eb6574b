import Foundation

/// Curves of what cuts on the score of edges keep, with the cut in force as a dot.
public struct EdgeCurvePlot: NumberedPlot, Sendable {
  /// What is drawn against what.
  public enum View: Sendable {
    /// True edges kept against false edges kept, as shares; the false ones over decades.
    case roc
    /// Purity against efficiency.
    case purity
  }

  public struct Series: Sendable {
    public var name: String
    public var curve: RunReport.EdgeCurve

    public init(name: String, curve: RunReport.EdgeCurve) {
      self.name = name
      self.curve = curve
    }
  }

  public var title: String
  public var view: View
  public var series: [Series]
  public var score: EdgeScore

  public init(title: String, view: View, score: EdgeScore, series: [Series]) {
    self.title = title
    self.view = view
    self.score = score
    self.series = series
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  private var labels: (horizontal: String, vertical: String) {
    switch view {
    case .roc: ("false edges kept (of the false)", "true edges kept (of the true)")
    case .purity: ("efficiency (true kept / true)", "purity (true kept / kept)")
    }
  }

  private func place(
    _ point: RunReport.EdgeCurve.Point, of curve: RunReport.EdgeCurve
  ) -> (x: Double, y: Double)? {
    let (x, y) =
      switch view {
      case .roc: (curve.falseShare(point), curve.trueShare(point))
      case .purity: (curve.efficiency(point), curve.purity(point))
      }
    return x.flatMap { x in y.map { (x, $0) } }
  }

  var numbers: TableView {
    struct Row {
      var series: String
      var point: RunReport.EdgeCurve.Point
      var place: (x: Double, y: Double)
      var isInForce: Bool
    }
    let rows = series.flatMap { series in
      (series.curve.points.map { ($0, false) } + (series.curve.inForce.map { [($0, true)] } ?? []))
        .sorted { $0.0.logit < $1.0.logit }
        .compactMap { point, isInForce in
          place(point, of: series.curve).map {
            Row(series: series.name, point: point, place: $0, isInForce: isInForce)
          }
        }
    }
    return TableView(
      "\(title); the cut in force is marked",
      columns: (series.count > 1 ? [.words("Series") { $0.series }] : [])
        + [
          Self.column(score.thresholdLabel) { score.threshold(ofLogit: $0.point.logit) },
          Self.column(labels.horizontal) { $0.place.x },
          Self.column(labels.vertical) { $0.place.y },
        ], of: rows
    ) { $0.isInForce }
  }

  private var drawing: SVGDrawing {
    let drawn = series.enumerated().map { index, series in
      (
        series: series, style: "s\(index % PlotStyle.seriesCount)",
        places: series.curve.points.compactMap { place($0, of: series.curve) }
      )
    }.filter { !$0.places.isEmpty }
    guard !drawn.isEmpty else { return PlotFrame.empty(title: title) }
    var frame = PlotFrame(
      title: title, horizontal: horizontal(over: drawn.flatMap { $0.places.map(\.x) }),
      vertical: vertical(over: drawn.flatMap { $0.places.map(\.y) }),
      legend: drawn.count < 2
        ? []
        : drawn.map { PlotFrame.LegendEntry(name: $0.series.name, style: $0.style) })
    for (series, style, places) in drawn {
      let line = places.map { (frame.x($0.x), frame.y($0.y)) }
      if line.count > 1 { frame.drawing.path(line, style: "curve \(style)") }
      guard let inForce = series.curve.inForce, let own = place(inForce, of: series.curve) else {
        continue
      }
      frame.drawing.circle(frame.x(own.x), frame.y(own.y), radius: 4, style: "solid \(style)")
    }
    return frame.drawing
  }

  /// A low purity is seen on an axis of its own size.
  private func vertical(over values: [Double]) -> Axis {
    Axis(label: labels.vertical, over: [0, view == .roc ? 1 : values.max() ?? 1])
  }

  /// What matters of the false share are its powers of ten; no false edge kept stands at the left end.
  private func horizontal(over values: [Double]) -> Axis {
    switch view {
    case .roc: Axis(label: labels.horizontal, logarithmicOver: values.filter { $0 > 0 } + [1])
    case .purity: Axis(label: labels.horizontal, over: [0, 1])
    }
  }
}
