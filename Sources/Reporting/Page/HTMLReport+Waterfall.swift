extension HTMLReport {
  /// Where the headline's tracks lose their score, and the others' at a click; nil where that was not measured.
  static func waterfallSection(of report: RunReport) -> SectionView? {
    let measured = shown(of: report).filter { $0.waterfall != nil }
    let headline = report.results.headline.trackBuilder
    guard let first = measured.first(where: { $0.stage == headline }) ?? measured.first,
      let waterfall = first.waterfall
    else { return nil }
    var blocks = [
      BlockView(
        subheading: [Markup("Stage \(first.stage)")], figureRows: [figures(of: waterfall)]),
      BlockView(tables: tables(of: waterfall)),
    ]
    if waterfall.events.count > 1 {
      blocks[1].details = [DetailsView(summary: Markup("By event"), inner: byEvent(waterfall))]
    }
    for other in measured where other.stage != first.stage {
      guard let waterfall = other.waterfall else { continue }
      let inner =
        tables(of: waterfall) + (waterfall.events.count > 1 ? byEvent(waterfall) : [])
      blocks[1].details.append(
        DetailsView(
          summary: Markup("Stage \(other.stage)"), figureRows: [figures(of: waterfall)],
          inner: inner))
    }
    return SectionView(
      id: Markup("waterfall"), heading: Markup("Where the score is lost"), blocks: blocks)
  }

  private static func figures(of waterfall: RunReport.Waterfall) -> FigureRowView {
    let steps = waterfall.mean.steps
    let fall = FallPlot(title: "What each step loses", steps: steps)
    let bars = WaterfallPlot(title: "What can be scored after each step", steps: steps)
    let events = plural(waterfall.events.count, "event")
    return FigureRowView(figures: [
      FigureView("\(fall.title), mean over \(events)", fall),
      FigureView("\(bars.title), mean over \(events)", bars),
    ])
  }

  private static func tables(of waterfall: RunReport.Waterfall) -> [TableView] {
    [steps(of: waterfall)]
      + (waterfall.mean.losses.isEmpty ? [] : [losses(of: waterfall.mean)])
  }

  /// A step beside the one before it.
  private struct Fall {
    var step: RunReport.LedgerEntry
    var before: RunReport.LedgerEntry?

    func lost(_ value: (RunReport.LedgerEntry) -> Double?) -> Double? {
      guard let old = before.flatMap(value), let new = value(step) else { return nil }
      return old - new
    }
  }

  private static func steps(of waterfall: RunReport.Waterfall) -> TableView {
    let steps = waterfall.mean.steps
    let falls = steps.indices.map { place in
      Fall(step: steps[place], before: place > 0 ? steps[place - 1] : nil)
    }
    let isSplit = steps.contains { $0.primary != nil }
    let parts: [Column<Fall>] = [
      share("Primaries") { $0.step.primary }, share("Secondaries") { $0.step.secondary },
    ]
    let lostParts: [Column<Fall>] = [
      share("Primaries lost") { $0.lost(\.primary) },
      share("Secondaries lost") { $0.lost(\.secondary) },
    ]
    var caption = "Score if all that follows the step were perfect."
    if isSplit { caption += " Secondaries are born away from the beam line." }
    caption +=
      waterfall.isOfTriplets
      ? " Tracks that are extended beyond their triplets can gain at the last step."
      : " Selection: hits of the graphs; graph's edges: the components of exactly the true ones;"
        + " classifier: those of exactly the true ones that it lets pass."
    return TableView(
      caption,
      columns: [.words("After") { $0.step.words }] + (isSplit ? parts : [])
        + [share(isSplit ? "Sum" : "Score at most") { $0.step.sum }] + (isSplit ? lostParts : [])
        + [share("Lost") { $0.lost { $0.sum } }], of: falls)
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
    func total(_ value: (RunReport.LedgerEntry) -> Double?) -> Double? {
      ledger.losses.reduce(0) { sum, loss in sum.flatMap { sum in value(loss).map { sum + $0 } } }
    }
    let all = RunReport.LedgerEntry(
      name: "together", primary: total(\.primary), secondary: total(\.secondary),
      sum: total { $0.sum } ?? .nan)
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
    let steps = TableView(
      "Score after each step, primaries and secondaries together", columns: columns(\.steps),
      of: waterfall.events, hasMeans: true)
    guard !waterfall.mean.losses.isEmpty else { return [steps] }
    return [
      steps,
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
      name: name, unit: "of 1", number: value, text: { NumberText.share(value($0)) },
      mean: { NumberText.share($0) })
  }
}
