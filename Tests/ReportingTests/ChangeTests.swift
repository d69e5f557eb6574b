import JSONDocument
import Reporting
import TestSupport
import Testing

/// A run held against the run before.
@Suite struct ChangeTests {
  private func moved(by differences: [Double], events: [Int] = SampleReport.events) -> RunReport {
    var report = SampleReport.report
    report.run.id = "20250102T120000-sample"
    report.results.tracks[0].events = zip(
      report.results.tracks[0].events, zip(events, differences)
    ).map { event, change in
      var event = event
      event.event = change.0
      event.score = event.score.map { $0 + change.1 }
      return event
    }
    return report
  }

  private func compared(_ now: RunReport, differences: [String] = []) -> RunReport.Change? {
    RunReport.Change(from: SampleReport.report, to: now, differences: differences)
  }

  @Test func changeIsOfTheHeadlineEventByEvent() throws {
    var now = moved(by: [0.25, -0.125, 0.25])
    let change = try #require(compared(now, differences: ["a 1 -> 2", "b 3 -> 4"]))
    #expect(change.figure == "score" && change.run == SampleReport.run.id)
    #expect(change.mean == 0.125 && change.standardError == 0.125)
    #expect(change.better == 2 && change.worse == 1)
    #expect(change.events.map(\.difference) == [0.25, -0.125, 0.25])
    now.run.change = change
    #expect(
      ReportSummary.lines(of: now)[1]
        == "change: +0.1250 ± 0.1250 since run 20250101T120000-sample, over 3 events that both have:"
        + " 2 better, 1 worse; a 1 -> 2, and 1 more difference")
    let page = try MarkupContent(of: HTMLReport.page(of: now)).text
    #expect(page.contains("Change since the run before") && page.contains("+0.1250 ± 0.1250"))
    #expect(page.contains("a 1 -> 2; b 3 -> 4"))
    #expect(page.contains("-0.1250"))
    #expect(try RunReport(json: now.json) == now)
    // It differs from run to run, and is no result.
    #expect(now.json["results"] == moved(by: [0.25, -0.125, 0.25]).json["results"])
    #expect(now.json["run"]?["change"]?["better"] == 2)
  }

  @Test func resultsThatAreTheSameDidNotChange() throws {
    var now = moved(by: [0, 0, 0])
    now.run.change = compared(now)
    #expect(
      ReportSummary.lines(of: now)[1]
        == "change: none since run 20250101T120000-sample, over 3 events that both have")
    #expect(HTMLReport.page(of: now).contains("neither the workflow nor the program changed"))
  }

  @Test func otherEventsAreSaidAndNotCompared() throws {
    var now = moved(by: [0.25, 0, 0], events: [1000, 2000, 2001])
    let some = try #require(compared(now))
    #expect(some.mean == 0.25 && some.standardError == nil)
    #expect(some.onlyBefore == 2 && some.onlyNow == 2)
    now = moved(by: [0, 0, 0], events: [1, 2, 3])
    now.run.change = compared(now)
    #expect(now.run.change?.mean == nil)
    #expect(
      ReportSummary.lines(of: now)[1]
        == "change: – since run 20250101T120000-sample, over no event that both have")
    #expect(try RunReport(json: now.json) == now)
  }

  @Test func runsOfEdgesAreComparedByTheirAUCAndWithNoScores() throws {
    var edges = SampleReport.report
    edges.results.tracks = []
    edges.results.headline = SampleReport.empty.results.headline
    #expect(compared(edges) == nil)
    let same = try #require(RunReport.Change(from: edges, to: edges, differences: []))
    #expect(same.figure == "edge AUC" && same.mean == 0 && same.events.count == 3)
    edges.run.change = same
    #expect(HTMLReport.page(of: edges).contains("Change of the AUC since the run before"))
    let empty = SampleReport.empty
    #expect(RunReport.Change(from: empty, to: empty, differences: [])?.events.isEmpty != false)
  }
}
