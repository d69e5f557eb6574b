import Foundation
import Reporting
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The JUnit file and the Markdown summary.
@Suite struct SummaryFileTests {
  private let regression = SampleNights.history.nights[3]

  @Test func junitKeepsItsForm() throws {
    try Golden.expect(JUnitReport.text(of: SampleReport.report), is: "report.junit.xml")
    try Golden.expect(
      JUnitReport.text(of: SampleNights.report(shift: -0.02), night: regression),
      is: "night.junit.xml")
    try Golden.expect(
      JUnitReport.text(ofFailed: SampleNights.history.nights[2]), is: "failed.junit.xml")
  }

  @Test func markdownKeepsItsForm() throws {
    try Golden.expect(
      MarkdownReport.text(of: SampleReport.report, links: .init(report: "runs/x y/report.html")),
      is: "report.md")
    try Golden.expect(
      MarkdownReport.text(
        of: SampleNights.report(shift: -0.02), night: regression,
        links: .init(report: "report.html", index: "../../index.html")), is: "night.md")
    try Golden.expect(
      MarkdownReport.text(
        ofFailed: SampleNights.history.nights[2], links: .init(index: "index.html")),
      is: "failed.md")
  }

  @Test func markdownSaysWhatChangedSinceTheRunBefore() {
    var report = SampleNights.report(shift: 0.01)
    report.run.change = RunReport.Change(
      from: SampleNights.report(), to: report, differences: ["tracks.threshold 0.75 -> 0.7"])
    let text = MarkdownReport.text(of: report)
    #expect(
      text.contains(
        "Since the run `20250101T120000-sample`: score +0.01100 ± 0.00058, "
          + "3 events that both have: 3 better, 0 worse\n- `tracks.threshold 0.75 -> 0.7`\n"))
  }

  /// What readers of the format hold files against: elements, their order, attributes, and sums.
  private func expectStructure(_ text: String) throws {
    let document = try XMLDocument(data: Data(text.utf8))
    let root = try #require(document.rootElement())
    #expect(root.name == "testsuites")
    let suites = root.elements(forName: "testsuite")
    #expect(suites.count == root.childCount)
    func number(_ element: XMLElement, _ name: String) -> Int? {
      element.attribute(forName: name)?.stringValue.flatMap { Int($0) }
    }
    var sums: [String: Int] = [:]
    for suite in suites {
      #expect(suite.attribute(forName: "name")?.stringValue?.isEmpty == false)
      if let date = suite.attribute(forName: "timestamp")?.stringValue {
        #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil, "\(date)")
      }
      let cases = suite.elements(forName: "testcase")
      #expect(cases.count == suite.childCount)
      #expect(number(suite, "tests") == cases.count)
      var names: Set<String> = []
      for (kind, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
      {
        let count = cases.count { $0.elements(forName: element).count == 1 }
        #expect(number(suite, kind) == count, "\(kind)")
        sums[kind, default: 0] += count
      }
      sums["tests", default: 0] += cases.count
      for item in cases {
        let name = try #require(item.attribute(forName: "name")?.stringValue)
        #expect(
          item.attribute(forName: "classname")?.stringValue
            == suite.attribute(forName: "name")?.stringValue)
        #expect(names.insert(name).inserted, "\(name)")
        let inner = (item.children ?? []).compactMap(\.name)
        #expect(inner.allSatisfy { ["failure", "error", "skipped", "system-out"].contains($0) })
        #expect(inner.last == "system-out" || inner.count <= 1)
        if let time = item.attribute(forName: "time")?.stringValue {
          #expect(Double(time).map { $0 >= 0 } == true)
        }
      }
    }
    for (name, sum) in sums { #expect(number(root, name) == sum, "\(name)") }
  }

  @Test func junitHasTheStructureThatReadersExpect() throws {
    let reports = [
      SampleReport.report, SampleReconstruction.report, SampleScan.report, SampleNights.report(),
    ]
    for report in reports {
      try expectStructure(JUnitReport.text(of: report))
    }
    for night in SampleNights.history.nights {
      try expectStructure(JUnitReport.text(ofFailed: night))
      try expectStructure(JUnitReport.text(of: SampleNights.report(), night: night))
    }
  }

  @Test func junitNamesEventsWithoutAScore() throws {
    var report = SampleReport.report
    report.results.headline.setAside.removeLast()
    let text = JUnitReport.text(of: report)
    #expect(text.contains("name=\"event 1003\""))
    #expect(text.contains("name=\"event 1004\""))
    // An event of the training was set aside too: which of the three was to be scored is not known.
    report.results.headline.setAside.append(.init(event: 2000, stage: "graphs", reason: "r"))
    let other = JUnitReport.text(of: report)
    #expect(!other.contains("name=\"event 1003\""))
    #expect(other.contains("2 of 5 events were not scored"))
  }

  private static let hostile = "a\"b'<i>&\u{1B}[31m]]>\u{202E} *x* `c` [l](m) |\n# @you $y$ ~z~"

  private var hostileReport: RunReport {
    var report = SampleReport.report
    report.workflow = Self.hostile
    report.run.host = Self.hostile
    report.results.headline.scoreOf = Self.hostile
    report.results.headline.setAside = [
      .init(event: 1003, stage: Self.hostile, reason: Self.hostile)
    ]
    for index in report.run.stages.indices { report.run.stages[index].name += Self.hostile }
    return report
  }

  @Test func textFromOutsideIsNoMarkupInJUnit() throws {
    let text = JUnitReport.text(of: hostileReport)
    try expectStructure(text)
    #expect(!text.contains("<i>") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
    let failed = Night(
      id: "x", workflow: Self.hostile, started: 0, state: .failed, reason: Self.hostile)
    try expectStructure(JUnitReport.text(ofFailed: failed))
  }

  @Test func textFromOutsideIsNoMarkupInMarkdown() throws {
    let text = MarkdownReport.text(of: hostileReport)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    let lines = text.split(separator: "\n")
    // Nothing from outside begins a line of its own.
    #expect(lines.count { $0.hasPrefix("#") } == 1)
    let title = try #require(lines.first)
    #expect(title.contains("\\<i\\>") && title.contains("\\*x\\*") && title.contains("\\[l\\]"))
    let aside = try #require(lines.first { $0.hasPrefix("- ") })
    #expect(aside.hasPrefix("- ``") && aside.hasSuffix("``"))
    #expect(text.utf8.count < 4000)
  }
}
