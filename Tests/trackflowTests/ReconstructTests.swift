import Foundation
import JSONDocument
import TestSupport
import Testing

/// `trackflow reconstruct` and `trackflow weights`, with weights that the program trained.
@Suite struct ReconstructTests {
  let chain = try! TrainedChain.shared.get()

  @Test func aSubmissionIsWrittenThatScoresAndIsTheSameForAnyNumberOfThreads() throws {
    let one = try chain.reconstruct("new", "--out", "one", "--threads", "1", "--json")
    #expect(one.code == 0, "\(one.errors)")
    let events = try #require(one.json?["events"]?.arrayValue)
    #expect(events.compactMap { $0["event"]?.intValue } == [20, 21, 22])
    #expect(events.allSatisfy { ($0["hitsOnTracks"]?.intValue ?? 0) > 0 })
    let three = try chain.reconstruct("new", "--out", "three", "--threads", "3")
    #expect(three.code == 0, "\(three.errors)")
    #expect(three.output.contains("event 21:") && three.output.contains("3 events in three"))
    for event in 20...22 {
      let name = "event0000000\(event)-submission.csv"
      #expect(try chain.content("one/\(name)") == chain.content("three/\(name)"))
    }
    let score = try chain.program(
      "score", "one/event000000020-submission.csv", "--truth", "new/event000000020-truth.csv",
      "--json")
    #expect(score.code == 0, "\(score.errors)")
    #expect(score.json?["score"]?.doubleValue ?? 0 > 0.4, "\(score.output)")
  }

  @Test func theExportedChainFindsWhatTheWorkflowFound() throws {
    let made = try chain.program("weights", "show", "chain.tfw", "--json")
    let scores = made.json?["sets"]?.arrayValue?.first?["provenance"]?["scores"]?.arrayValue
    let declared = try #require(scores?.first?["score"]?.doubleValue)
    let run = try chain.reconstruct("events/15", "--out", "again", "--quiet")
    #expect(run.code == 0, "\(run.errors)")
    let score = try chain.program(
      "score", "again/event000000015-submission.csv", "--truth", "events/event000000015-truth.csv",
      "--json")
    let found = try #require(score.json?["score"]?.doubleValue)
    // The weights are rounded for the file.
    #expect(abs(found - declared) < 0.02)
  }

  @Test func theExportIsTheSameTwiceAndNamesWhatIsWrong() throws {
    #expect(try chain.export("twice.tfw").code == 0)
    #expect(try chain.content("twice.tfw") == chain.content("chain.tfw"))
    #expect(try chain.content("chain.tfw").count < 100_000)
    let unknown = try chain.export("no.tfw", "--tracks", "paths")
    #expect(unknown.code == 64 && unknown.errors.contains("tracks"), "\(unknown.errors)")
    #expect(try chain.export("chain.json/no.tfw").code == 74)
    #expect(!chain.exists("no.tfw"))
  }

