extension HTMLReport {
  /// What is shown in one picture, by the names that tell the curves apart.
  typealias NamedEdges = [(name: String, edges: RunReport.Edges)]

  /// Purity against efficiency, and the ROC curve.
  static func curves(_ named: NamedEdges, _ score: EdgeScore) -> [FigureView] {
    let series = named.compactMap { name, edges in
      edges.curve.map { EdgeCurvePlot.Series(name: name, curve: $0) }
    }
    guard !series.isEmpty else { return [] }
    func figure(_ title: String, _ view: EdgeCurvePlot.View) -> FigureView {
      FigureView(
        "\(title); the dot is the cut in force",
        EdgeCurvePlot(title: title, view: view, score: score, series: series))
    }
    return [figure("Purity against efficiency", .purity), figure("ROC curve", .roc)]
  }

  static func thresholds(_ named: NamedEdges, _ score: EdgeScore) -> FigureView? {
    named.first.flatMap { name, edges in
      edges.curve.map { curve in
        let title = "Purity and efficiency of \(name) against the threshold"
        return FigureView(title, ThresholdPlot(title: title, score: score, curve: curve))
      }
    }
  }

  static func histogram(
    of edges: RunReport.Edges, _ name: String, _ score: EdgeScore
  ) -> FigureView? {
    edges.histogram.map { histogram in
      let title = "\(score.name.capitalized) of true and false \(name)"
      let plot = HistogramPlot(
        title: title, horizontalLabel: score.name, verticalLabel: "\(name) in a bin",
        binEdges: histogram.binEdges,
        series: [
          HistogramPlot.Series(name: "true \(name)", counts: histogram.trueEdges),
          HistogramPlot.Series(name: "false \(name)", counts: histogram.falseEdges),
        ])
      return FigureView(title, plot)
    }
  }

  static func calibrations(_ named: NamedEdges) -> [FigureView] {
    let series = named.compactMap { name, edges in
      edges.calibration.map { CalibrationPlot.Series(name: name, calibration: $0) }
    }
    guard !series.isEmpty else { return [] }
    let errors = series.compactMap { series in
      series.calibration.expectedError.map {
        (named.count > 1 ? "\(series.name) " : "") + NumberText.score($0)
      }
    }
    let title = "Calibration"
    return [
      FigureView(
        errors.isEmpty
          ? title : "\(title), expected calibration error \(errors.joined(separator: ", "))",
        CalibrationPlot(title: title, series: series))
    ]
  }

  static func layerPairs(of edges: RunReport.Edges, _ name: String) -> [FigureView] {
    guard !edges.layerPairs.isEmpty else { return [] }
    let plot = LayerPairPlot(
      title: "\(name.prefix(1).uppercased() + name.dropFirst()) by layer pair",
      pairs: edges.layerPairs)
    let most =
      edges.layerPairs.count > plot.mostDrawn ? ", the \(plot.mostDrawn) with most true" : ""
    return [FigureView("\(plot.title)\(most); pale is what was not kept", plot)]
  }
}
