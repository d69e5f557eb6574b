extension HTMLReport {
  static func edgesSection(_ all: [RunReport.Edges]) -> SectionView {
    SectionView(
      id: Markup("edges"), heading: Markup("Edges"), blocks: all.map { block(of: $0) })
  }

  private static func block(of edges: RunReport.Edges) -> BlockView {
    var block = BlockView(subheading: [Markup("Stage \(edges.stage)")])
    let columns: [Column<RunReport.EdgeEvent>] = [
      .label("Event") { $0.event }, .count("Nodes", unit: "hits") { $0.nodes },
      .count("Edges") { $0.edges }, .count("True edges") { $0.trueEdges },
      .score("AUC") { $0.auc }, .score("Average precision") { $0.averagePrecision },
      .percent("Purity") { $0.purity }, .percent("Efficiency") { $0.efficiency },
      .percent("Accuracy") { $0.accuracy },
    ]
    let kept = edges.threshold.map { "edges of probability above \(NumberText.asSet($0))" }
    block.tables = [
      TableView(
        "Edges by event. Purity: true edges among the kept; efficiency: kept edges among the true; "
          + "accuracy: edges rightly kept or dropped among all; kept are \(kept ?? "all edges").",
        columns: columns, of: edges.events, hasMeans: true)
    ]
    if let histogram = edges.histogram {
      let title = "Probability of true and false edges"
      let plot = HistogramPlot(
        title: title, horizontalLabel: "probability", verticalLabel: "edges in a bin",
        binEdges: histogram.binEdges,
        series: [
          HistogramPlot.Series(name: "true edges", counts: histogram.trueEdges),
          HistogramPlot.Series(name: "false edges", counts: histogram.falseEdges),
        ])
      block.figureRows = [FigureRowView(figures: [FigureView(title, plot)])]
    }
    return block
  }
}
