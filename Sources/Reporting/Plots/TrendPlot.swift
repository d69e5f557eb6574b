/// A number over the nights, with error bars; nights without it, regressions and the newest are marked.
public struct TrendPlot: NumberedPlot, Sendable {
  public struct Night: Sendable {
    /// Seconds since 1970.
    public var time: Double
    /// Nil of a night that has no such number.
    public var value: Double?
    /// Half the height of the error bar; nil for none.
    public var uncertainty: Double?
    /// Whether the change to the night that it was compared with is beyond its paired uncertainty.
    public var isMarked: Bool
    public var isRegression: Bool

    public init(
      time: Double, value: Double?, uncertainty: Double? = nil, isMarked: Bool = false,
      isRegression: Bool = false
    ) {
      self.time = time
      self.value = value
      self.uncertainty = uncertainty
      self.isMarked = isMarked
      self.isRegression = isRegression
    }
  }

  public var title: String
  /// The label of the vertical axis, unit included.
  public var verticalLabel: String
  /// In the order of their time.
  public var nights: [Night]

  public init(title: String, verticalLabel: String, nights: [Night]) {
    self.title = title
    self.verticalLabel = verticalLabel
    self.nights = nights
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    TableView(
      title,
      columns: [
        Column(
          name: "Night", unit: "UTC", isText: false, number: { $0.time },
          text: { NightText.minute($0.time) }),
        Self.column(verticalLabel) { $0.value },
        Self.column("Uncertainty", unit: "±") { $0.uncertainty },
        .words("Change") {
          $0.isRegression ? "regression" : $0.isMarked ? "beyond ± 2 σ" : ""
        },
      ], of: nights)
  }

  private var drawing: SVGDrawing {
    let nights = nights.filter { Axis.isDrawable($0.time) }
    let points = nights.compactMap { night in
      night.value.flatMap { Axis.isDrawable($0) ? (night: night, value: $0) : nil }
    }
    guard let newest = points.last else { return PlotFrame.empty(title: title) }
    var frame = PlotFrame(
      title: title,
      horizontal: Axis(label: "night (UTC)", datesOver: nights.map(\.time)),
      vertical: Axis(
        label: verticalLabel,
        over: points.flatMap { [$0.value - $0.night.halfBar, $0.value + $0.night.halfBar] },
        whole: points.allSatisfy { $0.night.halfBar == 0 && $0.value == $0.value.rounded() }),
      legend: Self.legend(of: nights))
    let places = points.map { (frame.x($0.night.time), frame.y($0.value)) }
    // Nothing is known of what lies between two nights, so no solid line joins them.
    if places.count > 1 { frame.drawing.path(places, style: "curve dashed s0") }
    let bars = points.filter { $0.night.halfBar > 0 }.map { point in
      [point.value - point.night.halfBar, point.value + point.night.halfBar].map {
        (frame.x(point.night.time), frame.y($0))
      }
    }
    if !bars.isEmpty { frame.drawing.path(bars, style: "bar s0") }
    for (point, place) in zip(points, places) {
      if point.night.isRegression {
        // A shape of its own, for eyes that do not tell the colours apart.
        let corners = [(0.0, -6.0), (6, 0), (0, 6), (-6, 0)].map {
          (place.0 + $0.0, place.1 + $0.1)
        }
        frame.drawing.path(corners, style: "solid s1", closed: true)
      } else {
        let style = point.night.isMarked ? "s3" : "s0"
        frame.drawing.circle(
          place.0, place.1, radius: point.night.isMarked ? 4 : 3, style: "solid \(style)")
      }
    }
    frame.drawing.circle(
      frame.x(newest.night.time), frame.y(newest.value), radius: 8, style: "bar s0")
    // A night without the number stands as a cross on the axis.
    let crosses = nights.filter { $0.value == nil }.flatMap { night in
      let (x, y) = (frame.x(night.time), frame.bottom - 6)
      return [[(x - 4, y - 4), (x + 4, y + 4)], [(x - 4, y + 4), (x + 4, y - 4)]]
    }
    if !crosses.isEmpty { frame.drawing.path(crosses, style: "bar s1") }
    return frame.drawing
  }

  private static func legend(of nights: [Night]) -> [PlotFrame.LegendEntry] {
    var legend: [PlotFrame.LegendEntry] = []
    if nights.contains(where: { $0.isMarked && !$0.isRegression && $0.value != nil }) {
      legend.append(.init(name: "changed", style: "solid s3", isFilled: true))
    }
    if nights.contains(where: { $0.isRegression && $0.value != nil }) {
      legend.append(.init(name: "regression", style: "solid s1", isFilled: true))
    }
    return legend
  }
}

extension TrendPlot.Night {
  fileprivate var halfBar: Double {
    guard let uncertainty, Axis.isDrawable(uncertainty) else { return 0 }
    return uncertainty
  }
}
