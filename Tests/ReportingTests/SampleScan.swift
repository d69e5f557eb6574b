import JSONDocument
import Reporting

/// A made-up report of a scan of three thresholds, of which the middle one is best.
enum SampleScan {
  /// By threshold, the scores of the events 1 to 4; 0.9 has none of the last event.
  static let scores: [(threshold: Double, scores: [Double])] = [
    (0.5, [0.25, 0.5, 0.75, 0.5]), (0.7, [0.5, 0.625, 1, 0.625]), (0.9, [0.25, 0.375, 0.75]),
  ]

  static func tracks(_ threshold: Double, _ scores: [Double]) -> RunReport.Tracks {
    RunReport.Tracks(
      stage: "tracks[threshold=\(threshold)]", method: "greedy",
      parameters: ["threshold": .number(threshold)], scoreOf: "the full event",
      score: scores.reduce(0, +) / Double(scores.count),
      events: scores.enumerated().map { index, score in
        RunReport.TrackEvent(
          event: index + 1, score: score, tracks: 100, hitsOnTracks: 900,
          efficiency: threshold, fakeRate: index == 0 ? nil : 1 - threshold, duplicateRate: 0.25)
      })
  }

  static var scan: RunReport.Scan {
    RunReport.Scan(
      stage: "score", parameters: [RunReport.ScanParameter(name: "tracks.threshold", unit: "GeV")],
      tracks: scores.map { ([.number($0.threshold)], tracks($0.threshold, $0.scores)) })
  }

  static var report: RunReport {
    var report = SampleReport.empty
    report.workflow = "scan"
    report.results = RunReport.Results(
      headline: RunReport.Headline(
        score: 0.6875, scoreOf: "the full event", trackBuilder: "tracks[threshold=0.7]",
        eventsScored: 4, eventsAsked: 4),
      tracks: scores.map { tracks($0.threshold, $0.scores) }, scans: [scan])
    return report
  }
}
