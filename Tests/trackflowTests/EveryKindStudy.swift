import Foundation
import JSONDocument
import TestSupport

/// Three small studies that use every stage kind between them, in a folder of their own.
struct EveryKindStudy {
  let folder: TemporaryFolder

  /// All kinds but those that read what others made, on events that the study makes.
  static let events = """
    {
      "name": "events",
      "dataset": { "manifest": "manifest.json", "name": "made" },
      "split": { "train": "0-1", "validation": "2", "test": "3" },
      "stages": {
        "rehearsal": { "uses": "rehearse", "needs": ["events"] },
        "events": { "uses": "simulate-events", "parameters": { "particles": 250 } },
        "graphs": { "uses": "build-graphs", "needs": ["events"], "parameters": { "z": [-300, 300] } },
        "train": {
          "uses": "train-edge-classifier", "needs": ["graphs"],
          "parameters": { "hidden": 8, "epochs": 3 }
        },
        "edges": { "uses": "classify-edges", "needs": ["graphs", "train"], "on": ["test"] },
        "greedy": { "uses": "build-tracks", "needs": ["graphs", "edges"] },
        "greedy-score": { "uses": "score-tracks", "needs": ["events", "graphs", "edges", "greedy"] },
        "hits": { "uses": "prepare-hits", "needs": ["events"] },
        "candidates": {
          "uses": "learn-candidates", "needs": ["hits"], "parameters": { "layerPairs": 80 }
        },
        "filter": {
          "uses": "train-doublet-filter", "needs": ["hits", "candidates"],
          "parameters": { "hidden": [12], "epochs": 2, "batch": 512, "falseShare": 0.05 }
        },
        "doublets": { "uses": "find-doublets", "needs": ["hits", "candidates", "filter"] },
        "joined": {
          "uses": "join-doublets", "needs": ["hits", "doublets"], "on": ["test"],
          "parameters": { "method": "greedy" }
        },
        "triplet-network": {
          "uses": "train-triplets", "needs": ["hits", "doublets"],
          "parameters": {
            "hidden": [12], "epochs": 2, "batch": 512, "trueShare": 1, "network": "line-graph",
            "passes": 1, "lineHidden": 8, "lineEpochs": 2
          }
        },
        "triplets": { "uses": "find-triplets", "needs": ["hits", "doublets", "triplet-network"] },
        "companions": {
          "uses": "train-companions", "needs": ["hits", "plain-paths"],
          "parameters": { "batch": 256, "epochs": 2 }
        },
        "plain-paths": { "uses": "find-paths", "needs": ["hits", "doublets", "triplets"] },
        "paths": { "uses": "find-paths", "needs": ["hits", "doublets", "triplets", "companions"] },
        "extension": {
          "uses": "train-extension", "needs": ["hits", "candidates", "paths"],
          "parameters": { "batch": 256, "epochs": 2 }
        },
        "tracks": {
          "uses": "extend-tracks",
          "needs": ["hits", "candidates", "companions", "extension", "paths"]
        },
        "score": {
          "uses": "score-reconstruction", "on": ["test"],
          "needs": ["events", "hits", "tracks", "candidates", "doublets", "triplets"]
        },
        "report": { "uses": "write-report", "needs": ["score", "greedy-score", "train"] }
      }
    }
    """

  /// What other programs made of events: graphs with probabilities, and tracks.
  static let imports = """
    {
      "name": "imports",
      "dataset": { "path": "imports" },
      "split": { "all": "0%-100%" },
      "stages": {
        "graphs": { "uses": "read-graphs" },
        "edges": { "uses": "read-edges", "needs": ["graphs"] },
        "tracks": { "uses": "read-tracks", "parameters": { "file": "tracks.csv" } },
        "score": { "uses": "score-tracks", "needs": ["tracks"] },
        "report": { "uses": "write-report", "needs": ["score", "edges"] }
      }
    }
    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.imports, to: "imports.json")
    var tracks = "event_id,hit_id,track_id\n"
    for event in 1...6 {
      _ = try GeometricFile().writeTables(to: folder, stem: "imports/event00000000\(event)")
      _ = try GeometricFile().write(to: folder, name: "imports/event00000000\(event)_g000.npz")
      tracks += "\(event),1,1\n\(event),2,1\n\(event),3,1\n\(event),4,\(event)\n"
    }
    _ = try folder.write(tracks, to: "tracks.csv")
    _ = try folder.write(Self.events, to: "events.json")
    _ = try folder.write(GraphFileTests.workflow, to: "graphs.json")
    _ = try folder.write(
      """
      {"version": 1, "datasets": {
        "made": {"made": true, "path": "nowhere", "events": {"first": 10, "last": 13},
          "files": ["hits", "truth", "particles", "cells"]},
        "made-graphs": {"instructions": "make them", "path": "graphs",
          "events": {"first": 0, "last": 99}, "files": ["graph"]}}}
      """, to: "manifest.json")
    try FileManager.default.createDirectory(
      atPath: folder.appending("graphs"), withIntermediateDirectories: true)
    for event in 0..<6 {
      _ = try GraphFile(tracks: 30, seed: UInt64(event)).write(
        to: folder, name: "graphs/event00000000\(event)_g000.npz")
    }
  }

  func arguments(_ study: String, cache: String) -> [String] {
    ["run", "\(study).json", "--cache", cache, "--run-dir", "\(cache)-run", "--json", "--quiet"]
  }

  func run(_ study: String, cache: String) throws -> Program.Ending {
    try Program.run(arguments(study, cache: cache), in: folder.path)
  }

  func results(cache: String) throws -> JSONValue? {
    let data = try Data(
      contentsOf: URL(filePath: folder.appending("\(cache)-run/report.json")))
    return try JSONDocument(parsing: Array(data), file: "report.json").root["results"]
  }
}
