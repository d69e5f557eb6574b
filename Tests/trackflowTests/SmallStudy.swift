import Foundation
import JSONDocument
import TestSupport
import Testing

/// A small study on simulated events, in a folder of its own.
struct SmallStudy {
  let folder: TemporaryFolder

  static let workflow = """
    {
      "name": "small",
      "dataset": { "path": "events" },
      "split": { "train": "0-2", "validation": "3", "test": "4-5" },
      "stages": {
        "graphs": { "uses": "build-graphs", "parameters": { "z": [-300, 300] } },
        "train": {
          "uses": "train-edge-classifier", "needs": ["graphs"],
          "parameters": { "hidden": 8, "epochs": 6, "aucEvery": 4, "checkpointSeconds": 0 }
        },
        "edges": { "uses": "classify-edges", "needs": ["graphs", "train"], "on": ["test"] },
        "tracks": {
          "uses": "build-tracks", "needs": ["graphs", "edges"], "parameters": { "threshold": 0.4 }
        },
        "score": { "uses": "score-tracks", "needs": ["graphs", "tracks"] },
        "report": { "uses": "write-report", "needs": ["train", "score"] }
      }
    }
    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.workflow, to: "small.json")
    let made = try Program.run(
      [
        "simulate", "--events", "6", "--first", "10", "--particles", "150", "--out", "events",
      ], in: folder.path)
    try #require(made.code == 0, "\(made.errors)")
  }

  func arguments(cache: String, _ more: [String] = []) -> [String] {
    ["run", "small.json", "--cache", cache, "--run-dir", "\(cache)-run", "--json", "--quiet"] + more
  }

  /// Runs the study to its end.
  func run(cache: String, _ more: [String] = []) throws -> Program.Ending {
    try Program.run(arguments(cache: cache, more), in: folder.path)
  }

  /// Every artifact of a cache: its file's name and bytes.
  func objects(cache: String) throws -> [String: Data] {
    try CacheObjects.all(in: folder.appending(cache))
  }

  /// How many artifacts a cache has so far.
  func objectCount(cache: String) -> Int { CacheObjects.names(in: folder.appending(cache)).count }

  func report(cache: String) throws -> JSONValue { try report(folder: "\(cache)-run") }

  func report(folder name: String) throws -> JSONValue {
    let path = folder.appending("\(name)/report.json")
    return try JSONDocument(
      parsing: Array(Data(contentsOf: URL(filePath: path))), file: "report.json"
    ).root
  }

  /// Files of an event in the data set.
  func eventFile(_ event: Int, _ kind: String) -> String {
    let number = String(repeating: "0", count: 9 - String(event).count) + String(event)
    return folder.appending("events/event\(number)-\(kind).csv")
  }
}
