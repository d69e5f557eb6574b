import JSONDocument
import Reporting

/// A small made-up report of a reconstruction of the whole detector, beside a baseline.
enum SampleReconstruction {
  static var report: RunReport {
    var report = SampleReport.report
    report.workflow = "reconstruction"
    let tracks = [
      tracks(stage: "networks", method: "reconstruct-tracks", loss: 0),
      tracks(stage: "baseline", method: "reconstruct-by-cuts, kalman", loss: 0.11),
    ]
    report.results = RunReport.Results(
      headline: RunReport.Headline(
        score: tracks[0].score, scoreUncertainty: 0.0012, scoreOf: "the full event",
        ceiling: tracks[0].ceiling, trackBuilder: "networks", eventsScored: 3, eventsAsked: 3),
      passes: [
        RunReport.Pass(
          number: 1, doublets: SampleEdges.doublets, triplets: SampleEdges.triplets)
      ], tracks: tracks)
    return report
  }

  static func tracks(stage: String, method: String, loss: Double) -> RunReport.Tracks {
    let base = SampleReport.tracks(stage: stage, shift: 0)
    let ledgers = [-1.0, 0, 1].map { ledger(loss: loss + 0.001 * $0) }
    return RunReport.Tracks(
      stage: stage, method: method, parameters: ["passes": 2], scoreOf: "the full event",
      score: ledgers[1].steps[5].sum, scoreUncertainty: 0.0012, ceiling: ledgers[1].steps[4].sum,
      events: zip(SampleReport.events, ledgers).map { event, ledger in
        RunReport.TrackEvent(
          event: event, score: ledger.steps[5].sum, ceiling: ledger.steps[4].sum, tracks: 9800,
          hitsOnTracks: 98000, efficiency: 0.9 - loss, fakeRate: 0.04, duplicateRate: 0.01)
      },
      efficiency: base.efficiency, fakes: base.fakes,
      waterfall: RunReport.Waterfall(
        mean: ledgers[1],
        events: zip(SampleReport.events, ledgers).map {
          RunReport.WaterfallEvent(event: $0, ledger: $1)
        }))
  }

  /// Figures such as a good reconstruction gives; `loss` more is missing from the score.
  private static func ledger(loss: Double) -> RunReport.Ledger {
    func entries(_ rows: KeyValuePairs<String, (Double, Double)>) -> [RunReport.LedgerEntry] {
      rows.map { RunReport.LedgerEntry(name: $0.key, primary: $0.value.0, secondary: $0.value.1) }
    }
    return RunReport.Ledger(
      steps: entries([
        "hits": (0.84, 0.16), "layerPairs": (0.838, 0.148), "candidates": (0.835, 0.136),
        "filter": (0.831, 0.124), "triplets": (0.825 - loss, 0.113),
        "score": (0.828 - loss, 0.117),
      ]),
      losses: entries([
        "noHitOnTrack": (0.002, 0.026), "tooShort": (0.003, 0.006),
        "impure": (0.001 + loss, 0.004), "unassigned": (0.003, 0.005),
        "onOtherTrack": (0.003, 0.002),
      ]))
  }
}
