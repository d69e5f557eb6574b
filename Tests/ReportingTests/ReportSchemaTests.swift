import Foundation
import JSONDocument
import Reporting
import TestSupport
import Testing

/// The published schema, and what reports really hold.
@Suite struct ReportSchemaTests {
  private let schema = ReportSchema.schema

  static let reports = [
    SampleReport.report, SampleReport.empty, SampleReconstruction.report, SampleScan.report,
    SampleNights.report(), changed, scanOfEdges,
    SampleCluster.report,
  ]

  private static var scanOfEdges: RunReport {
    var report = SampleReport.report
    report.results.scans = [
      RunReport.Scan(
        stage: "edges", parameters: [RunReport.ScanParameter(name: "train.hidden", unit: nil)],
        edges: [([8], SampleReport.edges), ([16], SampleReport.edges)])
    ]
    return report
  }

  /// A run with pages of its own that was held against the one before.
  private static var changed: RunReport {
    var report = SampleNights.report(shift: 0.01)
    report.run.change = RunReport.Change(
      from: SampleNights.report(), to: report, differences: ["tracks.threshold 0.75 -> 0.7"])
    report.run.displays = [RunReport.Display(event: 1000, file: "event-1000.html")]
    report.run.gallery = "gallery.html"
    return report
  }

  /// Else the schema would be held against less than reports can have.
  @Test func theSamplesHaveEverythingThatIsDescribed() throws {
    var seen: Set<String> = []
    func visit(_ value: JSONValue, _ given: JSONValue) {
      let name =
        given["$ref"]?.stringValue ?? given["anyOf"]?.arrayValue?.first?["$ref"]?.stringValue
      let schema = resolved(given)
      for item in value.arrayValue ?? [] { visit(item, schema["items"] ?? true) }
      for member in value.members ?? [] {
        guard let property = schema["properties"]?[member.name] else { continue }
        if member.value != .null { seen.insert("\(name ?? "report").\(member.name)") }
        visit(member.value, property)
      }
    }
    for report in Self.reports { visit(report.json, schema) }
    for definition in schema["$defs"]?.members ?? [] {
      for member in definition.value["properties"]?.members ?? [] {
        let name = "#/$defs/\(definition.name).\(member.name)"
        let isSeen = seen.contains(name)
        #expect(isSeen, "no sample has \(name)")
      }
    }
  }

  @Test(arguments: reports.indices)
  func everyReportFollowsTheSchema(index: Int) throws {
    let report = Self.reports[index].json
    #expect(try SchemaChecker(root: schema).complaints(of: report) == [])
    #expect(undescribed(in: report, schema, at: "$") == [])
  }

  /// The members of a value that the schema says nothing of.
  private func undescribed(in value: JSONValue, _ given: JSONValue, at path: String) -> [String] {
    let schema = resolved(given)
    if let items = value.arrayValue {
      return items.enumerated().flatMap { index, item in
        undescribed(in: item, schema["items"] ?? true, at: "\(path)[\(index)]")
      }
    }
    guard let members = value.members, let properties = schema["properties"] else { return [] }
    return members.flatMap { member -> [String] in
      guard let property = properties[member.name] else { return ["\(path).\(member.name)"] }
      return undescribed(in: member.value, property, at: "\(path).\(member.name)")
    }
  }

  /// What a reference, also one that may be null, stands for.
  private func resolved(_ schema: JSONValue) -> JSONValue {
    if let name = schema["$ref"]?.stringValue?.split(separator: "/").last {
      return self.schema["$defs"]?[String(name)] ?? .null
    }
    return schema["anyOf"]?.arrayValue?.first.map(resolved) ?? schema
  }

  @Test func whatTheSchemaForbidsIsSeen() throws {
    let checker = SchemaChecker(root: schema)
    func complaints(_ old: String, _ new: String) throws -> [String] {
      let text = SampleReport.report.json.compactText
      let range = try #require(text.firstRange(of: old))
      let changed = text.replacingCharacters(in: range, with: new)
      return try checker.complaints(
        of: JSONDocument(parsing: Array(changed.utf8), file: "report.json").root)
    }
    #expect(try complaints("\"score\":0.4375", "\"score\":1.5").count == 1)
    #expect(try complaints("\"score\":0.4375", "\"scores\":0.4375").count == 1)
    #expect(try complaints("\"version\":1", "\"version\":2").count == 1)
    #expect(try complaints("\"eventsAsked\":5", "\"eventsAsked\":-5").count == 1)
    #expect(try complaints("\"host\":\"node1\"", "\"host\":null").count == 1)
    let more = SampleReport.report.json
    let members = (more.members ?? []) + [JSONMember(name: "later", value: 1)]
    #expect(try checker.complaints(of: .object(members)) == [])
    #expect(undescribed(in: .object(members), schema, at: "$") == ["$.later"])
  }

  @Test func everyMemberIsDescribedAndEveryObjectIsUsed() throws {
    let definitions = schema["$defs"]?.members ?? []
    #expect(definitions.count > 15)
    for (name, object) in [("report", schema)] + definitions.map({ ($0.name, $0.value) }) {
      for member in object["properties"]?.members ?? [] {
        let description = member.value["description"]?.stringValue ?? ""
        #expect(description.hasSuffix("."), "\(name).\(member.name)")
      }
    }
    let text = schema.compactText
    for definition in definitions {
      #expect(text.contains("\"$ref\":\"#/$defs/\(definition.name)\""), "\(definition.name)")
    }
  }

  @Test func theCommittedFileIsTheSchema() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "workflows/schema/report.schema.json")
    let text = try String(contentsOf: path, encoding: .utf8)
    #expect(text == schema.prettyText + "\n", "make schema writes it anew")
  }
}
