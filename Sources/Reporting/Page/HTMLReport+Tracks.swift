import JSONDocument

extension HTMLReport {
  static func tracksSection(
    _ all: [RunReport.Tracks], _ headline: RunReport.Headline
  ) -> SectionView {
    var section = SectionView(id: Markup("tracks"), heading: Markup("Tracks"))
    if all.count > 1 { section.blocks.append(comparison(of: all, headline)) }
    guard all.count > mostShown else {
      for tracks in all { section.blocks += blocks(of: tracks) }
      return section
    }
    for tracks in all where tracks.stage == headline.trackBuilder {
      section.blocks += blocks(of: tracks)
    }
    let words =
      "Of \(all.count) stages only the headline's is shown event by event; report.json has them all."
    section.blocks.append(BlockView(paragraphs: [Markup(words)]))
    return section
  }

  /// Of more builders than a person reads only the headline's is shown event by event.
  private static let mostShown = 24

  /// All builders side by side; the headline's is marked.
  private static func comparison(
    of all: [RunReport.Tracks], _ headline: RunReport.Headline
  ) -> BlockView {
    var columns: [Column<RunReport.Tracks>] = [
      .words("Stage") { $0.stage }, .words("Method") { $0.method },
    ]
    if all.contains(where: { threshold(of: $0) != nil }) {
      columns.append(
        Column(
          name: "Threshold", unit: "probability", number: { threshold(of: $0) },
          text: { NumberText.asSet(threshold(of: $0)) }))
    }
    columns += [
      Column(
        name: "Score", unit: "of 1", number: { $0.score },
        text: { NumberText.score($0.score, uncertainty: $0.scoreUncertainty) }),
      .score("Ceiling") { $0.ceiling },
    ]
    let isOfRegion = all.contains { $0.region != nil }
    if isOfRegion { columns.append(.score("In the region") { $0.region?.score }) }
    columns += [
      .percent("Efficiency") { mean($0.events.map(\.efficiency)) },
      .percent("Fakes") { mean($0.events.map(\.fakeRate)) },
      .percent("Duplicates") { mean($0.events.map(\.duplicateRate)) },
    ]
    if !isOfRegion {
      columns.append(
        Column(
          name: "Tracks", unit: "an event", number: { meanTracks(of: $0) },
          text: { meanTracks(of: $0).map { NumberText.grouped(rounding: $0) } ?? NumberText.none }))
    }
    var block = BlockView()
    block.tables = [
      TableView("Track builders, means over events", columns: columns, of: all) {
        $0.stage == headline.trackBuilder
      }
    ]
    // More curves than colours tell nothing; each builder has its own below.
    block.figureRows = all.count > PlotStyle.seriesCount ? [] : efficiencyRow(all)
    return block
  }

  private static func blocks(of tracks: RunReport.Tracks) -> [BlockView] {
    var block = BlockView(subheading: [Markup("Stage \(tracks.stage): \(tracks.method)")])
    var facts = [
      FactView(
        "Score of \(tracks.scoreOf)",
        NumberText.score(tracks.score, uncertainty: tracks.scoreUncertainty)),
      FactView(
        tracks.waterfall == nil ? "Ceiling of the graphs" : "Ceiling of the triplets",
        NumberText.score(tracks.ceiling)),
    ]
    if let region = tracks.region {
      facts.append(FactView("Score of \(region.scoreOf)", NumberText.score(region.score)))
      facts.append(FactView("Ceiling there", NumberText.score(region.ceiling)))
    }
    for member in tracks.parameters.members ?? [] {
      facts.append(FactView("Parameter \(member.name)", text(of: member.value)))
    }
    block.factLists = [FactListView(facts: facts)]
    let hasRegion = tracks.events.contains { $0.regionScore != nil || $0.regionCeiling != nil }
    var columns: [Column<RunReport.TrackEvent>] = [
      .label("Event") { $0.event }, .score("Score") { $0.score },
      .score("Ceiling") { $0.ceiling },
    ]
    if hasRegion {
      columns += [
        .score("In the region") { $0.regionScore },
        .score("Ceiling there") { $0.regionCeiling },
      ]
    }
    columns += [
      .count("Tracks") { $0.tracks }, .count("Hits on tracks") { $0.hitsOnTracks },
      .percent("Efficiency") { $0.efficiency }, .percent("Fakes") { $0.fakeRate },
      .percent("Duplicates") { $0.duplicateRate },
    ]
    block.tables = [
      TableView(
        "Tracks by event. Efficiency: particles that a track matches, of all that can be "
          + "reconstructed; fakes: tracks of which no particle has more than half of the hits; "
          + "duplicates: tracks of a particle of which another track has more.",
        columns: columns, of: tracks.events, hasMeans: true)
    ]
    block.figureRows = efficiencyRow([tracks])
    return [block]
      + (tracks.waterfall.map { blocks(of: $0, stage: tracks.stage) } ?? [])
  }

  private static func efficiencyRow(_ all: [RunReport.Tracks]) -> [FigureRowView] {
    func figure(
      _ quantity: String, _ bins: (RunReport.Tracks) -> RunReport.BinnedEfficiency?
    ) -> FigureView? {
      let series = all.compactMap { tracks in
        bins(tracks).map { EfficiencyPlot.Series(name: tracks.stage, bins: $0) }
      }
      guard !series.isEmpty else { return nil }
      let title = "Efficiency against \(quantity)"
      let plot = EfficiencyPlot(title: title, quantity: quantity, series: series)
      return FigureView("\(title), 68 % binomial errors", plot)
    }
    let figures = [figure("pT") { $0.efficiencyByPT }, figure("eta") { $0.efficiencyByEta }]
      .compactMap { $0 }
    return figures.isEmpty ? [] : [FigureRowView(figures: figures)]
  }

  private static func threshold(of tracks: RunReport.Tracks) -> Double? {
    tracks.parameters["threshold"]?.doubleValue
  }

  private static func meanTracks(of tracks: RunReport.Tracks) -> Double? {
    mean(tracks.events.map { Double($0.tracks) })
  }

  static func mean(_ values: [Double?]) -> Double? {
    let present = values.compactMap { $0 }.filter(\.isFinite)
    return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
  }

  /// A parameter's value as people write it.
  static func text(of value: JSONValue) -> String { value.stringValue ?? value.compactText }
}
