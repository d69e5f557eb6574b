import JSONDocument

extension HTMLReport {
  /// The builders of tracks side by side, and each event by event.
  static func tracksSection(of report: RunReport) -> SectionView {
    let (all, headline) = (report.results.tracks, report.results.headline)
    var section = SectionView(id: Markup("tracks"), heading: Markup("Tracks"))
    if all.count > 1 { section.blocks.append(comparison(of: all, headline)) }
    for tracks in shown(of: report) {
      let isHeadline = tracks.stage == headline.trackBuilder
      section.blocks.append(block(of: tracks, change: isHeadline ? report.run.change : nil))
    }
    guard all.count > mostShown else { return section }
    let words =
      "Of \(all.count) stages only the headline's is shown event by event; report.json has them all."
    section.blocks.append(BlockView(paragraphs: [Markup(words)]))
    return section
  }

  /// Of more builders than a person reads only the headline's is shown event by event.
  private static let mostShown = 24

  /// The builders that are shown one by one.
  static func shown(of report: RunReport) -> [RunReport.Tracks] {
    let all = report.results.tracks
    return all.count > mostShown
      ? all.filter { $0.stage == report.results.headline.trackBuilder } : all
  }

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
    return block
  }

  /// - Parameter change: against the run before, where these tracks are the headline's.
  private static func block(
    of tracks: RunReport.Tracks, change: RunReport.Change?
  ) -> BlockView {
    var block = BlockView(subheading: [Markup("Stage \(tracks.stage): \(tracks.method)")])
    var facts = [
      FactView(
        "Score of \(tracks.scoreOf)",
        NumberText.score(tracks.score, uncertainty: tracks.scoreUncertainty)),
      FactView(
        tracks.waterfall?.isOfTriplets == true
          ? "Ceiling of the triplets" : "Ceiling of the graphs",
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
    block.tables = [
      TableView(
        "Tracks by event. On tracks: hits on tracks of all hits; matched: tracks that find their particle; efficiency: particles that a track "
          + "matches, of all that can be reconstructed; fakes: tracks of which no particle has more "
          + "than half of the hits; duplicates: tracks of a particle of which another track has more."
          + (change == nil ? "" : " Change: the score less that of the run before."),
        columns: columns(of: tracks, change: change), of: tracks.events, hasMeans: true)
    ]
    return block
  }

  /// Those of the table by event, without such as no event has a number for.
  private static func columns(
    of tracks: RunReport.Tracks, change: RunReport.Change?
  ) -> [Column<RunReport.TrackEvent>] {
    let before = Dictionary(
      (change?.events ?? []).map { ($0.event, $0.difference) }, uniquingKeysWith: { one, _ in one })
    var columns: [Column<RunReport.TrackEvent>] = [
      .label("Event") { $0.event }, .score("Score") { $0.score },
    ]
    if !before.isEmpty {
      columns.append(.change("Change") { before[$0.event] })
    }
    columns.append(.score("Ceiling") { $0.ceiling })
    if tracks.events.contains(where: { $0.regionScore != nil || $0.regionCeiling != nil }) {
      columns += [
        .score("In the region") { $0.regionScore },
        .score("Ceiling there") { $0.regionCeiling },
      ]
    }
    if tracks.events.contains(where: { $0.hits != nil }) {
      columns += [
        .optionalCount("Hits") { $0.hits }, .percent("On tracks") { $0.shareOnTracks },
      ]
    } else {
      columns.append(.count("Hits on tracks") { $0.hitsOnTracks })
    }
    columns.append(.count("Tracks") { $0.tracks })
    if tracks.events.contains(where: { $0.matchedTracks != nil }) {
      columns.append(.optionalCount("Matched") { $0.matchedTracks })
    }
    return columns + [
      .percent("Efficiency") { $0.efficiency }, .percent("Fakes") { $0.fakeRate },
      .percent("Duplicates") { $0.duplicateRate },
    ]
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
