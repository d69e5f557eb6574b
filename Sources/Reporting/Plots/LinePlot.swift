/// Curves over a common axis, such as the loss against the epoch.
public struct LinePlot: NumberedPlot, Sendable {
  public struct Series: Sendable {
    public var name: String
    /// The points in order; those that are not finite are left out.
    public var points: [(x: Double, y: Double)]
    public var isDashed: Bool

    public init(name: String, points: [(x: Double, y: Double)], isDashed: Bool = false) {
      self.name = name
      self.points = points
      self.isDashed = isDashed
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
      var x: Double
      var values: [Double?]
    }
    var rows: [Double: [Double?]] = [:]
    for (place, series) in series.enumerated() {
      for point in series.points where Axis.isDrawable(point.x) && Axis.isDrawable(point.y) {
        rows[point.x, default: Array(repeating: nil, count: self.series.count)][place] = point.y
      }
    }
    let drawn = rows.keys.sorted().map { Row(x: $0, values: rows[$0] ?? []) }
    return TableView(
      "\(title): \(verticalLabel)",
      columns: [Self.column(horizontalLabel) { $0.x }]
        + series.enumerated().map { place, series in
          Self.column(series.name, unit: "") { $0.values[place] }
        }, of: drawn)
  }

  private var drawing: SVGDrawing {
    let drawn = series.enumerated().map { index, series in
      (
        series: series, style: "s\(index % PlotStyle.seriesCount)",
        points: series.points.filter { Axis.isDrawable($0.x) && Axis.isDrawable($0.y) }
      )
    }.filter { !$0.points.isEmpty }
    guard !drawn.isEmpty else { return PlotFrame.empty(title: title) }
    let points = drawn.flatMap(\.points)
    let isWhole = points.allSatisfy { $0.x == $0.x.rounded() }
    var frame = PlotFrame(
      title: title,
      horizontal: Axis(
        label: horizontalLabel, over: points.map(\.x), toTicks: false, whole: isWhole),
      vertical: Axis(label: verticalLabel, over: points.map(\.y)),
      legend: drawn.map {
        PlotFrame.LegendEntry(name: $0.series.name, style: $0.style, isDashed: $0.series.isDashed)
      })
    for (series, style, points) in drawn {
      let places = points.map { (frame.x($0.x), frame.y($0.y)) }
      let dash = series.isDashed ? " dashed" : ""
      if places.count > 1 { frame.drawing.path(places, style: "curve \(style)\(dash)") }
      // Few points are easy to overlook, and one is no line at all.
      if places.count <= 12 {
        for place in places {
          frame.drawing.circle(place.0, place.1, radius: 2.5, style: "solid \(style)")
        }
      }
    }
    return frame.drawing
  }
}
