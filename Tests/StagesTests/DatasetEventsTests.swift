import EventData
import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

/// What the data set says of itself, where the events lie as declared and where they lie elsewhere.
@Suite struct DatasetEventsTests {
  let folder: TemporaryFolder
  let manifest: String

  init() throws {
    folder = try TemporaryFolder()
    manifest = try folder.write(
      """
      {
        "version": 1,
        "datasets": {
          "full": {
            "path": "full", "events": { "first": 7, "last": 7 }, "files": ["hits"],
            "instructions": "Ask.", "detectors": "detectors.csv", "field": { "uniform": 3 }
          },
          "bare": { "path": "full", "events": { "first": 7, "last": 7 }, "files": ["hits"] },
          "made": {
            "path": "made", "events": { "first": 0, "last": 1 }, "files": ["hits"], "made": true,
            "field": { "uniform": 2.0 }
          }
        }
      }
      """, to: "data-manifest.json")
    for name in ["full", "elsewhere"] {
      try FileManager.default.createDirectory(
        atPath: folder.appending(name), withIntermediateDirectories: true)
      _ = try folder.write("", to: "\(name)/event000000007-hits.csv")
    }
  }

  private func events(_ name: String?, path: String? = nil) throws -> DatasetEvents {
    try DatasetEvents(
      DatasetReference(manifest: manifest, name: name, path: path.map { folder.appending($0) }))
  }

  private static let field = DatasetProperty.value(["uniform": .number(3)])

  @Test func aNamedDataSetGivesWhatTheManifestDeclares() throws {
    let detectors = try folder.write("", to: "detectors.csv")
    let full = try events("full")
    #expect(try full.datasetProperty("field") == Self.field)
    #expect(try full.datasetProperty("detectors") == .file(detectors))
    #expect(try events("made").datasetProperty("field") == .value(["uniform": .number(2)]))
    for name in ["field", "detectors", "unknown"] {
      #expect(try events("bare").datasetProperty(name) == nil)
    }
  }

  @Test func aPathBesideANameKeepsTheNamedOnesProperties() throws {
    let detectors = try folder.write("", to: "detectors.csv")
    let elsewhere = try events("full", path: "elsewhere")
    #expect(elsewhere.path == folder.appending("elsewhere"))
    #expect(try elsewhere.datasetProperty("field") == Self.field)
    #expect(try elsewhere.datasetProperty("detectors") == .file(detectors))
  }

  @Test func aBarePathHasNoProperties() throws {
    let events = try DatasetEvents(
      DatasetReference(path: folder.appending("elsewhere")))
    #expect(try events.datasetProperty("field") == nil)
    #expect(try events.datasetProperty("detectors") == nil)
  }

  @Test func missingDetectorsAreAnErrorWithARemedyOnlyWhereTheEventsLieAsDeclared() throws {
    let full = try events("full")
    #expect(try full.datasetProperty("field") == Self.field)
    let error = try #require(throws: WorkflowError.self) {
      try full.datasetProperty("detectors")
    }
    #expect(error.description.hasPrefix(folder.appending("detectors.csv")))
    #expect(error.description.contains("put it there"))
    #expect(error.description.hasSuffix("to get the data set: Ask."))
    #expect(try events("full", path: "elsewhere").datasetProperty("detectors") == nil)
    _ = try DataManifest.add("full", folder: folder.appending("elsewhere"), to: manifest)
    #expect(try events("full").datasetProperty("detectors") == nil)
  }

  @Test func aNameThatTheManifestDoesNotKnowIsAnErrorWhereItMatters() throws {
    let events = try events("fulll", path: "elsewhere")
    #expect(events.events == [7])
    let error = try #require(throws: EventDataError.self) { try events.datasetProperty("field") }
    #expect(error.description.contains("did you mean \"full\"?"))
  }
}
