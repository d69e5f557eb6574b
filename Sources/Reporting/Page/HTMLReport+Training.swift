extension HTMLReport {
  static func trainingSection(_ all: [RunReport.Training]) -> SectionView {
    SectionView(
      id: Markup("training"), heading: Markup("Training"), blocks: all.map { block(of: $0) })
  }

  private static func block(of training: RunReport.Training) -> BlockView {
    var block = BlockView(subheading: [Markup("Stage \(training.stage)")])
    let last = training.curve.last
    let weight = training.positiveWeight.map { NumberText.significant($0, digits: 4) }
    block.factLists = [
      FactListView(facts: [
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
    ]
    let curve = training.curve
    block.figureRows = [
      FigureRowView(
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
    ]
    return block
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
