import Foundation
import TestSupport
import Testing

/// Weights that the program trained itself: one pass on small simulated events, in a folder of its own.
struct TrainedChain {
  let folder: TemporaryFolder

  static let workflow = """
    {
      "name": "small chain",
      "dataset": { "path": "events" },
      "split": { "train": "0-3", "validation": "4", "test": "5" },
      "stages": {
        "hits": { "uses": "prepare-hits" },
        "candidates": {
          "uses": "learn-candidates", "needs": ["hits"], "parameters": { "layerPairs": 60 }
        },
        "filter": {
          "uses": "train-doublet-filter", "needs": ["hits", "candidates"],
          "parameters": { "hidden": [12], "falseShare": 1, "batch": 256 }
        },
        "doublets": { "uses": "find-doublets", "needs": ["hits", "candidates", "filter"] },
        "triplet-network": {
          "uses": "train-triplets", "needs": ["hits", "doublets"],
          "parameters": { "hidden": [12], "falseShare": 1, "trueShare": 1, "batch": 256 }
        },
        "triplets": { "uses": "find-triplets", "needs": ["hits", "doublets", "triplet-network"] },
        "plain-paths": { "uses": "find-paths", "needs": ["hits", "doublets", "triplets"] },
        "companions": {
          "uses": "train-companions", "needs": ["hits", "plain-paths"],
          "parameters": { "hidden": [8], "epochs": 2, "batch": 256 }
        },
        "paths": {
          "uses": "find-paths", "needs": ["hits", "doublets", "triplets", "companions"]
        },
        "extension": {
          "uses": "train-extension", "needs": ["hits", "candidates", "paths"],
          "parameters": { "hidden": [8], "epochs": 2, "batch": 256 }
        },
        "tracks": {
          "uses": "extend-tracks",
          "needs": ["hits", "candidates", "companions", "extension", "paths"]
        },
        "score": { "uses": "score-reconstruction", "on": ["test"], "needs": ["hits", "tracks"] }
      }
    }
    """

  /// Events 10 to 15, trained on; 20 to 22, not.
  static let shared = Result { try TrainedChain() }

  private init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.workflow, to: "chain.json")
    try simulate(6, first: 10, to: "events")
    try simulate(3, first: 20, to: "new")
    let early = try export("early.tfw")
    #expect(early.code == 66 && early.errors.contains("run the workflow first"), "\(early.errors)")
    let run = try program("run", "chain.json", "--cache", "cache", "--run-dir", "run", "--quiet")
    try #require(run.code == 0, "\(run.errors)")
    let exported = try export("chain.tfw")
    try #require(exported.code == 0, "\(exported.errors)")
  }

  func simulate(_ count: Int, first: Int, to out: String, _ more: String...) throws {
    let made = try Program.run(
      [
        "simulate", "--events", "\(count)", "--first", "\(first)", "--particles", "400", "--out",
        out, "--quiet",
      ] + more, in: folder.path)
    try #require(made.code == 0, "\(made.errors)")
  }

  func export(_ out: String, _ more: String...) throws -> Program.Ending {
    try Program.run(
      [
        "weights", "export", "chain.json", "--cache", "cache", "--name", "small", "--beam-z", "5.8",
        "--out", out,
      ] + more, in: folder.path)
  }

  func program(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: folder.path)
  }

  /// Reconstructs with the trained weights.
  func reconstruct(_ arguments: String...) throws -> Program.Ending {
    try Program.run(["reconstruct", "--weights", "chain.tfw"] + arguments, in: folder.path)
  }

  func content(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder.appending(name)))
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(name))
  }
}
