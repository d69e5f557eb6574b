/// A result against the parameter that was scanned, with error bars.
public struct ScanPlot: Sendable {
  public struct Point: Sendable {
    public var value: Double
    public var mean: Double
    /// Half the height of the error bar; nil for none.
    public var uncertainty: Double?

    public init(value: Double, mean: Double, uncertainty: Double?) {
      self.value = value
      self.mean = mean
      self.uncertainty = uncertainty
    }
  }

  public var title: String
  /// The labels of the axes, units included.
  public var horizontalLabel: String
  public var verticalLabel: String
  public var points: [Point]

  public init(title: String, horizontalLabel: String, verticalLabel: String, points: [Point]) {
    self.title = title
    self.horizontalLabel = horizontalLabel
    self.verticalLabel = verticalLabel
    self.points = points
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  private var drawing: SVGDrawing {
    let drawn = points.filter { Axis.isDrawable($0.value) && Axis.isDrawable($0.mean) }
      .sorted { $0.value < $1.value }
    guard let first = drawn.first, let last = drawn.last else {
      return PlotFrame.empty(title: title)
    }
    func half(_ point: Point) -> Double {
      point.uncertainty.flatMap { Axis.isDrawable($0) ? abs($0) : nil } ?? 0
    }
    let values = drawn.map(\.value)
    // Values that were chosen over decades are seen over decades.
    let isWide = first.value > 0 && last.value / first.value > 50
    var frame = PlotFrame(
      title: title,
      horizontal: isWide
        ? Axis(label: horizontalLabel, logarithmicOver: values, toDecades: false)
        : Axis(
          label: horizontalLabel, over: values, whole: values.allSatisfy { $0 == $0.rounded() }),
      vertical: Axis(
        label: verticalLabel, over: drawn.flatMap { [$0.mean - half($0), $0.mean + half($0)] }),
      legend: [])
    let places = drawn.map { (frame.x($0.value), frame.y($0.mean)) }
    if places.count > 1 { frame.drawing.path(places, style: "curve dashed s0") }
    let bars = drawn.filter { half($0) > 0 }.map { point in
      [
        (frame.x(point.value), frame.y(point.mean - half(point))),
        (frame.x(point.value), frame.y(point.mean + half(point))),
      ]
    }
    if !bars.isEmpty { frame.drawing.path(bars, style: "bar s0") }
    for place in places { frame.drawing.circle(place.0, place.1, radius: 3, style: "solid s0") }
    return frame.drawing
  }
}
