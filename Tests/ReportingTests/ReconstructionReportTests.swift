import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct ReconstructionReportTests {
  private let report = SampleReconstruction.report

  @Test func pageAndJSONKeepTheirForm() throws {
    try Golden.expect(HTMLReport.page(of: report), is: "reconstruction.html")
    try Golden.expect(report.json.prettyText + "\n", is: "reconstruction.json")
  }

  @Test func waterfallPlotKeepsItsForm() throws {
    let steps = try #require(report.results.tracks[0].waterfall?.mean.steps)
    let svg = WaterfallPlot(title: "Waterfall", steps: steps).svg(standalone: true)
    try Golden.expect(svg, is: "waterfall.svg")
    _ = try MarkupContent(of: svg)
    let fall = FallPlot(title: "Losses", steps: steps).svg(standalone: true)
    try Golden.expect(fall, is: "fall.svg")
    _ = try MarkupContent(of: fall)
    #expect(FallPlot(title: "", steps: Array(steps.prefix(1))).svg().contains(">no data<"))
    let odd = [RunReport.LedgerEntry(name: "hits", primary: .nan, secondary: 2)]
    #expect(WaterfallPlot(title: "", steps: odd).svg().contains(">no data<"))
    #expect(WaterfallPlot(title: "", steps: []).svg().contains(">no data<"))
  }

  @Test func reportIsReadBackAsItWasWritten() throws {
    let text = report.json.prettyText
    let read = try RunReport(
      json: JSONDocument(parsing: Array(text.utf8), file: "report.json").root)
    #expect(read == report)
    #expect(read.json.prettyText == text)
  }

  @Test func reportWithoutWaterfallHasNoSuchMember() throws {
    let tracks = try #require(SampleReport.report.json["results"]?["tracks"]?.arrayValue?.first)
    #expect(tracks.members?.contains { $0.name == "waterfall" } == false)
    let page = HTMLReport.page(of: SampleReport.report)
    #expect(!page.contains("Where the score is lost") && !page.contains("triplets"))
  }

  @Test func buildersOfTheWholeDetectorAreComparedWithoutARegion() throws {
    let page = try MarkupContent(of: HTMLReport.page(of: report)).text
    #expect(page.contains("Track builders, means over events"))
    #expect(page.contains("9,800"))
    #expect(page.contains("0.9450 ± 0.0012"))
    #expect(page.contains("reconstruct-by-cuts, kalman"))
    #expect(!page.contains("In the region") && !page.contains("Threshold"))
  }

  @Test func summarySaysStepByStepWhereTheScoreIsLost() {
    let lines = ReportSummary.lines(of: report)
    #expect(
      lines == [
        "reconstruction: score 0.9450 ± 0.0012 of the full event, tracks of stage networks",
        "ceiling 0.9380 (the score if exactly the true triplets were kept)",
        "score at most, after                primaries  secondaries          sum",
        "  all hits                             0.8400       0.1600       1.0000",
        "  layer pairs                          0.8380       0.1480       0.9860",
        "  candidates                           0.8350       0.1360       0.9710",
        "  edge filter                          0.8310       0.1240       0.9550",
        "  triplets                             0.8250       0.1130       0.9380",
        "  score                                0.8280       0.1170       0.9450",
        "lost                                primaries  secondaries          sum",
        "  not found, no hit on a track         0.0020       0.0260       0.0280",
        "  not found, track too short           0.0030       0.0060       0.0090",
        "  not found, track impure              0.0010       0.0040       0.0050",
        "  found, hit on no track               0.0030       0.0050       0.0080",
        "  found, hit on another track          0.0030       0.0020       0.0050",
        "events: 3 of 3 scored",
      ])
  }
}
