import Foundation
import JSONDocument
import TestSupport
import Testing

@Suite struct RunTests {
  let study: SmallStudy

  init() throws { study = try SmallStudy() }

  @Test func aRunEndsInAReportAndASecondDoesNothing() throws {
    let first = try study.run(cache: "cache")
    try #require(first.code == 0, "\(first.errors)")
    #expect(first.json?["tasksRun"] == 13)
    #expect(first.json?["eventsScored"] == 2)
    let score = try #require(first.json?["score"]?.doubleValue)
    #expect((0...1).contains(score))
    let report = try study.report(cache: "cache")
    let curve = report["results"]?["training"]?.arrayValue?.first?["curve"]?.arrayValue
    #expect(curve?.compactMap { $0["epoch"]?.intValue } == [1, 2, 3, 4, 5, 6])
    #expect(curve?.allSatisfy { $0["validationLoss"]?.doubleValue != nil } == true)
    let before = try study.objects(cache: "cache")
    let second = try study.run(cache: "cache")
    #expect(second.code == 0)
    #expect(second.json?["tasksRun"] == 0)
    #expect(second.json?["score"] == first.json?["score"])
    #expect(try study.objects(cache: "cache") == before)
    #expect(try study.report(cache: "cache")["results"] == report["results"])
  }

