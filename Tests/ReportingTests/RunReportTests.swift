import JSONDocument
import Reporting
import TestSupport
import Testing

@Suite struct RunReportTests {
  @Test func reportIsReadBackAsItWasWritten() throws {
    for report in [SampleReport.report, SampleReport.empty] {
      let text = report.json.prettyText
      let document = try JSONDocument(parsing: Array(text.utf8), file: "report.json")
      let read = try RunReport(json: document.root)
      #expect(read == report)
      #expect(read.json.prettyText == text)
    }
  }

  @Test func jsonKeepsItsFormat() throws {
    try Golden.expect(SampleReport.report.json.prettyText + "\n", is: "report.json")
  }

  @Test func numbersThatDoNotExistAreNull() throws {
    var report = SampleReport.report
    report.results.headline.score = .nan
    report.results.headline.scoreUncertainty = nil
    report.results.training[0].curve[0].loss = .infinity
    let results = try #require(report.json["results"])
    #expect(results["headline"]?["score"] == .null)
    #expect(results["headline"]?["scoreUncertainty"] == .null)
    let curve = try #require(results["training"]?.arrayValue?[0]["curve"]?.arrayValue)
    #expect(curve[0]["loss"] == .null)
    #expect(curve[0]["auc"] == .null)
  }

  @Test func reportsOfBeforeRatesAndLoadsAreRead() throws {
    let new = [
      "fakeRate", "duplicateRate", "unknown", "hits", "radius", "matchedTracks", "load", "change",
      "peakMemory", "processors", "sparedCPUSeconds", "sum",
    ]
    func old(_ value: JSONValue) -> JSONValue {
      switch value {
      case .array(let values): .array(values.map(old))
      case .object(let members):
        .object(
          members.filter { member in
            // The rates of one event have always been there.
            !new.contains(member.name)
              || member.value.doubleValue != nil && member.name.hasSuffix("Rate")
          }.map { JSONMember(name: $0.name, value: old($0.value)) })
      default: value
      }
    }
    for report in [SampleReport.report, SampleReconstruction.report] {
      let read = try RunReport(json: old(report.json))
      #expect(read.results.tracks[0].efficiency.pT == report.results.tracks[0].efficiency.pT)
      #expect(read.results.tracks[0].fakes == RunReport.BinnedRates())
      #expect(read.results.tracks[0].waterfall == report.results.tracks[0].waterfall)
      #expect(read.run.change == nil && read.run.stages[0].peakMemory == nil)
    }
  }

  @Test func errorsNameTheMember() throws {
    func error(_ change: (inout String) -> Void) throws -> ReportError? {
      var text = SampleReport.report.json.compactText
      change(&text)
      let document = try JSONDocument(parsing: Array(text.utf8), file: "report.json")
      do {
        _ = try RunReport(json: document.root)
        return nil
      } catch {
        return error
      }
    }
    func replace(_ old: String, _ new: String) throws -> ReportError? {
      try error { text in
        guard let range = text.firstRange(of: old) else { return }
        text.replaceSubrange(range, with: new)
      }
    }
    #expect(
      try replace("\"nodes\":8760", "\"nodes\":\"many\"")
        == .unexpected(
          path: "results.edges[0].events[1].nodes", expected: "a whole number", found: "a string"))
    #expect(
      try replace("\"eventsAsked\":5,", "")
        == .missing(path: "results.headline.eventsAsked", expected: "a whole number"))
    #expect(
      try replace("\"version\":1", "\"version\":2")
        == .unknownFormat(format: "trackflow-report", version: 2))
    #expect(
      try replace("\"found\":[1,40,18,0]", "\"found\":[1,40,18]")
        == .unexpected(
          path: "results.tracks[0].efficiency.pT.found",
          expected: "a list of 4 numbers, one a bin", found: "one of 3"))
    #expect(
      try replace("\"true\":[3,0", "\"true\":[3,null")
        == .unexpected(
          path: "results.edges[0].histogram.true[1]", expected: "a whole number", found: "null"))
    #expect(throws: ReportError.self) { try RunReport(json: []) }
    #expect(try error { _ in } == nil)
  }
}
