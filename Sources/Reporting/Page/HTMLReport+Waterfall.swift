extension HTMLReport {
  /// Where each builder loses its score, the headline's first; nil where that was not measured.
  static func waterfallSection(of report: RunReport) -> SectionView? {
    let headline = report.results.headline.trackBuilder
    let all = shown(of: report)
    let ordered = all.filter { $0.stage == headline } + all.filter { $0.stage != headline }
    let blocks = ordered.flatMap { tracks in
      tracks.waterfall.map { Self.blocks(of: $0, stage: tracks.stage) } ?? []
    }
    guard !blocks.isEmpty else { return nil }
    return SectionView(
      id: Markup("waterfall"), heading: Markup("Where the score is lost"), blocks: blocks)
  }

  /// Where the tracks of a stage lose their score: the picture, its numbers, the losses, each event.
  private static func blocks(of waterfall: RunReport.Waterfall, stage: String) -> [BlockView] {
    var picture = BlockView(subheading: [Markup("Stage \(stage)")])
    let title = "What can be scored after each step"
    let plot = WaterfallPlot(title: title, steps: waterfall.mean.steps)
    let fall = FallPlot(title: "What each step loses", steps: waterfall.mean.steps)
    let events = plural(waterfall.events.count, "event")
    picture.figureRows = [
      FigureRowView(figures: [
        FigureView("\(fall.title), mean over \(events)", fall),
        FigureView("\(title), mean over \(events)", plot),
      ])
    ]
    var numbers = BlockView()
    numbers.tables = [steps(of: waterfall)]
    if !waterfall.mean.losses.isEmpty { numbers.tables.append(losses(of: waterfall.mean)) }
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
