import Foundation
import JSONDocument
import TestSupport
import Testing

/// The whole detector's chain as a workflow, on small simulated events.
@Suite struct WholeDetectorTests {
  private static let workflow = """
    {
      "name": "whole",
      "dataset": { "manifest": "manifest.json", "name": "made" },
      "split": { "train": "0-3", "validation": "4", "test": "5" },
      "stages": {
        "events": { "uses": "simulate-events", "parameters": { "particles": 300 } },
        "hits": { "uses": "prepare-hits", "needs": ["events"] },
        "candidates": {
          "uses": "learn-candidates", "needs": ["hits"], "parameters": { "layerPairs": 80 }
        },
        "filter": {
          "uses": "train-doublet-filter", "needs": ["hits", "candidates"],
          "parameters": { "hidden": [16], "epochs": 2, "batch": 512, "falseShare": 0.05 }
        },
        "doublets": { "uses": "find-doublets", "needs": ["hits", "candidates", "filter"] },
        "triplet-network": {
          "uses": "train-triplets", "needs": ["hits", "doublets"],
          "parameters": { "hidden": [16], "epochs": 3, "batch": 512, "trueShare": 1 }
        },
        "triplets": { "uses": "find-triplets", "needs": ["hits", "doublets", "triplet-network"] },
        "plain-paths": {
          "uses": "find-paths", "on": ["train", "validation"],
          "needs": ["hits", "doublets", "triplets"]
        },
        "companions": {
          "uses": "train-companions", "needs": ["hits", "plain-paths"],
          "parameters": { "batch": 256 }
        },
        "paths": { "uses": "find-paths", "needs": ["hits", "doublets", "triplets", "companions"] },
        "extension": {
          "uses": "train-extension", "needs": ["hits", "candidates", "paths"],
          "parameters": { "batch": 256 }
        },
        "tracks": {
          "uses": "extend-tracks",
          "needs": ["hits", "candidates", "companions", "extension", "paths"]
        },
        "score": {
          "uses": "score-reconstruction", "on": ["test"],
          "needs": ["events", "hits", "tracks", "candidates", "doublets", "triplets"]
        },
        "report": {
          "uses": "write-report",
          "needs": ["score", "filter", "triplet-network", "companions", "extension"]
        }
      }
    }
    """

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.workflow, to: "whole.json")
    _ = try folder.write(
      """
      {"version": 1, "datasets": {"made": {"made": true, "path": "nowhere",
        "events": {"first": 10, "last": 15}, "files": ["hits", "truth", "particles", "cells"]}}}
      """, to: "manifest.json")
  }

  private func run(cache: String, workers: Int) throws -> Program.Ending {
    try Program.run(
      [
        "run", "whole.json", "--cache", cache, "--run-dir", "\(cache)-run", "--json", "--quiet",
        "--workers", "\(workers)",
      ], in: folder.path)
  }

  private func report(cache: String) throws -> JSONValue {
    let path = folder.appending("\(cache)-run/report.json")
    return try JSONDocument(
      parsing: Array(Data(contentsOf: URL(filePath: path))), file: "report.json"
    ).root
  }

  /// Every artifact of a cache: its file's name, which is its key, and bytes.
  private func objects(cache: String) throws -> [String: Data] {
    let root = folder.appending("\(cache)/objects")
    var found: [String: Data] = [:]
    let names = FileManager.default.enumerator(atPath: root)
    while let name = names?.nextObject() as? String {
      guard name.hasSuffix(".tfz") else { continue }
      found[name] = try Data(contentsOf: URL(filePath: "\(root)/\(name)"))
    }
    return found
  }

  @Test(.enabled(if: Pages.canBeOpened, Pages.absence))
  func theReportIsSoundInABrowser() throws {
    let ending = try run(cache: "cache", workers: 2)
    #expect(ending.code == 0, "\(ending.errors)")
    let kinds = ["doublets", "triplets"]
    try Pages.expectSound(
      "check_report.py", folder.appending("cache-run/report.html"),
      ["--plots"] + PageTests.plotsOfTracks + ["Doublets by layer pair"]
        + kinds.map { "Logit of true and false \($0)" }
        + kinds.map { "Purity and efficiency of \($0) against the threshold" })
  }

  /// The doublets and triplets of the one pass, in numbers that hold together.
  private func expectPass(_ results: JSONValue) throws {
    let passes = try #require(results["passes"]?.arrayValue)
    try #require(passes.count == 1)
    #expect(passes[0]["number"] == 1)
    for (member, cut) in [("doublets", -4.5), ("triplets", -4)] {
      let edges = try #require(passes[0][member])
      #expect(edges["stage"]?.stringValue == member)
      #expect(edges["threshold"]?.doubleValue == cut)
      let event = try #require(edges["events"]?.arrayValue?.first)
      func count(_ name: String) -> Int { event[name]?.intValue ?? -1 }
      #expect((1...count("edges")).contains(count("trueEdges")))
      #expect(count("trueEdges") <= count("truePairs"))
      #expect(count("edges") <= count("candidates"))
      let curve = try #require(edges["curve"])
      #expect(curve["trueEdges"]?.intValue == count("trueEdges"))
      #expect(curve["truePairs"]?.intValue == count("truePairs"))
      #expect(curve["inForce"]?["keptTrue"]?.intValue == count("trueEdges"))
      #expect(curve["keptTrue"]?.arrayValue?.first?.intValue == count("trueEdges"))
    }
    // All doublets are on linked layers.
    let pairs = try #require(passes[0]["doublets"]?["layerPairs"])
    let event = passes[0]["doublets"]?["events"]?.arrayValue?.first
    func sum(_ name: String) -> Int {
      pairs[name]?.arrayValue?.reduce(0) { $0 + ($1.intValue ?? 0) } ?? -1
    }
    #expect(sum("keptTrue") == event?["trueEdges"]?.intValue)
    #expect(sum("truePairs") == event?["truePairs"]?.intValue)
    let counted = (event?["edges"]?.intValue ?? 0) - (event?["skipping"]?.intValue ?? 0)
    #expect(sum("keptTrue") + sum("keptFalse") == counted)
    #expect(pairs["from"]?.arrayValue?.contains("8/2") == true)
  }

  @Test func simulatedEventsEndInAWaterfallWithTheSameBitsForAnyWorkers() throws {
    let one = try run(cache: "one", workers: 1)
    try #require(one.code == 0, "\(one.errors)")
    #expect(one.json?["eventsScored"] == 1)
    let score = try #require(one.json?["score"]?.doubleValue)
    #expect((0.3...1).contains(score))

    let results = try #require(report(cache: "one")["results"])
    let tracks = results["tracks"]?.arrayValue?.first { $0["waterfall"] != nil }
    let steps = try #require(tracks?["waterfall"]?["steps"]?.arrayValue)
    #expect(
      steps.compactMap { $0["name"]?.stringValue }
        == ["hits", "layerPairs", "candidates", "filter", "triplets", "score"])
    func sum(_ step: JSONValue?) -> Double {
      (step?["primary"]?.doubleValue ?? 0) + (step?["secondary"]?.doubleValue ?? 0)
    }
    #expect(abs(sum(steps.last) - score) < 1e-6)
    for (before, after) in zip(steps, steps.dropFirst(1)).prefix(4) {
      #expect(sum(after) <= sum(before) + 1e-9)
    }

    try expectPass(results)

    let two = try run(cache: "two", workers: 3)
    try #require(two.code == 0, "\(two.errors)")
    #expect(try objects(cache: "two") == objects(cache: "one"))
    #expect(try report(cache: "two")["results"] == results)
  }
}
