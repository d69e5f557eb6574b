import ArtifactStore
import EventSimulation
import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

/// The stages of the whole detector's chain on inputs that are odd or wrong.
@Suite struct ReconstructionStageTests {
  let small: SmallTask

  init() throws { small = try SmallTask() }

  /// Files of an event on a few modules of the innermost barrel layers.
  private func files(_ hits: [String], cells: String? = nil) throws -> [String: String] {
    let header = "hit_id,x,y,z,volume_id,layer_id,module_id\n"
    var files = [
      "hits": try small.folder.write(
        header + hits.map { $0 + "\n" }.joined(), to: "event000000007-hits.csv")
    ]
    if let cells {
      files["cells"] = try small.folder.write(
        "hit_id,ch0,ch1,value\n" + cells, to: "event000000007-cells.csv")
    }
    return files
  }

  private static let hits = ["1,31,0,5,8,2,1", "2,71,0,12,8,4,1", "3,115,0,20,8,6,1"]

  /// Publishes a result as an input of later stages.
  private func input(_ result: StageResult, _ kind: String, _ name: String) throws -> TaskInput {
    let keyText: JSONValue = ["kind": .string(kind), "name": .string(name)]
    try small.store.publish(
      Artifact(kind: kind, keyText: keyText, summary: result.summary, arrays: result.arrays))
    return TaskInput(
      kind: kind, event: 7, split: "train", key: ArtifactKey(of: keyText))
  }

  private func prepared(_ hits: [String], _ name: String = "a") throws -> TaskInput {
    try input(
      small.result(of: "prepare-hits", files: files(hits)), "prepare-hits", name)
  }

  private func reason(_ body: () throws -> Void) -> String {
    let error = #expect(throws: InputRefused.self) { try body() }
    return error.map { "\($0)" } ?? ""
  }

  @Test func anEventNeedsNeitherCellsNorTruth() throws {
    let bare = try small.result(of: "prepare-hits", files: files(Self.hits))
    #expect(bare.summary["hits"] == 3)
    #expect(bare.summary["layers"] == 48)
    #expect(bare.summary["hasCells"] == false)
    #expect(bare.summary["hasTruth"] == false)
    let off = try small.result(
      of: "prepare-hits", files: files(Self.hits, cells: "1,3,4,0.5\n1,4,4,0.5\n"),
      parameters: ["cells": false])
    #expect(off.values("records") == bare.values("records"))
    let on = try small.result(
      of: "prepare-hits", files: files(Self.hits, cells: "1,3,4,0.5\n1,4,4,0.5\n"))
    #expect(on.values("records") != bare.values("records"))
  }

  @Test func aHitOnAnUnknownModuleIsNamed() throws {
    let text = reason {
      _ = try small.result(of: "prepare-hits", files: files(Self.hits + ["44,1,1,1,8,2,9999"]))
    }
    #expect(text.contains("hit 44 is on module 9999 of volume 8, layer 2"), "\(text)")
  }

  @Test func aFileWithoutHitsIsRefused() throws {
    let text = reason { _ = try small.result(of: "prepare-hits", files: files([])) }
    #expect(text.contains("at least one row was expected"), "\(text)")
  }

  @Test func thereIsNothingToLearnFromHitsWithoutTruthOrPairs() throws {
    let without = try prepared(Self.hits)
    #expect(
      reason {
        _ = try small.result(of: "learn-candidates", event: nil, inputs: [without])
      }.contains("no truth"))
    var files = try files(Self.hits)
    files["truth"] = try small.folder.write(
      "hit_id,particle_id,tx,ty,tz,tpx,tpy,tpz,weight\n1,0,31,0,5,1,0,0,0\n2,5,71,0,12,1,0,0,0.1\n",
      to: "event000000007-truth.csv")
    let noise = try input(
      small.result(of: "prepare-hits", files: files), "prepare-hits", "noise")
    #expect(
      reason {
        _ = try small.result(of: "learn-candidates", event: nil, inputs: [noise])
      }.contains("no particle"))
  }

  @Test func resultsOfOtherEventsAreRefused() throws {
    let hits = try prepared(Self.hits)
    func made(_ kind: String, _ summary: JSONValue = [:], _ arrays: [ArtifactArray]) throws
      -> TaskInput
    {
      try input(StageResult(summary: summary, arrays: arrays), kind, "other")
    }
    func ints(_ name: String, _ values: [Int32]) -> ArtifactArray {
      ArtifactArray(name: name, values: .int32(values))
    }
    func floats(_ name: String, _ values: [Float]) -> ArtifactArray {
      ArtifactArray(name: name, values: .float32(values))
    }
    let position = ints("position", (0..<48).map { Int32($0) })
    let doublets = try made(
      "find-doublets", [],
      [
        ints("from", [0, 7]), ints("to", [1, 8]), floats("value", [1, 1]), floats("score", [1, 1]),
        position,
      ])
    for kind in ["join-doublets", "find-paths"] {
      let triplets = try made(
        "find-triplets", [], [ints("first", []), ints("second", []), floats("score", [])])
      let text = reason {
        _ = try small.result(of: kind, inputs: [hits, doublets, triplets])
      }
      #expect(text.contains("hits that the event does not have"), "\(kind): \(text)")
    }

    let own = try input(
      StageResult(
        summary: [:],
        arrays: [
          ints("from", [0, 1]), ints("to", [1, 2]), floats("value", [1, 1]),
          floats("score", [1, 1]), position,
        ]), "find-doublets", "own")
    for (first, second) in [([0], [5]), ([9], [1]), ([1], [0]), ([-1], [1])]
      as [([Int32], [Int32])]
    {
      let triplets = try input(
        StageResult(
          summary: [:],
          arrays: [ints("first", first), ints("second", second), floats("score", [1])]),
        "find-triplets", "\(first)\(second)")
      let text = reason {
        _ = try small.result(of: "find-paths", inputs: [hits, own, triplets])
      }
      #expect(text.contains("triplet"), "\(text)")
    }

    let tracks = try made(
      "reconstructed-tracks", [],
      [
        ints("path", [0, 1, 7]), ints("pathLength", [3]), ints("companion", []),
        ints("companionCount", [0]), floats("score", [1]),
      ])
    let triplets = try input(
      StageResult(
        summary: [:],
        arrays: [ints("first", [0]), ints("second", [1]), floats("score", [2])]),
      "find-triplets", "own")
    let text = reason {
      _ = try small.result(of: "find-paths", inputs: [hits, own, triplets, tracks])
    }
    #expect(text.contains("track"), "\(text)")
    // As they should be, they give a track.
    let found = try small.result(of: "find-paths", inputs: [hits, own, triplets])
    #expect(found.values("path") == .int32([0, 1, 2]))
  }
}
