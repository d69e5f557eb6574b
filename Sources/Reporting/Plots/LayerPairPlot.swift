/// True and false edges from layer to layer over decades, with what is kept of them; beside it purity and efficiency.
///
/// A pale bar is all edges of a kind, the full one in it those that are kept.
public struct LayerPairPlot: NumberedPlot, Sendable {
  public var title: String
  /// Those with most true edges first.
  public var pairs: [RunReport.EdgeLayerPair]
  /// So many are drawn.
  public var mostDrawn: Int

  public init(title: String, pairs: [RunReport.EdgeLayerPair], mostDrawn: Int = 30) {
    self.title = title
    self.pairs = pairs
    self.mostDrawn = mostDrawn
  }

  /// The plot as an SVG element; with `standalone` as a file of its own.
  public func svg(standalone: Bool = false) -> String { drawing.text(standalone: standalone) }

  var numbers: TableView {
    TableView(
      "\(title), all \(NumberText.grouped(pairs.count)) pairs of layers",
      columns: [
        .words("From", unit: "layer") { $0.from }, .words("To", unit: "layer") { $0.to },
        .count("True") { $0.truePairs }, .count("True kept") { $0.keptTrue },
      ]
        + (pairs.contains { $0.falseEdges != nil }
          ? [
            Column(
              name: "False", unit: "count", number: { $0.falseEdges.map(Double.init) },
              text: { $0.falseEdges.map { NumberText.grouped($0) } ?? NumberText.none })
          ] : [])
        + [
          .count("False kept") { $0.keptFalse }, .percent("Purity") { $0.purity },
          .percent("Efficiency") { $0.efficiency },
        ], of: pairs)
  }

  private static let rowHeight = 17.0
  /// The strip of purity and efficiency, and what lies at its sides.
  private static let strip = (gap: 18.0, width: 120.0, margin: 16.0)

  private var drawing: SVGDrawing {
    let drawn = Array(pairs.prefix(mostDrawn))
    guard !drawn.isEmpty else { return PlotFrame.empty(title: title) }
    let most = drawn.flatMap { [$0.truePairs, $0.falseEdges ?? $0.keptFalse] }.max() ?? 0
    var vertical = Axis(
      label: "layers (volume/layer)", over: [0, Double(drawn.count)], toTicks: false)
    vertical.setRange(Double(drawn.count), 0)
    vertical.setTicks(
      drawn.enumerated().map { Axis.Tick(value: Double($0) + 0.5, label: $1.name) })
    var frame = PlotFrame(
      title: title,
      // From one half, so that a single edge can be seen.
      horizontal: Axis(
        label: "edges (count)", logarithmicOver: [0.5, max(Double(most), 10)], toDecades: false),
      vertical: vertical,
      legend: [
        PlotFrame.LegendEntry(name: "true", style: "solid s0", isFilled: true),
        PlotFrame.LegendEntry(name: "false", style: "solid s1", isFilled: true),
        PlotFrame.LegendEntry(name: "purity", style: "solid s2", isFilled: true),
        PlotFrame.LegendEntry(name: "efficiency", style: "solid s3", isFilled: true),
      ],
      height: Double(drawn.count) * Self.rowHeight + 74,
      margin: Self.strip.gap + Self.strip.width + Self.strip.margin)
    let bar = (Self.rowHeight - 5) / 2
    for (row, pair) in drawn.enumerated() {
      let top = frame.y(Double(row)) + 2
      for (kind, all, kept, style) in [
        ("true", pair.truePairs, pair.keptTrue, "s0"),
        ("false", pair.falseEdges ?? pair.keptFalse, pair.keptFalse, "s1"),
      ] {
        let y = top + (kind == "true" ? 0 : bar + 1)
        for (count, fill) in [(all, "area"), (kept, "solid")] where count > 0 {
          let words =
            "\(pair.name), \(kind)\(fill == "solid" ? " kept" : ""): \(NumberText.grouped(count))"
          frame.drawing.rectangle(
            x: frame.left, y: y, width: frame.x(Double(count)) - frame.left, height: bar,
            style: "\(fill) \(style)", words: words)
        }
      }
    }
    drawStrip(drawn, in: &frame)
    return frame.drawing
  }

  /// Purity and efficiency of each row, from 0 to 1.
  private func drawStrip(_ drawn: [RunReport.EdgeLayerPair], in frame: inout PlotFrame) {
    let left = frame.right + Self.strip.gap
    func x(_ share: Double) -> Double { left + share * Self.strip.width }
    for (share, label) in [(0, "0"), (0.5, "0.5"), (1, "1")] {
      frame.drawing.line(x(share), frame.top, x(share), frame.bottom, style: "grid")
      frame.drawing.label(
        label, x: x(share), y: frame.bottom + 17, anchor: .middle, style: "tick")
    }
    frame.drawing.label("share", x: x(0.5), y: frame.bottom + 36, anchor: .middle)
    for (row, pair) in drawn.enumerated() {
      for (share, style) in [(pair.efficiency, "s3"), (pair.purity, "s2")] {
        guard let share else { continue }
        frame.drawing.circle(
          x(share), frame.y(Double(row) + 0.5), radius: 3, style: "solid \(style)")
      }
    }
  }
}
