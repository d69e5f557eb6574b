/// Results against the parameter that was scanned, with error bars.
public struct ScanPlot: NumberedPlot, Sendable {
  public struct Point: Sendable {
    public var value: Double
    public var mean: Double
    /// Half the height of the error bar; nil for none.
    public var uncertainty: Double?

    public init(value: Double, mean: Double, uncertainty: Double? = nil) {
      self.value = value
      self.mean = mean
      self.uncertainty = uncertainty
    }
  }

  public struct Series: Sendable {
    public var name: String
    /// Those whose numbers are not finite are left out.
    public var points: [Point]

    public init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  public var title: String
  /// The labels of the axes, units included.
  public var horizontalLabel: String
  public var verticalLabel: String
  public var series: [Series]

  public init(title: String, horizontalLabel: String, verticalLabel: String, series: [Series]) {
    self.title = title
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.series = series
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    struct Row {
      var series: String
      var point: Point
    }
    let rows = series.flatMap { series in
      series.points.filter { Axis.isDrawable($0.value) && Axis.isDrawable($0.mean) }
        .map { Row(series: series.name, point: $0) }
    }
    return TableView(
      title,
      columns: (series.count > 1 ? [.words("Series") { $0.series }] : []) + [
        Self.column(horizontalLabel) { $0.point.value },
        Self.column(verticalLabel) { $0.point.mean },
        Self.column("Uncertainty", unit: "±") { $0.point.uncertainty },
      ], of: rows)
  }

  private var drawing: SVGDrawing {
    let drawn = series.enumerated().map { index, series in
      (
        name: series.name, style: "s\(index % PlotStyle.seriesCount)",
        points: series.points.filter { Axis.isDrawable($0.value) && Axis.isDrawable($0.mean) }
          .sorted { $0.value < $1.value }
      )
    }.filter { !$0.points.isEmpty }
    guard !drawn.isEmpty else { return PlotFrame.empty(title: title) }
    let points = drawn.flatMap(\.points)
    var frame = PlotFrame(
      title: title, horizontal: horizontal(over: points.map(\.value)),
      vertical: Axis(
        label: verticalLabel,
        over: points.flatMap { [$0.mean - $0.halfBar, $0.mean + $0.halfBar] }),
      legend: drawn.count < 2
        ? []
        : drawn.map { PlotFrame.LegendEntry(name: $0.name, style: $0.style, isDashed: true) })
    for (_, style, points) in drawn {
      let places = points.map { (frame.x($0.value), frame.y($0.mean)) }
      // Nothing is known of what lies between the points, so no solid line joins them.
      if places.count > 1 { frame.drawing.path(places, style: "curve dashed \(style)") }
      let bars = points.filter { $0.halfBar > 0 }.map { point in
        [point.mean - point.halfBar, point.mean + point.halfBar].map {
          (frame.x(point.value), frame.y($0))
        }
      }
      if !bars.isEmpty { frame.drawing.path(bars, style: "bar \(style)") }
      for place in places {
        frame.drawing.circle(place.0, place.1, radius: 3, style: "solid \(style)")
      }
    }
    return frame.drawing
  }

  /// Values that were chosen over decades are seen over decades.
  private func horizontal(over values: [Double]) -> Axis {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    return least > 0 && most / least > 50
      ? Axis(label: horizontalLabel, logarithmicOver: values, toDecades: false)
      : Axis(
        label: horizontalLabel, over: values, whole: values.allSatisfy { $0 == $0.rounded() })
  }
}

extension ScanPlot.Point {
  fileprivate var halfBar: Double {
    uncertainty.flatMap { Axis.isDrawable($0) ? abs($0) : nil } ?? 0
  }
}
