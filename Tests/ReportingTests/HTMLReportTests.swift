import Foundation
import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct HTMLReportTests {
  @Test func pageKeepsItsForm() throws {
    try Golden.expect(HTMLReport.page(of: SampleReport.report), is: "report.html")
  }

  @Test func pageIsWellFormedAndNeedsNothingElse() throws {
    for report in [SampleReport.report, SampleReport.empty] {
      let page = HTMLReport.page(of: report)
      let content = try MarkupContent(of: page)
      #expect(content.elements["html"] == 1)
      // Markup of our own is not escaped a second time.
      #expect(content.elements["svg", default: 0] >= 3)
      #expect(content.elements["table", default: 0] >= 4)
      #expect(!content.text.contains("&") && !content.text.contains("</"))
      for element in ["link", "img", "iframe", "object"] {
        #expect(content.elements[element] == nil)
      }
      #expect(content.attributes.isDisjoint(with: ["src", "srcset", "data"]))
      #expect(!page.contains("url("))
      #expect(!page.contains("@import"))
      #expect(!page.contains("://"))
      #expect(!page.contains("{{"))
    }
  }

  @Test func pageSaysLoudlyWhatIsMissing() throws {
    let page = try MarkupContent(of: HTMLReport.page(of: SampleReport.report)).text
    #expect(page.contains("0.4375 ± 0.0123"))
    #expect(page.contains("3 of 5 events were scored. The score says nothing about the others."))
    #expect(page.contains("events 1003, 1004 at graphs: hits.csv:7: x is \"abc\""))
    var whole = SampleReport.report
    whole.results.headline.setAside = []
    whole.results.headline.eventsScored = 5
    #expect(!HTMLReport.page(of: whole).contains("class=\"banner\""))
    whole.results.headline.eventsScored = 4
    #expect(HTMLReport.page(of: whole).contains("class=\"banner\""))
  }

  @Test func aRunThatScoresNoTracksShowsItsEdgesAndSpeaksOfNoScore() throws {
    var report = SampleReport.report
    report.results.tracks = []
    report.results.headline = RunReport.Headline(
      score: nil, scoreOf: "nothing", eventsScored: 0, eventsAsked: 0)
    report.run.stages[1].tasks = 3
    var text = try MarkupContent(of: HTMLReport.page(of: report)).text
    #expect(text.contains("AUC of the edges"))
    #expect(text.contains("0.9540"))
    #expect(text.contains("3 of 3"))
    #expect(!text.contains("score"))
    #expect(!HTMLReport.page(of: report).contains("class=\"banner\""))
    report.run.stages[1].tasks = 4
    text = try MarkupContent(of: HTMLReport.page(of: report)).text
    #expect(text.contains("3 of 4 events had their edges classified"))
  }

  @Test func numbersThatDoNotExistAreNeverShownAsZeroOrNaN() throws {
    var report = SampleReport.report
    report.results.headline.score = .nan
    report.results.edges[0].events[0].auc = nil
    report.results.edges[0].events[0].purity = .nan
    report.results.tracks[0].score = .infinity
    report.results.training[0].curve[0].loss = .nan
    let text = try MarkupContent(of: HTMLReport.page(of: report)).text
    #expect(text.contains("no score"))
    #expect(!HTMLReport.page(of: report).contains(">nan<"))
    #expect(!HTMLReport.page(of: report).contains(">inf<"))
    #expect(
      HTMLReport.page(of: report).contains("<td class=\"figure\" data-key=\"\">–</td>"))
  }

  @Test func manyTrainingsAreATableWithTheirCurvesBehindIt() throws {
    var report = SampleReport.report
    let open = try MarkupContent(of: HTMLReport.page(of: report))
    report.results.training = (1...5).map { number in
      var training = SampleReport.training
      training.stage = "network-\(number)"
      return training
    }
    let folded = try MarkupContent(of: HTMLReport.page(of: report))
    // Every curve is there, and its numbers: a loss, an AUC, a norm and a rate each.
    #expect(folded.elements["svg", default: 0] == open.elements["svg", default: 0] + 4 * 4)
    #expect(folded.text.contains("Curves of stage network-4"))
    #expect(!open.text.contains("Curves of stage"))
  }

  @Test func ratesOfTracksSayByWhatTheyAreBinned() throws {
    let page = try MarkupContent(of: HTMLReport.page(of: SampleReport.report)).text
    #expect(page.contains("Fake rate against radius of the first hit"))
    #expect(page.contains("radius of the first hit (mm)"))
    #expect(page.contains("hits on the track"))
    #expect(page.contains("62 more are in no bin"))
    var bare = SampleReport.report
    for index in bare.results.tracks.indices {
      bare.results.tracks[index].efficiency = RunReport.BinnedRates()
      bare.results.tracks[index].fakes = RunReport.BinnedRates()
    }
    #expect(!HTMLReport.page(of: bare).contains("id=\"rates\""))
  }

  /// Puts the text in place of every string of a report but the name of its format.
  private func replaceStrings(in value: JSONValue, by text: String) -> JSONValue {
    switch value {
    case .string(RunReport.format): value
    case .string: .string(text)
    case .array(let values): .array(values.map { replaceStrings(in: $0, by: text) })
    case .object(let members):
      .object(
        members.map { JSONMember(name: $0.name, value: replaceStrings(in: $0.value, by: text)) })
    default: value
    }
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "\"\u{301} onmouseover=alert(1) x=\"",
    "'><img src=x onerror=alert(1)>", "</title></style></script><b>", "{{title}}{{{x}}}{{> page}}",
    "&lt;script&gt;", "\u{0}\u{1B}[31m\u{FFFF}\u{202E}", "]]>", "<!--", "e\u{301}🦕",
  ])
  func stringsFromOutsideStayText(hostile: String) throws {
    var report = try RunReport(json: replaceStrings(in: SampleReport.report.json, by: hostile))
    var plain = try RunReport(json: replaceStrings(in: SampleReport.report.json, by: "qqqqqqqq"))
    // A workflow is shown as JSON, which has escapes of its own: it is counted no further.
    #expect(try MarkupContent(of: HTMLReport.page(of: report)).elements["pre"] == 1)
    report.run.workflow = .null
    plain.run.workflow = .null
    let content = try MarkupContent(of: HTMLReport.page(of: report))
    let expected = try MarkupContent(of: HTMLReport.page(of: plain))
    // Not one element or attribute more than a harmless text gives.
    #expect(content.elements == expected.elements)
    #expect(content.attributes == expected.attributes)
    if !hostile.unicodeScalars.contains("\u{1B}") {
      // As often as a harmless text: escaped once, everywhere.
      #expect(
        content.text.components(separatedBy: hostile).count
          == expected.text.components(separatedBy: "qqqqqqqq").count)
    }
  }

  @Test func pageIsTheSameEveryTime() {
    #expect(
      HTMLReport.page(of: SampleReport.report) == HTMLReport.page(of: SampleReport.report))
  }
}
