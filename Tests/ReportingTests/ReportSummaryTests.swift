import Reporting
import Testing

@Suite struct ReportSummaryTests {
  private let training =
    "training of stage train: notebook network, hidden width 8, 1 pass, 1,234 parameters, 0.256 kFLOP an edge; the weights are those of epoch 5 of 6"

  @Test func summarySaysWhatTheScoreIsOfAndWhatIsMissing() {
    #expect(
      ReportSummary.lines(of: SampleReport.report) == [
        "sample: score 0.4375 ± 0.0123 of the full event, tracks of stage greedy",
        "ceiling 0.7500 (the score if exactly the true edges were kept)",
        "region: score 0.0520 of volumes 8, 13, 17, -50 < z < 50 mm, ceiling 0.8100",
        "events: 3 of 5 scored",
        training,
        "set aside: events 1003, 1004 at graphs: hits.csv:7: x is \"abc\"",
        "set aside: train: one event <less>",
      ])
  }

  @Test func summaryOfARunWithoutScoreClaimsNone() {
    #expect(
      ReportSummary.lines(of: SampleReport.empty) == [
        "empty: no score", "events: 0 of 0 scored",
        "training of stage train: notebook network, hidden width 1, 1 pass, 1 parameter",
      ])
  }

  @Test func summaryOfARunThatScoresNoTracksIsOfItsEdges() {
    var report = SampleReport.report
    report.results.tracks = []
    report.results.headline = SampleReport.empty.results.headline
    let lines = ReportSummary.lines(of: report)
    #expect(
      lines == [
        "sample: edge AUC 0.9540, accuracy 0.8438, purity 0.0625, efficiency 0.8750 above 0.5, edges of stage train",
        "events: 3 of 1 classified", training,
      ])
  }

  @Test func smallScoresKeepTheirDigits() {
    var report = SampleReport.report
    report.results.headline.score = 0.000912
    report.results.headline.scoreUncertainty = 0.000021
    #expect(ReportSummary.lines(of: report)[0].contains("score 0.000912 ± 0.000021 of"))
    report.results.headline.scoreUncertainty = nil
    #expect(ReportSummary.lines(of: report)[0].contains("score 0.00091 of"))
  }

  @Test func linesStayLinesAndControlNoTerminal() {
    var report = SampleReport.report
    report.workflow = "a\u{1B}[2Jb\nc\u{202E}d"
    let lines = ReportSummary.lines(of: report)
    #expect(lines[0].hasPrefix("a\u{FFFD}[2Jb c\u{FFFD}d: score"))
  }
}
