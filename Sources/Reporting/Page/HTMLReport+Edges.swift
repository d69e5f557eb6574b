extension HTMLReport {
  static func edgesSection(
    _ all: [RunReport.Edges], passes: [RunReport.Pass]
  ) -> SectionView {
    SectionView(
      id: Markup("edges"), heading: Markup("Edges"),
      blocks: all.map { block(of: $0, isFolded: all.count > mostUnfolded) }
        + passes.enumerated().map {
          block(of: $1, isFirst: $0 == 0, isFolded: passes.count > mostUnfolded)
        })
  }

  /// Of more stages or passes than this the further figures of each open at a click.
  private static let mostUnfolded = 2

  private static func block(of edges: RunReport.Edges, isFolded: Bool) -> BlockView {
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
    if edges.calibration != nil { block.paragraphs = [calibrationWords] }
    let named = [("edges", edges)]
    let first = curves(named, .probability)
    let further =
      [thresholds(named, .probability), histogram(of: edges, "edges", .probability)]
      .compactMap { $0 } + calibrations(named) + layerPairs(of: edges, "edges")
    if isFolded {
      block.figureRows = rows(first)
      block.details = details("Thresholds, probabilities, calibration and layers", further)
    } else {
      block.figureRows = rows(first + further)
    }
    return block
  }

  /// Why probabilities may be far from fractions.
  private static let calibrationWords = Markup(
    "A network that is trained with true edges counting w times gives odds of about w times the fraction's, "
      + "so its points lie ln w below the diagonal of the calibration. That moves the best threshold, "
      + "and neither the ROC curve nor that of purity against efficiency.")

  static func rows(_ figures: [FigureView]) -> [FigureRowView] {
    figures.isEmpty ? [] : [FigureRowView(figures: figures)]
  }

  static func details(
    _ summary: String, _ figures: [FigureView], tables: [TableView] = []
  ) -> [DetailsView] {
    guard !figures.isEmpty || !tables.isEmpty else { return [] }
    return [
      DetailsView(summary: Markup(summary), figureRows: rows(figures), inner: tables)
    ]
  }
}
