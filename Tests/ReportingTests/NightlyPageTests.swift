import Reporting
import TestSupport
import Testing

@Suite struct NightlyPageTests {
  @Test func pageKeepsItsForm() throws {
    try Golden.expect(NightlyPage.page(of: SampleNights.history), is: "nightly.html")
  }

  static let histories: [NightHistory] = {
    let all = SampleNights.history
    let failed = (1...3).map { SampleNights.failed($0, "no space left") }
    let running = Night(id: "now", workflow: "sample", started: SampleNights.firstNight)
    return [
      all, NightHistory(workflow: "none", nights: []),
      NightHistory(workflow: "one", nights: [SampleNights.night(1)]),
      NightHistory(workflow: "failed", nights: failed),
      NightHistory(workflow: "running", nights: [running]),
    ]
  }()

  @Test(arguments: histories.indices)
  func pageIsWellFormedAndNeedsNothingElse(index: Int) throws {
    let page = NightlyPage.page(of: Self.histories[index])
    let content = try MarkupContent(of: page)
    #expect(content.elements["html"] == 1 && content.elements["table", default: 0] >= 1)
    for element in ["link", "img", "iframe", "object", "b"] {
      #expect(content.elements[element] == nil)
    }
    #expect(content.attributes.isDisjoint(with: ["src", "srcset", "data"]))
    for text in ["url(", "@import", "://", "{{"] { #expect(!page.contains(text)) }
  }

  @Test func pageSaysWhatIsWrongAndLeadsToTheReports() throws {
    let page = NightlyPage.page(of: SampleNights.history)
    let text = try MarkupContent(of: page).text
    #expect(text.contains("The last night is a regression against 20250102T025000Z."))
    #expect(text.contains("the workflow <b>small</b> can't be read"))
    #expect(text.contains("passed over: history/cut.json:1:1: an object was expected"))
    #expect(page.contains("<a href=\"nights/20250104T025000Z/report.html\">20250104T025000Z</a>"))
    #expect(!page.contains("href=\"nights/20250103T025000Z"))
    let good = NightHistory(
      workflow: "sample", nights: Array(SampleNights.history.nights.prefix(2)))
    #expect(!NightlyPage.page(of: good).contains("class=\"banner\""))
    #expect(
      try MarkupContent(of: NightlyPage.page(of: Self.histories[3])).text.contains(
        "The last night failed."))
  }

  @Test func manyNightsStayOnePage() throws {
    var nights: [Night] = []
    for day in 1...28 {
      let shift = Double(day % 5) * 0.0001
      nights.append(
        SampleNights.judged(
          SampleNights.night(day, SampleNights.report(shift: shift)), after: nights))
    }
    let page = NightlyPage.page(of: NightHistory(workflow: "sample", nights: nights))
    _ = try MarkupContent(of: page)
    #expect(page.contains("28 nights, the last on 2025-01-28 02:50 UTC on node1"))
    #expect(page.contains(">6 Jan<") && page.contains(">13 Jan<"))
  }

  private func trend(_ nights: [TrendPlot.Night]) -> String {
    TrendPlot(title: "Score by night", verticalLabel: "score", nights: nights).svg(standalone: true)
  }

  private func ticks(_ times: [Double]) -> [String] {
    trend(times.map { TrendPlot.Night(time: $0, value: 1) })
      .split(separator: "\n").filter { $0.contains("class=\"tick\"") && $0.contains("middle") }
      .map { String($0.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }) }
  }

  @Test func trendKeepsItsForm() throws {
    let day = 86400.0
    let start = SampleNights.firstNight
    let nights = [
      TrendPlot.Night(time: start, value: 0.9, uncertainty: 0.01),
      TrendPlot.Night(time: start + day, value: 0.91, uncertainty: 0.01, isMarked: true),
      TrendPlot.Night(time: start + 2 * day, value: nil),
      TrendPlot.Night(
        time: start + 3 * day, value: 0.87, uncertainty: nil, isMarked: true, isRegression: true),
      TrendPlot.Night(time: start + 4 * day, value: 0.905, uncertainty: 0.02),
    ]
    try Golden.expect(trend(nights), is: "trend.svg")
    #expect(trend([]).contains("no data"))
    #expect(!trend([TrendPlot.Night(time: .nan, value: 1)]).contains("nan"))
  }

  @Test func datesFitTheTimeThatTheNightsCover() {
    let start = SampleNights.firstNight
    #expect(ticks([start, start + 3600]) == ["02:00", "03:00", "04:00"])
    #expect(ticks([start, start + 2 * 86400]) == ["12:00", "2 Jan", "12:00", "3 Jan"])
    #expect(
      ticks([start, start + 38 * 86400])
        == ["6 Jan", "13 Jan", "20 Jan", "27 Jan", "3 Feb"])
    #expect(
      ticks([start, start + 200 * 86400]) == [
        "Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025", "Jun 2025", "Jul 2025",
      ])
    #expect(ticks([start, start + 3000 * 86400]) == ["2026", "2028", "2030", "2032"])
    #expect(ticks([start]).isEmpty == false)
  }
}
