extension HTMLReport {
  /// Where the tracks of a stage lose their score: the picture, its numbers, the losses, each event.
  static func blocks(of waterfall: RunReport.Waterfall, stage: String) -> [BlockView] {
    var picture = BlockView(subheading: [Markup("Where stage \(stage) loses its score")])
    let title = "What can be scored after each step"
    let plot = WaterfallPlot(title: title, steps: waterfall.mean.steps)
    picture.figureRows = [
      FigureRowView(figures: [
        FigureView(
          "\(title), mean over \(plural(waterfall.events.count, "event"))", plot)
      ])
    ]
    var numbers = BlockView()
    numbers.tables = [steps(of: waterfall.mean.steps), losses(of: waterfall.mean)]
    if waterfall.events.count > 1 {
      numbers.details = [
        DetailsView(summary: Markup("By event"), inner: byEvent(waterfall))
      ]
    }
    return [picture, numbers]
  }

  /// A step beside the one before it.
  private struct Fall {
    var step: RunReport.LedgerEntry
    var before: RunReport.LedgerEntry?

    func lost(_ value: (RunReport.LedgerEntry) -> Double) -> Double? {
      before.map { value($0) - value(step) }
    }
  }

  private static func steps(of steps: [RunReport.LedgerEntry]) -> TableView {
    let falls = steps.indices.map { place in
      Fall(step: steps[place], before: place > 0 ? steps[place - 1] : nil)
    }
    return TableView(
      "Score if all that follows the step were perfect. Secondaries are born away from the beam line. "
        + "Tracks that are extended beyond their triplets can gain at the last step.",
      columns: [
        .words("After") { $0.step.words },
        share("Primaries") { $0.step.primary }, share("Secondaries") { $0.step.secondary },
        share("Sum") { $0.step.sum },
        share("Primaries lost") { $0.lost(\.primary) },
        share("Secondaries lost") { $0.lost(\.secondary) },
      ], of: falls)
  }

  /// The losses, with their sum under the line.
  private static func losses(of ledger: RunReport.Ledger) -> TableView {
    func columns(_ first: String) -> [Column<RunReport.LedgerEntry>] {
      [
        .words(first) { $0.words }, share("Primaries") { $0.primary },
        share("Secondaries") { $0.secondary }, share("Sum") { $0.sum },
      ]
    }
    var table = TableView(
      "Weight that is not scored, each hit in one row. A particle is found if a track has more than "
        + "half of its hits, and they are more than half of the track.",
      columns: columns("Particle"), of: ledger.losses)
    let all = RunReport.LedgerEntry(
      name: "together", primary: ledger.losses.reduce(0) { $0 + $1.primary },
      secondary: ledger.losses.reduce(0) { $0 + $1.secondary })
    table.means = TableView("", columns: columns(""), of: [all]).rows
    return table
  }

  private static func byEvent(_ waterfall: RunReport.Waterfall) -> [TableView] {
    func columns(
      _ entries: KeyPath<RunReport.Ledger, [RunReport.LedgerEntry]>
    ) -> [Column<RunReport.WaterfallEvent>] {
      [.label("Event") { $0.event }]
        + waterfall.mean[keyPath: entries].map { entry in
          let name = entry.words.prefix(1).uppercased() + entry.words.dropFirst()
          return share(name) { event in
            event.ledger[keyPath: entries].first { $0.name == entry.name }?.sum
          }
        }
    }
    return [
      TableView(
        "Score after each step, primaries and secondaries together", columns: columns(\.steps),
        of: waterfall.events, hasMeans: true),
      TableView(
        "Weight that is not scored, primaries and secondaries together",
        columns: columns(\.losses), of: waterfall.events, hasMeans: true),
    ]
  }

  /// A share of the weight with four decimals, so that a column's numbers stand under each other.
  private static func share<Row>(_ name: String, _ value: @escaping (Row) -> Double?)
    -> Column<Row>
  {
    Column(
      name: name, unit: "of 1", number: value,
      text: { value($0).map { NumberText.fixed($0, decimals: 4) } ?? NumberText.none },
      mean: { NumberText.fixed($0, decimals: 4) })
  }
}
