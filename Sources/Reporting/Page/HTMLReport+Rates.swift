extension HTMLReport {
  /// Efficiency, fake and duplicate rate in bins; nil for a report that has none.
  ///
  /// Of more builders than there are colours only the headline's is drawn.
  static func ratesSection(of report: RunReport) -> SectionView? {
    let all = report.results.tracks
    let headline = report.results.headline.trackBuilder
    let drawn =
      all.count > PlotStyle.seriesCount ? all.filter { $0.stage == headline } : all
    let blocks = [
      block("Efficiency", .efficiency, of: drawn, \.efficiency),
      block("Fake rate", .fakeRate, of: drawn, \.fakes),
      block("Duplicate rate", .duplicateRate, of: drawn, \.duplicates),
    ].compactMap { $0 }
    guard !blocks.isEmpty else { return nil }
    return SectionView(
      id: Markup("rates"), heading: Markup("Efficiency, fakes and duplicates"), blocks: blocks)
  }

  private static func block(
    _ name: String, _ measure: EfficiencyPlot.Measure, of all: [RunReport.Tracks],
    _ rates: KeyPath<RunReport.Tracks, RunReport.BinnedRates>
  ) -> BlockView? {
    let isOfTracks = measure != .efficiency
    let whose = isOfTracks ? " of the track" : ""
    let radius = isOfTracks ? "radius of the first hit" : "production radius"
    func figure(
      _ words: String, _ quantity: String,
      _ bins: KeyPath<RunReport.BinnedRates, RunReport.BinnedEfficiency?>
    ) -> FigureView? {
      let series = all.compactMap { tracks in
        tracks[keyPath: rates][keyPath: bins].map {
          EfficiencyPlot.Series(name: tracks.stage, bins: $0)
        }
      }
      guard !series.isEmpty else { return nil }
      let title = "\(name) against \(words)"
      let plot = EfficiencyPlot(
        title: title, quantity: quantity, series: series, measure: measure)
      return FigureView("\(title), 68 % binomial errors", plot)
    }
    let figures = [
      figure("pT", "pT\(whose)", \.pT), figure("eta", "eta\(whose)", \.eta),
      figure("hits", isOfTracks ? "hits on the track" : "hits of the particle", \.hits),
      figure(radius, radius, \.radius),
    ].compactMap { $0 }
    guard !figures.isEmpty else { return nil }
    return BlockView(
      subheading: [Markup(name)], paragraphs: [Markup(words(for: measure))],
      figureRows: [FigureRowView(figures: figures)])
  }

  private static func words(for measure: EfficiencyPlot.Measure) -> String {
    switch measure {
    case .efficiency:
      "Particles that a track matches, of all that can be reconstructed, by their own truth."
    case .fakeRate:
      "Tracks of which no particle has more than half of the hits, of all tracks\(byHits)"
    case .duplicateRate:
      "Tracks of a particle of which another track has more hits, of all tracks\(byHits)"
    }
  }

  /// By what tracks are binned.
  private static let byHits =
    ", by what the track's own hits tell: pT of the circle through its first, middle and last hit in a "
    + "field of 2 T, eta of the way from the first to the last."
}
