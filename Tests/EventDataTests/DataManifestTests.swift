import EventData
import Foundation
import JSONDocument
import TestSupport
import Testing

struct DataManifestTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let text = """
    {
      "version": 1,
      "datasets": {
        "sample": {
          "description": "Some events.",
          "instructions": "Ask.",
          "path": "events",
          "events": { "first": 7, "last": 8 },
          "files": ["hits", "truth"],
          "detectors": "/somewhere/detectors.csv",
          "field": {
            "coil": { "radius": 1250, "length": 5200, "centre": [-150, -150, -150], "strength": 2 }
          },
          "beamSpot": { "x": 0.016, "y": 0.016, "z": 5.8 },
          "weights": "trackml-kaggle"
        },
        "plain": {
          "path": "/plain", "events": { "first": 0, "last": 0 }, "files": ["hits"],
          "field": { "uniform": 2 }
        }
      }
    }
    """

  private func load(_ text: String, local: String? = nil) throws -> DataManifest {
    if let local { _ = try folder.write(local, to: "data-manifest.local.json") }
    return try DataManifest.load(path: folder.write(text, to: "data-manifest.json"))
  }

  private func failure(_ text: String, local: String? = nil) throws -> String {
    let error = try #require(throws: EventDataError.self) { _ = try load(text, local: local) }
    guard case .manifest(let error) = error else { return "\(error)" }
    return "\(error.position.line):\(error.position.column): \(error.message)"
  }

  @Test func everyMemberIsRead() throws {
    let manifest = try load(Self.text)
    #expect(manifest.dataSets.map(\.name) == ["sample", "plain"])
    let sample = try manifest.dataSet(named: "sample")
    #expect(sample.folder == folder.appending("events"))
    #expect(sample.events == 7...8)
    #expect(sample.files == [.hits, .truth])
    #expect(sample.detectors == "/somewhere/detectors.csv")
    #expect(
      sample.field
        == .coil(radius: 1250, length: 5200, centre: [-150, -150, -150], strength: 2))
    #expect(sample.beamSpot?.z == 5.8)
    #expect(sample.weights == "trackml-kaggle")
    #expect(!sample.isLocal)
    #expect(try manifest.dataSet(named: "plain").field == .uniform(strength: 2))
  }

  @Test func namesThatAreNotThereGetASuggestion() throws {
    let error = try #require(throws: EventDataError.self) {
      _ = try load(Self.text).dataSet(named: "smaple")
    }
    #expect(
      error.description.hasSuffix("there is no data set \"smaple\"; did you mean \"sample\"?"))
  }

  @Test(arguments: [
    ("\"version\": 1", "\"version\": 2", "2:14: version 2 is not understood; 1 was expected"),
    ("\"version\": 1,", "", "1:1: \"version\" is missing: the whole number 1 was expected"),
    (
      "\"beamSpot\"", "\"beamspots\"",
      "14:7: \"beamspots\" is not known here; did you mean \"beamSpot\"?"
    ),
    ("\"first\": 7", "\"first\": 9", "8:17: {\"first\": …, \"last\": …}, two event numbers"),
    ("\"truth\"]", "\"thruth\"]", "9:25: this is no file of an event; did you mean \"truth\"?"),
    ("[-150, -150, -150]", "[-150, -150]", "12:61: three places in mm was expected"),
    ("\"radius\": 1250", "\"radius\": 0", "12:29: a length in mm above 0 was expected"),
    ("\"z\": 5.8", "\"z\": -1", "14:50: a standard deviation in mm"),
    ("\"sample\"", "\"../sample\"", "4:5: \"../sample\" is no name"),
    ("\"path\": \"events\"", "\"path\": \"a\\u0000b\"", "7:15: a folder was expected"),
    ("\"trackml-kaggle\"", "\"trackml/kaggle\"", "15:18: the name of a trained set"),
    ("\"trackml-kaggle\"", "\"\"", "15:18: the name of a trained set"),
    (
      "{ \"uniform\": 2 }", "{ \"unifrom\": 2 }",
      "19:18: \"unifrom\" is not known here; did you mean \"uniform\"?"
    ),
    ("\"version\": 1,", "\"version\": 1", "3:3: "),
  ])
  func errorsPointAtTheirPlace(old: String, new: String, expected: String) throws {
    let text = Self.text.replacing(old, with: new, maxReplacements: 1)
    #expect(text != Self.text)
    #expect(try failure(text).hasPrefix(expected))
  }

  @Test func theFileOfThisMachineGoesFirst() throws {
    let manifest = try load(
      Self.text,
      local: """
        { "paths": { "sample": "/here" },
          "datasets": { "own": { "path": "mine", "events": { "first": 1, "last": 1 }, "files": ["hits"] } } }
        """)
    #expect(manifest.dataSets.map(\.folder) == ["/here", "/plain", folder.appending("mine")])
    #expect(manifest.dataSets.map(\.isLocal) == [true, false, true])
    #expect(manifest.dataSets.map(\.isMoved) == [true, false, false])
    #expect(
      try failure(Self.text, local: "{ \"paths\": { \"sampel\": \"/here\" } }")
        == "1:14: there is no data set \"sampel\"; did you mean \"sample\"?")
    #expect(
      try failure(
        Self.text,
        local: """
          { "datasets": { "plain": { "path": "a", "events": { "first": 1, "last": 1 }, "files": ["hits"] } } }
          """
      ).contains("\"plain\" is a data set of"))
  }

  @Test func dataSetsCanBeAdded() throws {
    let manifest = try folder.write(Self.text, to: "data-manifest.json")
    let events = try TemporaryFolder()
    _ = try SmallFiles.event(7, in: events)
    _ = try SmallFiles.event(9, in: events)
    let known = try DataManifest.add("sample", folder: events.path, to: manifest)
    #expect(known.folder == events.path)
    #expect(known.events == 7...8)
    let own = try DataManifest.add("own", folder: events.path, to: manifest)
    #expect(own.events == 7...9)
    #expect(own.files == Set(EventFile.tables))
    #expect(own.isLocal)
    // Both stay, and adding again replaces.
    #expect(try DataManifest.add("own", folder: events.path, to: manifest) == own)
    #expect(try DataManifest.load(path: manifest).dataSet(named: "sample").folder == events.path)
    #expect(throws: EventDataError.self) {
      try DataManifest.add("own", folder: folder.path, to: manifest)
    }
    #expect(throws: EventDataError.self) {
      try DataManifest.add("../own", folder: events.path, to: manifest)
    }
  }

  @Test func addingKeepsTheWeightsOfADataSetOfThisMachine() throws {
    let events = try TemporaryFolder()
    _ = try SmallFiles.event(7, in: events)
    let own = """
      { "datasets": { "own": { "path": "mine", "events": { "first": 1, "last": 1 },
        "files": ["hits"], "weights": "my-set" } } }
      """
    #expect(try load(Self.text, local: own).dataSet(named: "own").weights == "my-set")
    _ = try DataManifest.add(
      "own", folder: events.path, to: folder.appending("data-manifest.json"))
    let manifest = try DataManifest.load(path: folder.appending("data-manifest.json"))
    #expect(try manifest.dataSet(named: "own").weights == "my-set")
    #expect(try manifest.dataSet(named: "own").isMoved)
  }

  @Test(arguments: ["sample", "plain"])
  func aFieldSurvivesTheWayThroughJSON(name: String) throws {
    let field = try #require(load(Self.text).dataSet(named: name).field)
    let text = field.json.canonicalText
    #expect(
      MagneticField(json: try JSONDocument(parsing: Array(text.utf8), file: "").root) == field)
    #expect(MagneticField(json: field.json) == field)
  }

  @Test func whatIsNoFieldIsNone() {
    for json: JSONValue in [.null, [:], ["uniform": "2"], ["coil": ["radius": 1]]] {
      #expect(MagneticField(json: json) == nil)
    }
  }

  @Test func theProjectsManifestIsRight() throws {
    let checkout = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = checkout.appending(path: "data-manifest.json").path
    let manifest = try DataManifest.load(path: path)
    let kaggle = try manifest.dataSet(named: "kaggle-train-sample")
    #expect(kaggle.events == 1000...1099)
    #expect(kaggle.beamSpot?.z == 5.8)
    #expect(kaggle.weights == "trackml-kaggle")
    let simulated = try manifest.dataSet(named: "simulated")
    #expect(simulated.events == 0...99)
    #expect(simulated.weights == "trackml-kaggle")
    let codalab = try manifest.dataSet(named: "codalab-sample")
    #expect(codalab.events == 21000...21099)
    #expect(codalab.beamSpot?.z == 53)
    #expect(codalab.field == kaggle.field)
    #expect(codalab.weights == "trackml-codalab")
  }
}
