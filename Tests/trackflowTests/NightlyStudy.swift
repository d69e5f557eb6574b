import Foundation
import JSONDocument
import TestSupport
import Testing

/// The small study with thresholds, and its nights.
struct NightlyStudy {
  let study: SmallStudy
  var folder: TemporaryFolder { study.folder }

  static let workflow = """
    {
      "extends": "small.json",
      "name": "small-nightly",
      "nightly": { "thresholds": { "ceiling": 0.01, "events": 0 } }
    }
    """

  init() throws {
    study = try SmallStudy()
    _ = try folder.write(Self.workflow, to: "nightly.json")
  }

  static func arguments(_ more: [String] = []) -> [String] {
    ["nightly", "run", "nightly.json", "--json", "--quiet"] + more
  }

  /// Runs a night to its end.
  func night(_ more: [String] = []) throws -> Program.Ending {
    try Program.run(Self.arguments(more), in: folder.path)
  }

  /// With windows that narrow few true edges are left, and the ceiling falls.
  static let worse = ["--set", "graphs.maxDeltaPhi=0.01"]

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path))
  }

  func text(_ path: String) throws -> String {
    try String(contentsOfFile: folder.appending(path), encoding: .utf8)
  }

  /// How many nights came so far as to have a folder.
  var nightFolders: Int {
    let path = folder.appending("nightly/nights")
    return (try? FileManager.default.contentsOfDirectory(atPath: path).count) ?? 0
  }

  func index() throws -> [JSONValue] {
    let json = try JSONDocument(parsing: Array(text("nightly/index.json").utf8), file: "index.json")
    return json.root["nights"]?.arrayValue ?? []
  }

  func verdicts() throws -> [String] { try index().map { $0["verdict"]?.stringValue ?? "" } }
}
