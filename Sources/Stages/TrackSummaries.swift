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
      efficiency: rates("efficiency"), fakes: rates("fakeRate"),
      duplicates: rates("duplicateRate"), waterfall: waterfall)
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
      hits: summary["hits"]?.intValue, tracks: summary["tracks"]?.intValue ?? 0,
      matchedTracks: summary["matchedTracks"]?.intValue,
      hitsOnTracks: summary["hitsOnTracks"]?.intValue ?? 0,
      efficiency: summary["efficiency"]?.doubleValue,
      fakeRate: summary["fakeRate"]?.doubleValue,
      duplicateRate: summary["duplicateRate"]?.doubleValue)
  }

  /// Of a graph what its true edges allow, of a reconstruction what its triplets do.
  private static func ceiling(of summary: JSONValue) -> Double? {
    summary["ceiling"]?.doubleValue
      ?? summary["waterfall"].flatMap(LossWaterfall.init(json:))?.triplets.sum
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

  /// A rate in bins of every quantity, added up over the events; empty where none is told.
  private func rates(_ name: String) -> RunReport.BinnedRates {
    let all = summaries.compactMap { $0["rates"]?[name] }
    func sum(_ quantity: String, unit: String?) -> RunReport.BinnedEfficiency? {
      let counts = all.compactMap { $0[quantity] }.filter { $0 != .null }
      guard let first = counts.first else { return nil }
      var sum = RunReport.BinnedEfficiency(
        unit: unit, binEdges: first.numbers("binEdges"), found: first.integers("found"),
        total: first.integers("total"), unknown: first["unknown"]?.intValue ?? 0)
      for one in counts.dropFirst() {
        sum.found = zip(sum.found, one.integers("found")).map(+)
        sum.total = zip(sum.total, one.integers("total")).map(+)
        sum.unknown += one["unknown"]?.intValue ?? 0
      }
      // Without any known value there is nothing to look at, such as radii without particles.
      return sum.total.contains { $0 > 0 } ? sum : nil
    }
    return RunReport.BinnedRates(
      pT: sum("pT", unit: "GeV"), eta: sum("eta", unit: nil), hits: sum("hits", unit: nil),
      radius: sum("radius", unit: "mm"))
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
