import JSONDocument
import Reporting
import TestSupport
import Testing

/// A study of graphs whose tracks say where their score is lost.
@Suite struct GraphReportTests {
  /// The sample report with a waterfall; without particles primaries are not known apart.
  private func report(isSplit: Bool) -> RunReport {
    let ledgers = [0.0, 0.002].map { shift in
      RunReport.Ledger(
        steps: [
          ("hits", 1.0), ("selection", 0.5), ("edges", 0.25 + shift), ("classifier", 0.2),
          ("score", 0.125),
        ].map { name, sum in
          isSplit
            ? RunReport.LedgerEntry(name: name, primary: sum * 0.75, secondary: sum * 0.25)
            : RunReport.LedgerEntry(name: name, primary: nil, secondary: nil, sum: sum)
        }, losses: [])
    }
    var report = SampleReport.report
    report.results.tracks[0].waterfall = RunReport.Waterfall(
      mean: ledgers[0],
      events: zip(SampleReport.events, ledgers).map {
        RunReport.WaterfallEvent(event: $0, ledger: $1)
      })
    return report
  }

  @Test(arguments: [true, false])
  func pageShowsTheStepsFromOneDownToTheScore(isSplit: Bool) throws {
    let page = try MarkupContent(of: HTMLReport.page(of: report(isSplit: isSplit)))
    for words in [
      "Where the score is lost", "graph's edges", "classifier", "Ceiling of the graphs",
    ] {
      #expect(page.text.contains(words))
    }
    #expect(!page.text.contains("triplets"))
    #expect(page.text.contains("Secondaries lost") == isSplit)
    // There is nothing of losses where they were not measured.
    #expect(!page.text.contains("Weight that is not scored"))
  }

  @Test func summaryHasColumnsOfWhatIsKnown() {
    let lines = ReportSummary.lines(of: report(isSplit: false))
    #expect(lines[1] == "ceiling 0.7500 (the score if exactly the true edges were kept)")
    #expect(
      Array(lines[3...8]) == [
        "score at most, after                      sum",
        "  all hits                             1.0000",
        "  selection                            0.5000",
        "  graph's edges                        0.2500",
        "  classifier                           0.2000",
        "  score                                0.1250",
      ])
    #expect(lines[9] == "events: 3 of 5 scored")
    let split = ReportSummary.lines(of: report(isSplit: true))
    #expect(split[5] == "  selection                            0.3750       0.1250       0.5000")
  }

  @Test(arguments: [true, false])
  func reportIsReadBackAsItWasWritten(isSplit: Bool) throws {
    let report = report(isSplit: isSplit)
    #expect(try RunReport(json: report.json) == report)
  }

  @Test func barsThatAreNotSplitHaveOnePart() throws {
    let steps = try #require(report(isSplit: false).results.tracks[0].waterfall?.mean.steps)
    let svg = WaterfallPlot(title: "Waterfall", steps: steps).svg()
    #expect(svg.contains(">scored<") && !svg.contains(">primaries<"))
    // What a step takes is told in the bar, and what is left above it.
    #expect(svg.contains(">−0.500<") && svg.contains(">0.125<"))
    #expect(FallPlot(title: "Losses", steps: steps).svg().contains(">−0.2500<"))
  }
}
