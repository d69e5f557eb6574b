extension HTMLReport {
  /// Each training with its curves; of more than a few a table, and the curves behind it.
  static func trainingSection(_ all: [RunReport.Training]) -> SectionView {
    var section = SectionView(id: Markup("training"), heading: Markup("Training"))
    guard all.count > mostOpen else {
      section.blocks = all.map { training in
        BlockView(
          subheading: [Markup("Stage \(training.stage)")],
          factLists: [facts(of: training)], figureRows: [figures(of: training)])
      }
      return section
    }
    section.blocks = [
      BlockView(
        tables: [overview(of: all)],
        details: all.map { training in
          DetailsView(
            summary: Markup("Curves of stage \(training.stage)"), factLists: [facts(of: training)],
            figureRows: [figures(of: training)])
        })
    ]
    return section
  }

  /// More trainings than these are folded, so that the page does not become endless.
  private static let mostOpen = 2

  private static func overview(of all: [RunReport.Training]) -> TableView {
    func last(
      _ value: @escaping (RunReport.Epoch) -> Double?
    ) -> (RunReport.Training) -> Double? {
      { training in training.curve.last { value($0) != nil }.flatMap(value) }
    }
    func loss(
      _ name: String, _ value: @escaping (RunReport.Training) -> Double?
    ) -> Column<RunReport.Training> {
      Column(name: name, unit: "mean", number: value, text: { number(value($0)) })
    }
    return TableView(
      "Trainings; losses and AUC are those of the last epoch that has them.",
      columns: [
        .words("Stage") { $0.stage }, .words("Network") { $0.network.name },
        .count("Parameters") { $0.network.parameters }, .count("Epochs") { $0.curve.count },
        .optionalCount("Best epoch", unit: "number") { $0.bestEpoch },
        loss("Loss", last(\.loss)), loss("Validation loss", last(\.validationLoss)),
        .score("AUC", last(\.auc)), .score("Validation AUC", last(\.validationAUC)),
      ], of: all)
  }

  private static func facts(of training: RunReport.Training) -> FactListView {
    let last = training.curve.last
    let weight = training.positiveWeight.map { NumberText.significant($0, digits: 4) }
    return FactListView(facts: [
      FactView(
        "Events", "\(training.trainEvents) for training, \(training.validationEvents) held out"),
      FactView(
        "Network",
        "\(training.network.name), \(training.network.shape)"),
      FactView("Size", training.network.size),
      FactView("Weight of true edges in the loss", weight ?? NumberText.none),
      FactView("Epochs", epochs(of: training)),
      FactView("Loss at the end", number(last?.loss)),
      FactView("AUC at the end", NumberText.score(training.curve.last { $0.auc != nil }?.auc)),
      FactView("Validation loss at the end", number(last?.validationLoss)),
      FactView(
        "Validation AUC at the end",
        NumberText.score(training.curve.last { $0.validationAUC != nil }?.validationAUC)),
      FactView("Validation accuracy at the end", NumberText.score(last?.validationAccuracy)),
    ])
  }

  private static func figures(of training: RunReport.Training) -> FigureRowView {
    let curve = training.curve
    return FigureRowView(
      figures: [
        figure(
          "Loss", "loss (mean over edges)",
          [series("training", curve, \.loss), series("validation", curve, \.validationLoss)]),
        figure(
          "Area under the ROC curve", "AUC",
          [series("training", curve, \.auc), series("validation", curve, \.validationAUC)]),
      ] + gradientNorms(curve) + [
        figure(
          "Learning rate", "learning rate", [series("training", curve, \.learningRate)])
      ])
  }

  private static func epochs(of training: RunReport.Training) -> String {
    var text = NumberText.grouped(training.curve.count)
    if training.stoppedEarly { text += ", stopped early" }
    if let best = training.bestEpoch { text += "; the weights are those of epoch \(best)" }
    return text
  }

  /// Trainings on rows clip no gradient, and have no norms to show.
  private static func gradientNorms(_ curve: [RunReport.Epoch]) -> [FigureView] {
    guard curve.contains(where: { $0.gradientNorm != nil }) else { return [] }
    return [
      figure(
        "Norm of the gradient before clipping", "gradient norm",
        [series("training", curve, \.gradientNorm)])
    ]
  }

  private static func series(
    _ name: String, _ curve: [RunReport.Epoch], _ value: (RunReport.Epoch) -> Double?
  ) -> LinePlot.Series {
    let points = curve.compactMap { epoch in
      value(epoch).map { (x: Double(epoch.epoch), y: $0) }
    }
    return LinePlot.Series(name: name, points: points, isDashed: name == "validation")
  }

  private static func figure(
    _ title: String, _ label: String, _ series: [LinePlot.Series]
  ) -> FigureView {
    let plot = LinePlot(
      title: title, horizontalLabel: "epoch", verticalLabel: label, series: series)
    return FigureView(title, plot)
  }

  private static func number(_ value: Double?) -> String {
    value.map { NumberText.significant($0, digits: 4) } ?? NumberText.none
  }
}
