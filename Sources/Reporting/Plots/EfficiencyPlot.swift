/// Fractions found in bins of a quantity, with binomial errors after Wilson.
public struct EfficiencyPlot: NumberedPlot, Sendable {
  public struct Series: Sendable {
    public var name: String
    public var bins: RunReport.BinnedEfficiency

    public init(name: String, bins: RunReport.BinnedEfficiency) {
      self.name = name
      self.bins = bins
    }
  }

  public var title: String
  /// The quantity, without its unit.
  public var quantity: String
  public var series: [Series]

  public init(title: String, quantity: String, series: [Series]) {
    self.title = title
    self.quantity = quantity
    self.series = series
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    struct Bin {
      var series: String
      var point: Point
    }
    let unit = series.first?.bins.unit ?? ""
    let bins = series.flatMap { series in
      points(of: series.bins).map { Bin(series: series.name, point: $0) }
    }
    return TableView(
      "\(title), in bins; the interval is Wilson's, 68 %",
      columns: (series.count > 1 ? [.words("Series") { $0.series }] : []) + [
        Self.column("From", unit: unit) { $0.point.low },
        Self.column("To", unit: unit) { $0.point.high },
        .count("Found") { $0.point.found }, .count("All") { $0.point.total },
        .percent("Share") { $0.point.fraction },
        .percent("At least") { $0.point.interval.lower },
        .percent("At most") { $0.point.interval.upper },
      ], of: bins)
  }

  private struct Point {
    var found: Int
    var total: Int
    var low: Double
    var high: Double
    var fraction: Double
    var interval: WilsonInterval
  }

  private func points(of bins: RunReport.BinnedEfficiency) -> [Point] {
    let count = min(bins.binEdges.count - 1, bins.found.count, bins.total.count)
    guard count > 0 else { return [] }
    return (0..<count).compactMap { bin in
      let (low, high) = (bins.binEdges[bin], bins.binEdges[bin + 1])
      guard Axis.isDrawable(low), Axis.isDrawable(high), low < high,
        let interval = WilsonInterval(found: bins.found[bin], total: bins.total[bin])
      else { return nil }
      let fraction = Double(bins.found[bin]) / Double(bins.total[bin])
      return Point(
        found: bins.found[bin], total: bins.total[bin], low: low, high: high, fraction: fraction,
        interval: interval)
    }
  }

  private var drawing: SVGDrawing {
    let drawn = series.enumerated().map { index, series in
      (series: series, style: "s\(index % PlotStyle.seriesCount)", points: points(of: series.bins))
    }.filter { !$0.points.isEmpty }
    guard let first = drawn.first else { return PlotFrame.empty(title: title) }
    let edges = drawn.flatMap { $0.points.flatMap { [$0.low, $0.high] } }
    let unit = first.series.bins.unit.map { " (\($0))" } ?? ""
    // Bins over more than a decade are made to be seen on a logarithmic axis; one that starts at 0
    // is drawn from half its upper edge.
    let (least, most) = (edges.min() ?? 0, edges.max() ?? 0)
    let smallest = edges.filter { $0 > 0 }.min() ?? 1
    let start = least > 0 ? least : smallest / 2
    let horizontal =
      least >= 0 && most / smallest > 20
      ? Axis(label: quantity + unit, logarithmicOver: [start, most], toDecades: false)
      : Axis(label: quantity + unit, over: edges, toTicks: false)
    var frame = PlotFrame(
      title: title, horizontal: horizontal,
      vertical: Axis(label: "efficiency (found / all)", over: [0, 1]),
      legend: drawn.count < 2
        ? [] : drawn.map { PlotFrame.LegendEntry(name: $0.series.name, style: $0.style) })
    for (index, (_, style, points)) in drawn.enumerated() {
      var bars: [[(Double, Double)]] = []
      for point in points {
        let (x0, x1) = (frame.x(point.low), frame.x(point.high))
        // Series side by side, so that their error bars can be told apart.
        let x = (x0 + x1) / 2 + (Double(index) - Double(drawn.count - 1) / 2) * 4
        let y = frame.y(point.fraction)
        bars.append([(x0, y), (x1, y)])
        bars.append([(x, frame.y(point.interval.lower)), (x, frame.y(point.interval.upper))])
        frame.drawing.circle(x, y, radius: 2.5, style: "solid \(style)")
      }
      frame.drawing.path(bars, style: "bar \(style)")
    }
    return frame.drawing
  }
}
