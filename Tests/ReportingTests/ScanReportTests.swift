import Foundation
import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct ScanReportTests {
  @Test func pointsAreHeldAgainstTheBestEventByEvent() throws {
    let scan = SampleScan.scan
    #expect(scan.best == 1)
    #expect(scan.points.map(\.mean) == [0.5, 0.6875, 1.375 / 3])
    #expect(scan.points.map(\.events) == [4, 4, 3])
    #expect(scan.points.map(\.commonEvents) == [4, 4, 3])
    #expect(scan.points[1].difference == nil)
    // -0.25, -0.125, -0.25, -0.125: mean -0.1875, variance 0.0625² · 4 / 3.
    #expect(scan.points[0].difference == -0.1875)
    let error = try #require(scan.points[0].differenceUncertainty)
    #expect(abs(error - (0.0625 * 0.0625 / 3).squareRoot()) < 1e-15)
    // It is far smaller than what the two scores' own uncertainties would give.
    let own = try #require(scan.points[0].uncertainty)
    #expect(abs(own - (0.125 / 3 / 4).squareRoot()) < 1e-15)
    // Of three events only: -0.25, -0.25, -0.25.
    #expect(scan.points[2].difference == -0.25)
    #expect(scan.points[2].differenceUncertainty == 0)
    #expect(scan.points[2].efficiency == 0.9)
    #expect(abs(try #require(scan.points[2].fakeRate) - 0.1) < 1e-15)
  }

  @Test func ofEquallyGoodPointsTheFirstIsBestAndWithoutEventsNoneIs() {
    func best(_ scores: [[Double]]) -> Int? {
      RunReport.Scan(
        stage: "s", parameters: [RunReport.ScanParameter(name: "a.b")],
        tracks: scores.map { ([1], SampleScan.tracks(0.5, $0)) }
      ).best
    }
    #expect(best([[0.5], [0.5], [0.25]]) == 0)
    #expect(best([[], [0.25]]) == 1)
    #expect(best([[], []]) == nil)
    #expect(best([]) == nil)
  }

  @Test func edgesAreComparedByTheirAUC() {
    func edges(_ aucs: [Double?]) -> RunReport.Edges {
      RunReport.Edges(
        stage: "e", threshold: 0.5,
        events: aucs.enumerated().map { index, auc in
          RunReport.EdgeEvent(
            event: index, nodes: 1, edges: 1, trueEdges: 1, auc: auc, averagePrecision: nil,
            purity: 0.25, efficiency: 0.75, accuracy: nil)
        })
    }
    let scan = RunReport.Scan(
      stage: "edges", parameters: [RunReport.ScanParameter(name: "train.hidden")],
      edges: [([8], edges([0.5, 0.75])), ([16], edges([nil, 0.875]))])
    #expect(scan.measure == .auc)
    #expect(scan.best == 1)
    #expect(scan.points[0].difference == -0.125)
    #expect(scan.points[0].differenceUncertainty == nil)
    #expect(scan.points.map(\.purity) == [0.25, 0.25])
  }

  @Test func theReportIsReadBackAsItWasWritten() throws {
    let report = SampleScan.report
    let text = report.json.prettyText
    let read = try RunReport(
      json: try JSONDocument(parsing: Array(text.utf8), file: "report.json").root)
    #expect(read == report)
    #expect(report.json["results"]?["scans"]?.arrayValue?[0]["best"] == 1)
    #expect(report.json["results"]?["scans"]?.arrayValue?[0]["points"]?.arrayValue?.count == 3)
  }

  @Test func aReportOfBeforeThereWereScansIsReadToo() throws {
    let json = try #require(SampleReport.report.json.members)
    let old = json.map { member in
      member.name == "results"
        ? JSONMember(
          name: "results",
          value: .object((member.value.members ?? []).filter { $0.name != "scans" })) : member
    }
    #expect(try RunReport(json: .object(old)) == SampleReport.report)
  }

  @Test func thePageKeepsItsForm() throws {
    let page = HTMLReport.page(of: SampleScan.report)
    try Golden.expect(page, is: "scan.html")
    let content = try MarkupContent(of: page)
    #expect(content.text.contains("Stage score against tracks.threshold"))
    #expect(content.text.contains("-0.1875 ± 0.0361"))
    #expect(content.text.contains("tracks.threshold (GeV)"))
  }

  @Test func thePlotKeepsItsForm() throws {
    let plot = ScanPlot(
      title: "Score against tracks.threshold", horizontalLabel: "tracks.threshold",
      verticalLabel: "score",
      series: [
        ScanPlot.Series(
          name: "one",
          points: [
            ScanPlot.Point(value: 0.7, mean: 0.6, uncertainty: 0.01),
            ScanPlot.Point(value: 0.5, mean: 0.5, uncertainty: nil),
            ScanPlot.Point(value: 0.9, mean: 0.55, uncertainty: 0.02),
            ScanPlot.Point(value: .nan, mean: 0.5, uncertainty: 0.1),
          ]),
        ScanPlot.Series(name: "two", points: [ScanPlot.Point(value: 0.6, mean: 0.58)]),
        ScanPlot.Series(name: "none", points: []),
      ])
    try Golden.expect(plot.svg(standalone: true), is: "scan.svg")
  }

  @Test(arguments: [[], [(1.0, 0.5)], [(1e-9, 0.1), (1, 0.2)], [(0, 0.1), (0, 0.1)]])
  func aPlotOfFewOrOddPointsIsSound(points: [(Double, Double)]) throws {
    let plot = ScanPlot(
      title: "t", horizontalLabel: "x", verticalLabel: "y",
      series: [
        ScanPlot.Series(
          name: "s",
          points: points.map { ScanPlot.Point(value: $0.0, mean: $0.1, uncertainty: .infinity) })
      ])
    let svg = plot.svg(standalone: true)
    _ = try MarkupContent(of: svg)
    #expect(!svg.lowercased().contains("nan") && !svg.contains("inf"))
    #expect(svg.contains("no data") == points.isEmpty)
  }

  @Test func theLinesAtTheEndOfARunShowThePoints() {
    let lines = ReportSummary.lines(of: SampleScan.report)
    #expect(
      lines == [
        "scan: score 0.6875 of the full event, tracks of stage tracks[threshold=0.7]",
        "events: 4 of 4 scored", "scan at stage score, 3 points, by the score:",
        "  threshold   score             to the best, by event   efficiency   fakes",
        "  0.5         0.5000 ± 0.1021   -0.1875 ± 0.0361        50.00 %      50.00 %",
        "  0.7         0.6875 ± 0.1083   best                    70.00 %      30.00 %",
        "  0.9         0.4583 ± 0.1502   -0.2500 ± 0.0000        90.00 %      10.00 %",
      ])
  }

  @Test func ofManyPointsTheBestAreShown() {
    var report = SampleScan.report
    report.results.scans = [
      RunReport.Scan(
        stage: "score", parameters: [RunReport.ScanParameter(name: "a.b")],
        tracks: (0..<30).map { index in
          ([.integer(index)], SampleScan.tracks(0.5, [Double((index * 7) % 30) / 30]))
        })
    ]
    let lines = ReportSummary.lines(of: report)
    #expect(lines.count == 2 + 2 + 20 + 1)
    #expect(lines.last == "  and 10 points of a lower one in the report")
    #expect(lines.contains { $0.contains("best ") && $0.hasPrefix("  17 ") })
  }
}
