import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Trainings run as a user runs them: their bits, their memory, and what they go on from.
@Suite struct TrainingTests {
  /// Whatever there is to a state: several passes, a schedule that looks back, augmentation.
  static let rich = [
    "train.network=message-passing", "train.hidden=16", "train.passes=2", "train.norm=batch",
    "train.optimiser=adamw", "train.schedule=plateau", "train.plateauPatience=0",
    "train.rotate=true", "train.mirror=true", "train.eventsPerStep=2",
    "train.weighting=hitWeight", "train.focusing=1",
  ].flatMap { ["--set", $0] }

  @Test func aTrainingThatIsKilledAtAnyCheckpointEndsInTheSameBits() throws {
    let study = try SmallStudy()
    let clean = try study.run(cache: "clean", Self.rich)
    try #require(clean.code == 0, "\(clean.errors)")
    let objects = try study.objects(cache: "clean")
    // Six graphs, then a checkpoint for each of six epochs.
    for point in 7...11 {
      let cache = "cache\(point)"
      let running = try Program.start(
        study.arguments(cache: cache, Self.rich), in: study.folder.path)
      while study.objectCount(cache: cache) < point, running.process.isRunning {}
      kill(running.identifier, SIGKILL)
      _ = running.wait()
      let again = try study.run(cache: cache, Self.rich)
      #expect(again.code == 0, "\(again.errors)")
      #expect(try study.objects(cache: cache) == objects, "killed at \(point)")
    }
  }

  @Test func threadsChangeNoBitOfATraining() throws {
    let study = try SmallStudy()
    try #require(study.run(cache: "1", Self.rich + ["--set", "train.threads=1"]).code == 0)
    let objects = try study.objects(cache: "1")
    for threads in ["2", "3", "8"] {
      let ending = try study.run(cache: threads, Self.rich + ["--set", "train.threads=\(threads)"])
      try #require(ending.code == 0, "\(ending.errors)")
      #expect(try study.objects(cache: threads) == objects, "\(threads) threads")
    }
  }

  @Test func everyEpochLeavesACheckpointAndALongerTrainingStartsFromTheLast() throws {
    let study = try SmallStudy()
    let short = ["--set", "train.epochs=3"]
    try #require(study.run(cache: "cache", Self.rich + short).code == 0)
    #expect(try kinds(study, cache: "cache")["training-checkpoint"] == 3)
    try #require(study.run(cache: "cache", Self.rich).code == 0)
    #expect(try kinds(study, cache: "cache")["training-checkpoint"] == 6)
    try #require(study.run(cache: "clean", Self.rich).code == 0)
    #expect(try study.report(cache: "cache")["results"] == study.report(cache: "clean")["results"])
  }

  @Test func theBestEpochOfTheValidationIsTheOneThatIsUsed() throws {
    let study = try SmallStudy()
    let ending = try study.run(
      cache: "cache",
      ["--set", "train.epochs=40", "--set", "train.learningRate=0.3", "--set", "train.patience=3"])
    try #require(ending.code == 0, "\(ending.errors)")
    let training = try #require(
      study.report(cache: "cache")["results"]?["training"]?.arrayValue?.first)
    let curve = try #require(training["curve"]?.arrayValue)
    let areas = curve.map { $0["validationAUC"]?.doubleValue ?? 0 }
    let best = try #require(training["bestEpoch"]?.intValue)
    #expect(areas[best - 1] == areas.max())
    #expect(training["stoppedEarly"]?.boolValue == true)
    #expect(curve.count == best + 3)
  }

  @Test func aTrainingKeepsToItsMemoryHoweverManyGraphsThereAre() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      """
      {"version": 1, "datasets": {"made": {"made": true, "path": "nowhere",
        "events": {"first": 10, "last": 29}, "files": ["hits", "truth", "particles", "cells"]}}}
      """, to: "manifest.json")
    _ = try folder.write(
      """
      { "name": "memory", "dataset": { "manifest": "manifest.json", "name": "made" },
        "split": { "train": "0-17", "validation": "18-19" },
        "stages": {
          "events": { "uses": "simulate-events", "parameters": { "particles": 3000 } },
          "graphs": { "uses": "build-graphs", "needs": ["events"],
            "parameters": { "z": [-500, 500], "maxDeltaZ": 100 } },
          "train": { "uses": "train-edge-classifier", "needs": ["graphs"],
            "parameters": { "hidden": 16, "epochs": 2 } } } }
      """, to: "memory.json")
    var weights: [Data] = []
    for (cache, memory) in [("ample", 2_000_000_000), ("scarce", 240_000_000)] {
      let ending = try Program.run(
        [
          "run", "memory.json", "--cache", cache, "--run-dir", "\(cache)-run", "--quiet", "--set",
          "train.memory=\(memory / 1_000_000) MB",
        ], in: folder.path)
      try #require(ending.code == 0, "\(ending.errors)")
      let peak = try peakMemory(folder.appending("\(cache)-run/journal.jsonl"))
      #expect(peak < memory, "\(cache)")
      // Otherwise the scarce memory would have been enough for all graphs.
      if cache == "ample" { #expect(peak > 240_000_000) }
      let names = FileManager.default.enumerator(atPath: folder.appending("\(cache)/objects"))
      while let name = names?.nextObject() as? String {
        let path = folder.appending("\(cache)/objects/\(name)")
        guard name.hasSuffix(".tfz") else { continue }
        let data = try Data(contentsOf: URL(filePath: path))
        if data.range(of: Data("\"kind\":\"train-edge-classifier\"".utf8)) != nil {
          weights.append(data)
        }
      }
    }
    // Checkpoints are of the same training and name its kind nowhere.
    #expect(weights.count == 2)
    #expect(weights.first == weights.last)
  }

  @Test func tooLittleMemoryIsSaidAndNotRemembered() throws {
    let study = try SmallStudy()
    let ending = try study.run(cache: "cache", ["--set", "train.memory=1 MB"])
    #expect(ending.code != 0)
    #expect(ending.errors.contains("raise \"memory\""))
    #expect(try study.run(cache: "cache").code == 0)
  }

  /// Peak memory of the task of stage `train`, in bytes.
  private func peakMemory(_ journal: String) throws -> Int {
    for line in try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n") {
      let json = try JSONDocument(parsing: Array(line.utf8), file: journal).root
      guard json["what"] == "done", json["stage"] == "train" else { continue }
      return try #require(json["peakMemory"]?.intValue)
    }
    Issue.record("the journal names no training")
    return 0
  }

  /// How many artifacts of each kind a cache has.
  private func kinds(_ study: SmallStudy, cache: String) throws -> [String: Int] {
    var kinds: [String: Int] = [:]
    for data in try study.objects(cache: cache).values {
      let header = String(decoding: data.dropFirst(48).prefix(200), as: UTF8.self)
      guard let kind = header.firstMatch(of: /"kind":"([^"]*)"/)?.1 else { continue }
      kinds[String(kind), default: 0] += 1
    }
    return kinds
  }
}
