/// The fraction of edges that are true against the probability that was predicted, both as log-odds.
///
/// On this scale a network that was trained with true edges counting w times has its points ln w
/// below the diagonal, all along.
public struct CalibrationPlot: NumberedPlot, Sendable {
  public struct Series: Sendable {
    public var name: String
    public var calibration: RunReport.EdgeCalibration

    public init(name: String, calibration: RunReport.EdgeCalibration) {
      self.name = name
      self.calibration = calibration
    }
  }

  public var title: String
  public var series: [Series]

  public init(title: String, series: [Series]) {
    self.title = title
    self.series = series
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  private typealias Bin = RunReport.EdgeCalibration.Bin

  var numbers: TableView {
    struct Row {
      var series: String
      var bin: Bin
    }
    let rows = series.flatMap { series in
      series.calibration.bins.map { Row(series: series.name, bin: $0) }
    }
    return TableView(
      "\(title), in bins one logit wide; the interval is Wilson's, 68 %",
      columns: (series.count > 1 ? [.words("Series") { $0.series }] : []) + [
        Self.column("Predicted", unit: "mean probability") { $0.bin.predicted },
        .count("Edges") { $0.bin.edges }, .count("True edges") { $0.bin.trueEdges },
        Self.column("Fraction", unit: "of 1") { $0.bin.fraction },
        Self.column("At least", unit: "of 1") { $0.bin.interval?.lower },
        Self.column("At most", unit: "of 1") { $0.bin.interval?.upper },
      ], of: rows)
  }

  private var drawing: SVGDrawing {
    let drawn = series.enumerated().map { index, series in
      (
        name: series.name, style: "s\(index % PlotStyle.seriesCount)",
        bins: series.calibration.bins.filter {
          $0.interval != nil && (0...1).contains($0.predicted)
        }
      )
    }.filter { !$0.bins.isEmpty }
    guard !drawn.isEmpty else { return PlotFrame.empty(title: title) }
    // One range for both, so that the diagonal is one.
    let bins = drawn.flatMap(\.bins)
    let values = bins.map(\.predicted) + bins.compactMap(\.fraction)
    var frame = PlotFrame(
      title: title, horizontal: Axis(label: "predicted probability (mean)", logOddsOver: values),
      vertical: Axis(label: "true edges (fraction)", logOddsOver: values),
      legend: (drawn.count < 2
        ? []
        : drawn.map { PlotFrame.LegendEntry(name: $0.name, style: $0.style) })
        + [PlotFrame.LegendEntry(name: "as predicted", style: "mark", isDashed: true)])
    frame.drawing.line(frame.left, frame.bottom, frame.right, frame.top, style: "mark dashed")
    for (_, style, bins) in drawn {
      let places = bins.map { (frame.x($0.predicted), frame.y($0.fraction ?? 0)) }
      // Fractions of 0 and 1 have no log-odds: they stand at the end, and no line leads there.
      let line = bins.filter { $0.trueEdges > 0 && $0.trueEdges < $0.edges }
        .map { (frame.x($0.predicted), frame.y($0.fraction ?? 0)) }
      if line.count > 1 { frame.drawing.path(line, style: "curve thin \(style)") }
      frame.drawing.path(
        bins.map { bin in
          [bin.interval?.lower, bin.interval?.upper].map {
            (frame.x(bin.predicted), frame.y($0 ?? 0))
          }
        }, style: "bar \(style)")
      for place in places {
        frame.drawing.circle(place.0, place.1, radius: 2.5, style: "solid \(style)")
      }
    }
    return frame.drawing
  }
}
