import Foundation
import TestSupport
import Testing

/// The schemas as other software reads them.
@Suite(.enabled(if: PythonReader.has("jsonschema"), "\(PythonReader.absence("jsonschema"))"))
struct PublishedSchemaTests {
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func check(_ schema: String, _ files: [String]) throws -> PythonReader.Ending {
    let path = Self.checkout.appending(path: "workflows/schema/\(schema).schema.json").path
    return try PythonReader.run("check_schema.py", [path] + files)
  }

  @Test func aReportFollowsTheSchemaOfReports() throws {
    let study = try SmallStudy()
    try #require(study.run(cache: "cache").code == 0)
    let report = study.folder.appending("cache-run/report.json")
    let ending = try check("report", [report])
    #expect(ending.code == 0, "\(ending.errors)")
    let text = try String(contentsOfFile: report, encoding: .utf8)
    let wrong = try study.folder.write(
      text.replacing("\"eventsScored\": 2", with: "\"eventsScored\": \"two\""), to: "wrong.json")
    let refused = try check("report", [wrong])
    #expect(refused.code != 0 && refused.errors.contains("$.results.headline.eventsScored"))
  }

  @Test func theWorkflowsFollowTheSchemaOfWorkflows() throws {
    let folder = Self.checkout.appending(path: "workflows").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }
    let ending = try check("workflow", names.map { "\(folder)/\($0)" })
    #expect(!names.isEmpty && ending.code == 0, "\(ending.errors)")
  }
}