  @Test func eventsAreNamedByFolderNumberPrefixOrFile() throws {
    for (index, name) in ["new/20", "new/event000000020", "new/event000000020-hits.csv"]
      .enumerated()
    {
      let run = try chain.reconstruct(name, "--out", "named\(index)")
      #expect(run.code == 0, "\(run.errors)")
      #expect(chain.exists("named\(index)/event000000020-submission.csv"))
    }
    #expect(
      try chain.reconstruct("new/20", "new/event000000020-cells.csv", "--out", "twice").code == 0)
    let other = try chain.reconstruct("nonsense.csv", "--out", "other")
    #expect(other.code == 64 && other.errors.contains("event's number"), "\(other.errors)")
    #expect(try chain.reconstruct("--out", "other").code == 64)
    #expect(!chain.exists("other"))
  }

  @Test func anEventThatCannotBeReadIsNamedAndTheOthersGoOn() throws {
    try chain.simulate(3, first: 30, to: "bad")
    let unknown =
      try String(
        contentsOfFile: chain.folder.appending("bad/event000000030-hits.csv"), encoding: .utf8
      ).split(separator: "\n").prefix(4) + ["9999,30,0,0,8,2,30000"]
    _ = try chain.folder.write(
      unknown.joined(separator: "\n") + "\n", to: "bad/event000000030-hits.csv")
    _ = try chain.folder.write("", to: "bad/event000000031-hits.csv")
    try FileManager.default.removeItem(
      atPath: chain.folder.appending("bad/event000000030-cells.csv"))
    let run = try chain.reconstruct("bad", "bad/33", "--out", "rest", "--json")
    #expect(run.code == 3, "\(run.errors)")
    #expect(run.errors.contains("hit 9999 is on module 30000"), "\(run.errors)")
    #expect(run.errors.contains("event000000031-hits.csv"), "\(run.errors)")
    #expect(run.errors.contains("event 33 has no hits file"), "\(run.errors)")
    #expect(run.json?["events"]?.arrayValue?.count == 1)
    #expect(run.json?["failed"]?.arrayValue?.count == 3)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: chain.folder.appending("rest"))
        == ["event000000032-submission.csv"])
    #expect(try chain.reconstruct("bad/30", "--out", "rest").code == 65)
    #expect(try chain.reconstruct("bad/33", "--out", "rest").code == 66)
    #expect(try chain.reconstruct("nowhere/33", "--out", "rest").code == 66)
  }

  @Test func aTruncatedFileLeavesAnEarlierResultAlone() throws {
    try chain.simulate(1, first: 40, to: "cut", "--compress")
    #expect(try chain.reconstruct("cut", "--out", "kept").code == 0)
    let before = try chain.content("kept/event000000040-submission.csv")
    let hits = "cut/event000000040-hits.csv.zst"
    let content = try chain.content(hits)
    try content.prefix(content.count / 2).write(to: URL(filePath: chain.folder.appending(hits)))
    let run = try chain.reconstruct("cut", "--out", "kept")
    #expect(run.code == 65, "\(run.errors)")
    #expect(try chain.content("kept/event000000040-submission.csv") == before)
  }

  @Test func anEventWithoutCellsIsReconstructedWithAWarning() throws {
    try chain.simulate(1, first: 50, to: "plain")
    try FileManager.default.removeItem(
      atPath: chain.folder.appending("plain/event000000050-cells.csv"))
    let run = try chain.reconstruct("plain", "--out", "plain-out", "--json")
    #expect(run.code == 0)
    #expect(run.errors.contains("event 50 has no cells"), "\(run.errors)")
    #expect(run.json?["events"]?.arrayValue?.first?["usedCells"]?.boolValue == false)
  }

  @Test func weightsForOtherCollisionsAreNamed() throws {
    let made = try chain.program(
      "simulate", "--events", "1", "--first", "60", "--particles", "3000", "--beam-z", "53",
      "--out", "long", "--quiet")
    try #require(made.code == 0, "\(made.errors)")
    let run = try chain.reconstruct("long", "--out", "long-out", "--json")
    #expect(run.code == 0)
    #expect(run.errors.contains("the collisions of event 60 are spread over"), "\(run.errors)")
    #expect(run.errors.contains("are for 5.8 mm"), "\(run.errors)")
    #expect(run.json?["events"]?.arrayValue?.first?["fits"]?.boolValue == false)
    #expect(try chain.reconstruct("new/20", "--out", "long-out").errors.isEmpty)
  }

  @Test func badWeightsAndOutputsAreRefusedBeforeAnythingIsDone() throws {
    func run(_ weights: String, _ out: String) throws -> Program.Ending {
      try chain.program("reconstruct", "new/20", "--weights", weights, "--out", out)
    }
    #expect(try run("trackml-kagle", "never").code == 64)
    #expect(try run("missing.tfw", "never").code == 66)
    #expect(try run("chain.json", "never").code == 65)
    try chain.content("chain.tfw").dropLast(9).write(
      to: URL(filePath: chain.folder.appending("cut.tfw")))
    let cut = try run("cut.tfw", "never")
    #expect(cut.code == 65 && cut.errors.contains("damaged"), "\(cut.errors)")
    let file = try run("chain.tfw", "chain.json")
    #expect(file.code == 73 && file.errors.contains("a folder was expected"), "\(file.errors)")
    #expect(try run("chain.tfw", "chain.json/in").code == 73)
    #expect(!chain.exists("never"))
  }
}
