/// What a run took over its time, in equal parts of it: one outline a series, the first one filled.
public struct LoadPlot: NumberedPlot, Sendable {
  public struct Series: Sendable {
    public var name: String
    /// One a part.
    public var values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public var title: String
  /// What is taken, with its unit in brackets.
  public var verticalLabel: String
  /// The length of a part, s.
  public var partSeconds: Double
  public var series: [Series]
  /// Where the time axis begins: at the place of that of the timeline that it stands under.
  public var left: Double?

  public init(
    title: String, verticalLabel: String, partSeconds: Double, series: [Series],
    left: Double? = nil
  ) {
    self.title = title
    self.verticalLabel = verticalLabel
    self.partSeconds = partSeconds
    self.series = series
    self.left = left
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  private var parts: Int { series.map(\.values.count).min() ?? 0 }

  var numbers: TableView {
    TableView(
      "\(title), in parts of the run's time",
      columns: [
        Self.column("From", unit: "s") { Double($0) * partSeconds },
        Self.column("To", unit: "s") { Double($0 + 1) * partSeconds },
      ]
        + series.map { series in
          Self.column(series.name, unit: AxisLabel.parts(of: verticalLabel).unit) {
            series.values[$0]
          }
        }, of: Array(0..<parts))
  }

  private var drawing: SVGDrawing {
    let values = series.flatMap(\.values)
    guard parts > 0, partSeconds > 0, Axis.isDrawable(partSeconds * Double(parts)),
      values.allSatisfy({ Axis.isDrawable($0) && $0 >= 0 })
    else { return PlotFrame.empty(title: title) }
    let (axis, unitSeconds) = Axis.time(from: 0, to: partSeconds * Double(parts))
    var frame = PlotFrame(
      title: title, horizontal: axis,
      vertical: Axis(label: verticalLabel, over: [0] + values, room: 4),
      legend: series.count < 2
        ? []
        : series.indices.map {
          PlotFrame.LegendEntry(name: series[$0].name, style: "s\($0)", isDashed: $0 > 0)
        },
      width: TimelinePlot.width, height: 190, left: left)
    for (index, series) in series.enumerated() {
      var outline = [(frame.x(0), frame.bottom)]
      for (part, value) in series.values.prefix(parts).enumerated() {
        let ends = [Double(part), Double(part + 1)].map {
          frame.x($0 * partSeconds / unitSeconds)
        }
        outline += ends.map { ($0, frame.y(value)) }
      }
      outline.append((outline[outline.count - 1].0, frame.bottom))
      if index == 0 { frame.drawing.path(outline, style: "area s0", closed: true) }
      frame.drawing.path(outline, style: "curve s\(index)\(index > 0 ? " dashed" : "")")
    }
    return frame.drawing
  }
}