  @Test func theEdgesOfTheReportAddUp() throws {
    let ending = try study.run(cache: "cache")
    try #require(ending.code == 0, "\(ending.errors)")
    let results = try #require(study.report(cache: "cache")["results"])
    let edges = try #require(results["edges"]?.arrayValue?.first)
    let events = try #require(edges["events"]?.arrayValue)
    func sum(_ values: [JSONValue]?) -> Int { values?.reduce(0) { $0 + ($1.intValue ?? 0) } ?? -1 }
    let trueEdges = sum(events.compactMap { $0["trueEdges"] })
    let curve = try #require(edges["curve"])
    #expect(curve["trueEdges"]?.intValue == trueEdges && curve["truePairs"]?.intValue == trueEdges)
    #expect(curve["falseEdges"]?.intValue == sum(events.compactMap { $0["edges"] }) - trueEdges)
    let kept = try #require(curve["inForce"]?["keptTrue"]?.intValue)
    let keptShares = events.map {
      ($0["efficiency"]?.doubleValue ?? .nan) * ($0["trueEdges"]?.doubleValue ?? .nan)
    }
    #expect(abs(keptShares.reduce(0, +) - Double(kept)) < 1e-6)
    let layers = try #require(edges["layerPairs"])
    #expect(sum(layers["truePairs"]?.arrayValue) == trueEdges)
    #expect(sum(layers["keptTrue"]?.arrayValue) == kept)
    #expect(sum(layers["falseEdges"]?.arrayValue) == curve["falseEdges"]?.intValue)
    #expect(
      sum(edges["calibration"]?["edges"]?.arrayValue) == sum(events.compactMap { $0["edges"] }))
    #expect(results["passes"]?.arrayValue?.isEmpty == true)
  }

  @Test func theSubmissionScoresWhatTheReportSays() throws {
    let ending = try study.run(cache: "cache")
    try #require(ending.code == 0, "\(ending.errors)")
    let events = try #require(
      study.report(cache: "cache")["results"]?["tracks"]?.arrayValue?.first?["events"]?.arrayValue)
    for event in events {
      let number = try #require(event["event"]?.intValue)
      let scored = try Program.run(
        [
          "score", "cache-run/submissions/tracks.csv", "--truth", study.eventFile(number, "truth"),
          "--json",
        ], in: study.folder.path)
      #expect(scored.code == 0, "\(scored.errors)")
      let score = try #require(scored.json?["score"]?.doubleValue)
      #expect(score == event["score"]?.doubleValue)
    }
  }

  @Test func theBitsAreTheSameForAnyNumberOfWorkersAndThreads() throws {
    let one = try study.run(cache: "one", ["--workers", "1", "--set", "train.threads=1"])
    try #require(one.code == 0, "\(one.errors)")
    let objects = try study.objects(cache: "one")
    for (workers, threads) in [(2, 2), (3, 1), (5, 3)] {
      let cache = "cache\(workers)"
      let other = try study.run(
        cache: cache, ["--workers", "\(workers)", "--set", "train.threads=\(threads)"])
      #expect(other.code == 0, "\(other.errors)")
      #expect(try study.objects(cache: cache) == objects)
      #expect(try study.report(cache: cache)["results"] == study.report(cache: "one")["results"])
    }
  }

  @Test func thePlanIsWhatTheRunDoes() throws {
    let plan = ["plan", "small.json", "--cache", "cache", "--json"]
    let before = try Program.run(plan, in: study.folder.path)
    #expect(before.code == 0, "\(before.errors)")
    #expect(before.json?["toRun"] == 13)
    let run = try study.run(cache: "cache")
    #expect(run.json?["tasksRun"] == before.json?["toRun"])
    #expect(try Program.run(plan, in: study.folder.path).json?["toRun"] == 0)
    let changed = try Program.run(
      plan + ["--set", "train.epochs=7"], in: study.folder.path)
    #expect(changed.json?["toRun"] == 7)
    let rerun = try study.run(cache: "cache", ["--set", "train.epochs=7"])
    #expect(rerun.json?["tasksRun"] == 7)
    let words = try Program.run(
      ["plan", "small.json", "--cache", "cache", "--set", "graphs.maxDeltaPhi=0.3"],
      in: study.folder.path)
    #expect(words.output.contains("maxDeltaPhi 0.5 -> 0.3"))
  }

  @Test func aLongerTrainingThatGoesOnEndsLikeOneFromScratch() throws {
    try #require(study.run(cache: "on").code == 0)
    try #require(study.run(cache: "on", ["--set", "train.epochs=9"]).code == 0)
    try #require(study.run(cache: "scratch", ["--set", "train.epochs=9"]).code == 0)
    #expect(
      try study.report(cache: "on")["results"] == study.report(cache: "scratch")["results"])
  }

  @Test func aBadEventIsSetAsideAndSaidLoudly() throws {
    let path = study.eventFile(15, "hits")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines[4] = "4,1.0,nan,3.0,8,2,1"
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let ending = try study.run(cache: "cache")
    #expect(ending.code == 3, "\(ending.errors)")
    #expect(ending.json?["eventsScored"] == 1)
    #expect(ending.json?["eventsAsked"] == 2)
    let reason = ending.json?["setAside"]?.arrayValue?.first?["reason"]?.stringValue ?? ""
    #expect(reason.contains("event000000015-hits.csv:5"), "\(reason)")
    #expect(reason.contains("y"))
    // Said again, with nothing done again; a mended file is taken up.
    let again = try study.run(cache: "cache")
    #expect(again.code == 3)
    #expect(again.json?["tasksRun"] == 0)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let mended = try study.run(cache: "cache")
    #expect(mended.code == 0)
    #expect(mended.json?["eventsScored"] == 2)
  }

  @Test func aTrainingEventSetAsideGivesTheBitsOfARunWithoutIt() throws {
    let path = study.eventFile(10, "truth")
    try FileManager.default.removeItem(atPath: path)
    let ending = try study.run(cache: "cache")
    #expect(ending.code == 3)
    let without = try study.run(cache: "other", ["--set", "split.train=1-2"])
    #expect(without.code == 0, "\(without.errors)")
    #expect(ending.json?["score"] == without.json?["score"])
  }

  @Test(arguments: ["truncated", "flipped", "empty"])
  func aDamagedArtifactIsSetAsideAndMadeAgain(damage: String) throws {
    try #require(study.run(cache: "cache").code == 0)
    let whole = try study.objects(cache: "cache")
    for name in whole.keys {
      let url = URL(filePath: study.folder.appending("cache/objects/\(name)"))
      var bytes = try Data(contentsOf: url)
      switch damage {
      case "truncated": bytes = bytes.prefix(bytes.count - 3)
      case "flipped": bytes[bytes.count / 2] ^= 4
      default: bytes = Data()
      }
      try bytes.write(to: url)
    }
    let ending = try study.run(cache: "cache")
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(try study.objects(cache: "cache").filter { whole[$0.key] == $0.value }.count >= 13)
  }

  @Test func aLostCatalogIsMadeAnewWithoutWork() throws {
    try #require(study.run(cache: "cache").code == 0)
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(
        atPath: study.folder.appending("cache/catalog.sqlite\(suffix)"))
    }
    let ending = try study.run(cache: "cache")
    #expect(ending.code == 0)
    #expect(ending.json?["tasksRun"] == 0)
  }

  @Test func twoRunsAtOnceShareTheWork() throws {
    let running = try (0..<2).map { number in
      try Program.start(
        ["run", "small.json", "--cache", "cache", "--run-dir", "run\(number)", "--json"],
        in: study.folder.path)
    }
    let endings = running.map { $0.wait() }
    #expect(endings.map(\.code) == [0, 0])
    // Each result was made once, by one or the other.
    #expect(endings.compactMap { $0.json?["tasksRun"]?.intValue }.reduce(0, +) == 13)
    #expect(
      try study.report(folder: "run0")["results"]?.canonicalText
        == study.report(folder: "run1")["results"]?.canonicalText)
  }

  @Test func madeEventsGiveTheScoresOfTheirFiles() throws {
    let files = try study.run(cache: "files")
    try #require(files.code == 0, "\(files.errors)")
    _ = try study.folder.write(
      """
      {"version": 1, "datasets": {"made": {"made": true, "path": "nowhere",
        "events": {"first": 10, "last": 15}, "files": ["hits", "truth", "particles", "cells"]}}}
      """, to: "manifest.json")
    _ = try study.folder.write(
      SmallStudy.workflow
        .replacingOccurrences(
          of: "{ \"path\": \"events\" }",
          with: "{ \"manifest\": \"manifest.json\", \"name\": \"made\" }"
        )
        .replacingOccurrences(
          of: "\"graphs\": {",
          with: """
            "events": { "uses": "simulate-events", "parameters": { "particles": 150 } },
            "graphs": { "needs": ["events"],
            """
        )
        .replacingOccurrences(
          of: "[\"graphs\", \"tracks\"]", with: "[\"events\", \"graphs\", \"tracks\"]"),
      to: "made.json")
    let made = try Program.run(
      ["run", "made.json", "--cache", "made", "--run-dir", "made-run", "--json", "--quiet"],
      in: study.folder.path)
    try #require(made.code == 0, "\(made.errors)")
    #expect(made.json?["tasksRun"] == 19)
    #expect(try study.report(cache: "made")["results"] == study.report(cache: "files")["results"])
  }
}
