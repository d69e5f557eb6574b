import JSONDocument
import Reconstruction
import Reporting
import Workflow

/// The summaries of scored events, of `score-tracks` and `score-reconstruction` alike, put together.
///
/// Members of one kind only, such as `region` or `waterfall`, may be missing or null.
public struct TrackSummaries: Sendable {
  /// One an event, in the order of the events.
  public var summaries: [JSONValue]

  public init(_ summaries: [JSONValue]) { self.summaries = summaries }

  /// What a report says of them.
  ///
  /// - Parameters:
  ///   - stage: the stage that built the tracks, or scored them if that is not known.
  ///   - method: how they were built, in words.
  ///   - parameters: those of that stage, an object.
  ///   - warning: what is to be added to what the scores are of.
  public func section(
    stage: String, method: String, parameters: JSONValue, warning: String = ""
  ) -> RunReport.Tracks {
    let scores = summaries.compactMap { $0["score"]?.doubleValue }
    return RunReport.Tracks(
      stage: stage, method: method, parameters: parameters, scoreOf: scoreOf + warning,
      score: mean(scores), scoreUncertainty: uncertainty(scores),
      ceiling: mean(summaries.compactMap(Self.ceiling)), region: region,
      events: summaries.map(Self.event),
      efficiencyByPT: efficiency(summaries.compactMap { $0["pT"] }, unit: "GeV"),
      efficiencyByEta: efficiency(summaries.compactMap { $0["eta"] }, unit: nil),
      waterfall: waterfall)
  }

  /// How a stage builds tracks: from a graph by its method, otherwise by its kind, and method if any.
  public static func method(of kind: any StageKind, parameters: JSONValue) -> String {
    let method = parameters["method"]?.stringValue
    guard kind.name != "build-tracks" else { return method ?? "" }
    return kind.name + (method.map { ", \($0)" } ?? "")
  }

  private static func event(of summary: JSONValue) -> RunReport.TrackEvent {
    RunReport.TrackEvent(
      event: summary["event"]?.intValue ?? 0, score: summary["score"]?.doubleValue,
      ceiling: ceiling(of: summary), regionScore: summary["region"]?["score"]?.doubleValue,
      regionCeiling: summary["region"]?["ceiling"]?.doubleValue,
      tracks: summary["tracks"]?.intValue ?? 0,
      hitsOnTracks: summary["hitsOnTracks"]?.intValue ?? 0,
      efficiency: summary["efficiency"]?.doubleValue,
      fakeRate: summary["fakeRate"]?.doubleValue,
      duplicateRate: summary["duplicateRate"]?.doubleValue)
  }

  /// Of a graph what its true edges allow, of a reconstruction what its triplets do.
  private static func ceiling(of summary: JSONValue) -> Double? {
    summary["ceiling"]?.doubleValue ?? waterfall(of: summary)?.triplets.sum
  }

  private static func waterfall(of summary: JSONValue) -> LossWaterfall? {
    summary["waterfall"].flatMap(LossWaterfall.init(json:))
  }

  private var scoreOf: String {
    let words = Set(summaries.compactMap { $0["scoreOf"]?.stringValue }).sorted()
    return words.isEmpty && !summaries.isEmpty ? "the event" : words.joined(separator: "; ")
  }

  private var region: RunReport.Region? {
    let regions = summaries.compactMap { $0["region"] }.filter { $0 != .null }
    return regions.first.map { first in
      RunReport.Region(
        score: mean(regions.compactMap { $0["score"]?.doubleValue }),
        scoreOf: first["scoreOf"]?.stringValue ?? "",
        ceiling: mean(regions.compactMap { $0["ceiling"]?.doubleValue }))
    }
  }

  /// The mean over the events that have one.
  private var waterfall: RunReport.Waterfall? {
    let events = summaries.compactMap { summary in
      Self.waterfall(of: summary).map { (event: summary["event"]?.intValue ?? 0, waterfall: $0) }
    }
    guard let mean = LossWaterfall.mean(of: events.map(\.waterfall)) else { return nil }
    return RunReport.Waterfall(
      mean: RunReport.Ledger(mean),
      events: events.map {
        RunReport.WaterfallEvent(event: $0.event, ledger: RunReport.Ledger($0.waterfall))
      })
  }

  private func efficiency(_ counts: [JSONValue], unit: String?) -> RunReport.BinnedEfficiency? {
    let counts = counts.filter { $0 != .null }
    guard let first = counts.first else { return nil }
    var sum = RunReport.BinnedEfficiency(
      unit: unit, binEdges: first.numbers("binEdges"), found: first.integers("found"),
      total: first.integers("total"))
    for one in counts.dropFirst() {
      sum.found = zip(sum.found, one.integers("found")).map(+)
      sum.total = zip(sum.total, one.integers("total")).map(+)
    }
    return sum
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Standard error of the mean; nil for fewer than two values.
  private func uncertainty(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
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
    self.init(name: name, primary: pair.primary, secondary: pair.secondary)
  }
}
