/// Fractions found in bins of a quantity, with binomial errors after Wilson.
public struct EfficiencyPlot: NumberedPlot, Sendable {
  /// Which rate it is.
  public enum Measure: Sendable {
    case efficiency, fakeRate, duplicateRate

    /// What the rate is a share of, as its axis is labelled.
    var label: String {
      switch self {
      case .efficiency: "efficiency (found / all)"
      case .fakeRate: "fake rate (fakes / tracks)"
      case .duplicateRate: "duplicate rate (duplicates / tracks)"
      }
    }

    /// The headings of what is counted, and of what it is counted among.
    var headings: (found: String, all: String) {
      switch self {
      case .efficiency: ("Found", "All")
      case .fakeRate: ("Fakes", "Tracks")
      case .duplicateRate: ("Duplicates", "Tracks")
      }
    }
  }

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
  public var measure: Measure

  public init(
    title: String, quantity: String, series: [Series], measure: Measure = .efficiency
  ) {
    self.measure = measure
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
    let unknown = series.reduce(0) { $0 + $1.bins.unknown }
    let rest =
      unknown == 0 ? "" : "; \(NumberText.grouped(unknown)) more are in no bin, for it is not known"
    return TableView(
      "\(title), in bins of \(quantity); the interval is Wilson's, 68 %\(rest)",
      columns: (series.count > 1 ? [.words("Series") { $0.series }] : []) + [
        Self.column("From", unit: unit) { $0.point.low },
        Self.column("To", unit: unit) { $0.point.high },
        .count(measure.headings.found) { $0.point.found },
        .count(measure.headings.all) { $0.point.total },
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
    // Growing bins over more than a decade are made to be seen on a logarithmic axis; one that
    // starts at 0 is drawn from half its upper edge.
    let (least, most) = (edges.min() ?? 0, edges.max() ?? 0)
    let smallest = edges.filter { $0 > 0 }.min() ?? 1
    let start = least > 0 ? least : smallest / 2
    let widths = drawn.flatMap { $0.points.map { $0.high - $0.low } }
    let isGrowing = (widths.max() ?? 0) > 1.5 * (widths.min() ?? 0)
    let horizontal =
      least >= 0 && most / smallest > 20 && isGrowing
      ? Axis(label: quantity + unit, logarithmicOver: [start, most], toDecades: false)
      : Axis(label: quantity + unit, over: edges, toTicks: false)
    let top = Self.top(of: drawn.flatMap(\.points))
    var frame = PlotFrame(
      title: title, horizontal: horizontal,
      vertical: Axis(label: measure.label, over: [0, top]),
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
        let high = min(top, point.interval.upper)
        bars.append([(x, frame.y(point.interval.lower)), (x, frame.y(high))])
        frame.drawing.circle(x, y, radius: 2.5, style: "solid \(style)")
      }
      frame.drawing.path(bars, style: "bar \(style)")
    }
    return frame.drawing
  }

  /// Where the vertical axis ends: at 1, or lower where all is small, which is then seen better.
  ///
  /// Error bars of bins with a few entries would leave no room for the others: they may go beyond.
  private static func top(of points: [Point]) -> Double {
    let sure = points.filter { $0.total >= fewEntries }
    let highest = (points.map(\.fraction) + sure.map(\.interval.upper)).max() ?? 1
    return highest > 0.5 ? 1 : highest > 0 ? highest : points.map(\.interval.upper).max() ?? 1
  }

  private static let fewEntries = 10
}
