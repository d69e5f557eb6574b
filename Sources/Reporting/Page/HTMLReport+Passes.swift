extension HTMLReport {
  /// One pass of a reconstruction: a row a step, the curves of both, and the rest at a click.
  static func block(of pass: RunReport.Pass, isFirst: Bool, isFolded: Bool) -> BlockView {
    let steps = [("doublets", pass.doublets), ("triplets", pass.triplets)]
    var block = BlockView(
      subheading: [
        Markup(
          "Pass \(pass.number): stages \(pass.doublets.stage) and \(pass.triplets.stage)")
      ],
      paragraphs: isFirst ? [words] : [])
    block.tables = [
      TableView("Means over events", columns: columns, of: steps.map { Step(name: $0, edges: $1) })
    ]
    let first = curves(steps, .logit)
    if !isFolded { block.figureRows = rows(first) }
    let further =
      (isFolded ? first : [])
      + steps.compactMap { thresholds([$0], .logit) }
      + steps.compactMap { histogram(of: $0.1, $0.0, .logit) }
      + calibrations(steps) + layerPairs(of: pass.doublets, "doublets")
    block.details = details(
      "Other cuts, logits, calibration, layers and events of pass \(pass.number)", further,
      tables: steps.map { byEvent($0.1, $0.0) })
    return block
  }

  /// What is true, and what the shares are of.
  private static let words = Markup(
    "True are doublets and triplets of hits that follow each other on a particle's way. Those of one "
      + "particle that pass over hits of it (skipping) count neither as true nor as false. Efficiency is a "
      + "share of all true ones that there were to find: doublets of those on linked layers, triplets of "
      + "those that true doublets make. What a cut drops is not stored, so AUC, average precision, the ROC curve "
      + "and the calibration are of what the cut in force keeps. The networks are trained with true rows "
      + "weighted by their worth for the score, so probabilities need not be fractions.")

  private struct Step {
    var name: String
    var edges: RunReport.Edges

    func mean(_ value: (RunReport.EdgeEvent) -> Double?) -> Double? {
      HTMLReport.mean(edges.events.map(value))
    }
  }

  private static var columns: [Column<Step>] {
    func count(_ name: String, _ value: @escaping (RunReport.EdgeEvent) -> Int?) -> Column<Step> {
      Column(
        name: name, unit: "an event", number: { $0.mean { value($0).map(Double.init) } },
        text: { step in
          step.mean { value($0).map(Double.init) }.map { NumberText.grouped(rounding: $0) }
            ?? NumberText.none
        })
    }
    return [
      .words("Step") { $0.name },
      Column(
        name: "Cut", unit: "logit", number: { $0.edges.threshold },
        text: { NumberText.asSet($0.edges.threshold) }),
      count("Judged", \.candidates), count("Kept", \.edges), count("Skipping", \.skipping),
      count("True kept", \.trueEdges), count("True", \.truePairs),
      .percent("Purity") { $0.mean(\.purity) },
      .percent("Efficiency") { $0.mean(\.efficiency) },
      .score("AUC") { $0.mean(\.auc) },
      .score("Average precision") { $0.mean(\.averagePrecision) },
    ]
  }

  private static func byEvent(_ edges: RunReport.Edges, _ name: String) -> TableView {
    func count(_ name: String, _ value: @escaping (RunReport.EdgeEvent) -> Int?)
      -> Column<RunReport.EdgeEvent>
    {
      Column(
        name: name, unit: "count", number: { value($0).map(Double.init) },
        text: { value($0).map { NumberText.grouped($0) } ?? NumberText.none },
        mean: { NumberText.grouped(rounding: $0) })
    }
    return TableView(
      "\(name.prefix(1).uppercased() + name.dropFirst()) by event",
      columns: [
        .label("Event") { $0.event },
        count(name == "doublets" ? "Hits left" : "Doublets") { $0.nodes },
        count("Judged", \.candidates), count("Kept", \.edges), count("Skipping", \.skipping),
        count("True kept", \.trueEdges), count("True", \.truePairs),
        .percent("Purity") { $0.purity },
        .percent("Efficiency") { $0.efficiency }, .score("AUC") { $0.auc },
        .score("Average precision") { $0.averagePrecision },
      ], of: edges.events, hasMeans: true)
  }
}
