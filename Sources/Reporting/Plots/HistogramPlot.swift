/// Counts in bins on a logarithmic axis, one outline a series; empty bins stand on the axis.
public struct HistogramPlot: NumberedPlot, Sendable {
  public struct Series: Sendable {
    public var name: String
    public var counts: [Int]

    public init(name: String, counts: [Int]) {
      self.name = name
      self.counts = counts
    }
  }

  public var title: String
  public var horizontalLabel: String
  public var verticalLabel: String
  /// One more than there are bins, ascending.
  public var binEdges: [Double]
  public var series: [Series]

  public init(
    title: String, horizontalLabel: String, verticalLabel: String, binEdges: [Double],
    series: [Series]
  ) {
    self.title = title
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.binEdges = binEdges
    self.series = series
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    let bins = 0..<max(0, binEdges.count - 1)
    let unit = AxisLabel.parts(of: horizontalLabel).unit
    return TableView(
      "\(title), \(verticalLabel)",
      columns: [
        Self.column("From", unit: unit) { binEdges[$0] },
        Self.column("To", unit: unit) { binEdges[$0 + 1] },
      ]
        + series.map { series in
          .count(series.name) { $0 < series.counts.count ? series.counts[$0] : 0 }
        }, of: Array(bins))
  }

  private var drawing: SVGDrawing {
    let counts = series.flatMap(\.counts).filter { $0 > 0 }
    guard let most = counts.max(), binEdges.count > 1, binEdges.allSatisfy(Axis.isDrawable) else {
      return PlotFrame.empty(title: title)
    }
    var frame = PlotFrame(
      title: title,
      horizontal: Axis(label: horizontalLabel, over: binEdges, toTicks: false),
      // From one half, so that a bin with one entry can be seen.
      vertical: Axis(
        label: verticalLabel, logarithmicOver: [0.5, max(Double(most), 10)], toDecades: false),
      legend: series.enumerated().map { index, series in
        PlotFrame.LegendEntry(
          name: series.name, style: "s\(index % PlotStyle.seriesCount)", isDashed: index % 2 == 1)
      })
    for (index, series) in series.enumerated() {
      let style = "s\(index % PlotStyle.seriesCount)"
      var outline = [(frame.x(binEdges[0]), frame.bottom)]
      for (bin, count) in series.counts.prefix(binEdges.count - 1).enumerated() {
        let y = frame.y(Double(count))
        outline += [(frame.x(binEdges[bin]), y), (frame.x(binEdges[bin + 1]), y)]
      }
      outline.append((outline[outline.count - 1].0, frame.bottom))
      frame.drawing.path(outline, style: "area \(style)", closed: true)
      frame.drawing.path(outline, style: "curve \(style)\(index % 2 == 1 ? " dashed" : "")")
    }
    return frame.drawing
  }
}
