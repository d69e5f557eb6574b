import JSONDocument

extension HTMLReport {
  static func scansSection(_ scans: [RunReport.Scan]) -> SectionView {
    SectionView(id: Markup("scans"), heading: Markup("Scans"), blocks: scans.map(block(of:)))
  }

  private static func block(of scan: RunReport.Scan) -> BlockView {
    let names = scan.parameters.map(\.name).joined(separator: ", ")
    var block = BlockView(subheading: [Markup("Stage \(scan.stage) against \(names)")])
    block.tables = [table(of: scan)]
    block.figureRows = figures(of: scan).map { [FigureRowView(figures: $0)] } ?? []
    return block
  }

  private static func table(of scan: RunReport.Scan) -> TableView {
    let points = scan.points
    var columns: [Column<Int>] = zip(scan.parameters, scan.parameterNames).enumerated()
      .map { index, parameter in
        let (parameter, name) = parameter
        let value = { (row: Int) -> JSONValue in
          points[row].values.indices.contains(index) ? points[row].values[index] : .null
        }
        let isNumber = points.indices.allSatisfy { value($0).doubleValue != nil }
        return Column(
          name: name, unit: parameter.unit ?? "", isText: !isNumber,
          number: { value($0).doubleValue }, text: { RunReport.Scan.text(of: value($0)) })
      }
    columns += [
      Column(
        name: scan.measureName, unit: "of 1", number: { points[$0].mean },
        text: { NumberText.score(points[$0].mean, uncertainty: points[$0].uncertainty) }),
      Column(
        name: "To the best", unit: "mean over events", number: { points[$0].difference ?? 0 },
        text: { scan.differenceText(of: $0) }),
      .percent("Efficiency") { points[$0].efficiency },
    ]
    switch scan.measure {
    case .score:
      columns += [
        .percent("Fakes") { points[$0].fakeRate },
        .percent("Duplicates") { points[$0].duplicateRate },
      ]
    case .auc: columns.append(.percent("Purity") { points[$0].purity })
    }
    columns.append(.count("Events", unit: "in both") { points[$0].commonEvents })
    let what = scan.scoreOf.map { "Score of \($0)" } ?? "AUC of the edges"
    return TableView(
      "\(what), mean over events ± its standard error. To the best: the difference event by event to"
        + " the point with the highest mean, and the standard error of the mean of these differences;"
        + " the best of many points is a little lucky.",
      columns: columns, of: Array(points.indices)
    ) { $0 == scan.best }
  }

  /// The measure and the efficiency against the parameter; nil where there is no one number to draw against.
  private static func figures(of scan: RunReport.Scan) -> [FigureView]? {
    guard let numbers = scan.numbers, let parameter = scan.parameters.first, numbers.count > 1
    else { return nil }
    let label = parameter.name + (parameter.unit.map { " (\($0))" } ?? "")
    func series(
      _ name: String, _ value: (RunReport.ScanPoint) -> (mean: Double?, uncertainty: Double?)
    ) -> ScanPlot.Series {
      ScanPlot.Series(
        name: name,
        points: zip(numbers, scan.points).compactMap { number, point in
          let (mean, uncertainty) = value(point)
          return mean.map { ScanPlot.Point(value: number, mean: $0, uncertainty: uncertainty) }
        })
    }
    func rate(_ name: String, _ value: (RunReport.ScanPoint) -> Double?) -> ScanPlot.Series {
      series(name) { (value($0).map { $0 * 100 }, nil) }
    }
    let isScore = scan.measure == .score
    let title = "\(scan.measureName) against \(parameter.name)"
    let plot = ScanPlot(
      title: title, horizontalLabel: label, verticalLabel: isScore ? "score" : "AUC",
      series: [series(scan.measureName) { ($0.mean, $0.uncertainty) }])
    let second = isScore ? "fakes" : "purity"
    let rates = ScanPlot(
      title: "Efficiency and \(second)", horizontalLabel: label, verticalLabel: "%",
      series: [
        rate("efficiency", \.efficiency), rate(second, isScore ? \.fakeRate : \.purity),
      ])
    return [
      FigureView("\(title), ± standard error", plot),
      FigureView(rates.title, rates),
    ]
  }
}
