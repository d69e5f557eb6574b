import JSONDocument
import Reconstruction
import Reporting
import TrackScoring

extension TrackSummaries {
  /// Where the score is lost, and in the mean over the events that say so; nil where none does.
  var waterfall: RunReport.Waterfall? {
    let events = summaries.compactMap { summary in
      summary["waterfall"].flatMap(Self.ledger).map {
        RunReport.WaterfallEvent(event: summary["event"]?.intValue ?? 0, ledger: $0)
      }
    }
    return Self.mean(of: events.map(\.ledger)).map {
      RunReport.Waterfall(mean: $0, events: events)
    }
  }

  /// That of a reconstruction with its losses, or that of the tracks of a graph.
  private static func ledger(_ json: JSONValue) -> RunReport.Ledger? {
    if let waterfall = LossWaterfall(json: json) { return RunReport.Ledger(waterfall) }
    let steps = GraphWaterfall.steps(of: json)
    guard !steps.isEmpty else { return nil }
    return RunReport.Ledger(
      steps: steps.map { RunReport.LedgerEntry(name: $0.name, $0.share) }, losses: [])
  }

  /// The mean over events, each counting the same, of the entries that all of them have.
  private static func mean(of ledgers: [RunReport.Ledger]) -> RunReport.Ledger? {
    guard let first = ledgers.first else { return nil }
    func mean(
      _ entries: (RunReport.Ledger) -> [RunReport.LedgerEntry]
    ) -> [RunReport.LedgerEntry] {
      entries(first).compactMap { entry in
        let all = ledgers.compactMap { ledger in
          entries(ledger).first { $0.name == entry.name }
        }
        return all.count == ledgers.count ? Self.mean(of: all) : nil
      }
    }
    return RunReport.Ledger(steps: mean(\.steps), losses: mean(\.losses))
  }

  private static func mean(of entries: [RunReport.LedgerEntry]) -> RunReport.LedgerEntry {
    func mean(_ value: (RunReport.LedgerEntry) -> Double?) -> Double? {
      let values = entries.compactMap(value)
      guard values.count == entries.count else { return nil }
      return values.reduce(0, +) / Double(values.count)
    }
    let (primary, secondary) = (mean(\.primary), mean(\.secondary))
    return RunReport.LedgerEntry(
      name: entries[0].name, primary: primary, secondary: secondary,
      sum: mean { $0.sum } ?? .nan)
  }
}

extension RunReport.Ledger {
  init(_ waterfall: LossWaterfall) {
    self.init(
      steps: LossWaterfall.steps.map {
        RunReport.LedgerEntry(name: $0.name, waterfall[keyPath: $0.path])
      },
      losses: TrackLosses.losses.map {
        RunReport.LedgerEntry(name: $0.name, waterfall.losses[keyPath: $0.path])
      })
  }
}

extension RunReport.LedgerEntry {
  fileprivate init(name: String, _ pair: CeilingPair) {
    self.init(name: name, primary: pair.primary, secondary: pair.secondary, sum: pair.sum)
  }

  fileprivate init(name: String, _ share: ScoreShare) {
    self.init(name: name, primary: share.primary, secondary: share.secondary, sum: share.sum)
  }
}
