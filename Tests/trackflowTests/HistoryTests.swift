import Foundation
import JSONDocument
import TestSupport
import Testing

/// What a cache remembers of its runs, as a person asks for it.
@Suite struct HistoryTests {
  let study: SmallStudy

  init() throws { study = try SmallStudy() }

  private func program(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: study.folder.path)
  }

  /// Runs the study twice, the second time with another threshold; gives the runs' ids.
  private func runTwice() throws -> [String] {
    for more in [["--run-dir", "one"], ["--run-dir", "two", "--set", "tracks.threshold=0.6"]] {
      let ending = try Program.run(
        ["run", "small.json", "--cache", "cache", "--quiet"] + more, in: study.folder.path)
      try #require(ending.code == 0, "\(ending.errors)")
    }
    let list = try program("runs", "list", "--cache", "cache", "--quiet")
    return list.output.split(separator: "\n").map(String.init)
  }

  @Test func runsAreListedAndShown() throws {
    let ids = try runTwice()
    try #require(ids.count == 2)
    let list = try program("runs", "list", "--cache", "cache", "--json")
    let runs = try #require(list.json?["runs"]?.arrayValue)
    #expect(runs.map { $0["id"]?.stringValue } == ids)
    #expect(runs.map { $0["state"] } == ["done", "done"])
    #expect(runs.map { $0["tasksRun"] } == [13, 4])
    let limited = try program("runs", "list", "--cache", "cache", "--limit", "1", "--quiet")
    #expect(limited.output == "\(ids[1])\n")
    let none = try program("runs", "list", "--cache", "cache", "--workflow", "other", "--quiet")
    #expect(none.output.isEmpty && none.code == 0)

    let shown = try program("runs", "show", "last", "--cache", "cache", "--json")
    #expect(shown.code == 0, "\(shown.errors)")
    #expect(shown.json?["runBefore"]?.stringValue == ids[0])
    let changes = shown.json?["changes"]?.arrayValue?.compactMap { $0["words"]?.stringValue }
    #expect(changes == ["tracks.threshold 0.4 -> 0.6"])
    let stages = try #require(shown.json?["stages"]?.arrayValue)
    #expect(stages.map { $0["run"] } == [0, 0, 0, 2, 2])
    #expect(stages.map { $0["cached"] } == [6, 1, 2, 0, 0])
    #expect(try program("runs", "show", "one", "--cache", "cache").output.contains(ids[0]))
  }

  @Test func reportsSayWhatChangedSinceTheRunBefore() throws {
    let ids = try runTwice()
    #expect(try study.report(folder: "one")["run"]?["change"] == .null)
    let change = try #require(study.report(folder: "two")["run"]?["change"])
    #expect(change["run"]?.stringValue == ids[0])
    #expect(change["events"]?.arrayValue?.map { $0["event"] } == [14, 15])
    let words = change["differences"]?.arrayValue?.compactMap(\.stringValue)
    #expect(words == ["tracks.threshold 0.4 -> 0.6"])
    func again(_ more: String...) throws -> Program.Ending {
      try Program.run(
        ["run", "small.json", "--cache", "cache", "--set", "tracks.threshold=0.6"] + more,
        in: study.folder.path)
    }
    // A run that has nothing to do says again what the last one said.
    let repeated = try again()
    #expect(repeated.output.contains("since run \(ids[0])"), "\(repeated.errors)")
    // A report that is gone is passed over; where none is left, nothing is said.
    try FileManager.default.removeItem(atPath: study.folder.appending("two/report.json"))
    #expect(try again("--run-dir", "three").output.contains("since run \(ids[0])"))
    for folder in ["one", "three"] {
      try FileManager.default.removeItem(atPath: study.folder.appending("\(folder)/report.json"))
    }
    let alone = try again("--run-dir", "four")
    #expect(alone.code == 0 && !alone.output.contains("change:"))
  }

  @Test func namesOfNoneOrSeveralAreRefusedWithTheCandidates() throws {
    let ids = try runTwice()
    let several = try program("runs", "show", "20", "--cache", "cache")
    #expect(several.code == 64)
    #expect(ids.allSatisfy(several.errors.contains))
    let none = try program("runs", "show", "nightly", "--cache", "cache")
    #expect(none.code == 64 && none.errors.contains(ids[1]))
    #expect(try program("runs", "list", "--cache", "nowhere").code == 66)
    #expect(try program("status", "--cache", "nowhere").errors.contains("nowhere"))
    #expect(!FileManager.default.fileExists(atPath: study.folder.appending("nowhere")))
  }

  @Test func twoRunsThatDifferInOneParameterAreCompared() throws {
    _ = try runTwice()
    let ending = try program("runs", "compare", "last-2", "last", "--cache", "cache", "--json")
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.json?["changes"]?.arrayValue?.count == 1)
    #expect(ending.json?["provenance"]?["changedFiles"] == [])
    #expect(ending.json?["provenance"]?["machine"] == [])
    let figures = try #require(ending.json?["results"]?["figures"]?.arrayValue)
    let score = try #require(figures.first { $0["figure"] == "score" })
    #expect(score["stage"] == "tracks" && score["events"] == 2)
    // The same as from the two reports' means.
    let means = try ["one", "two"].map { folder in
      try #require(
        study.report(folder: folder)["results"]?["headline"]?["score"]?.doubleValue)
    }
    #expect(abs(try #require(score["mean"]?.doubleValue) - (means[1] - means[0])) < 1e-15)
    let auc = try #require(figures.first { $0["figure"] == "edge AUC" })
    #expect(auc["mean"] == 0 && auc["better"] == 0 && auc["worse"] == 0)
    let words = try program("runs", "compare", "last-2", "last", "--cache", "cache", "--events")
    #expect(words.output.contains("tracks.threshold 0.4 -> 0.6"))
    #expect(words.output.contains("the same files"))
    #expect(words.output.contains("\n  14  ") && words.output.contains("\n  15  "))
  }

  @Test func otherEventsAndChangedDataAreSaidLoudly() throws {
    try #require(study.run(cache: "cache", ["--run-dir", "one"]).code == 0)
    let path = study.eventFile(14, "hits")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n")
    let swapped = ([lines[0], lines[2], lines[1]] + lines[3...]).joined(separator: "\n") + "\n"
    try swapped.write(toFile: path, atomically: true, encoding: .utf8)
    let second = try study.run(
      cache: "cache", ["--run-dir", "two", "--set", "split.test=3-4"])
    try #require(second.code == 0, "\(second.errors)")
    let ending = try program("runs", "compare", "last-2", "last", "--cache", "cache")
    #expect(ending.code == 0, "\(ending.errors)")
    #expect(ending.output.contains("ATTENTION: tracks is not of the same events: 1 in both"))
    #expect(ending.output.contains("only the first has event 15"))
    #expect(ending.output.contains("event000000014-hits.csv has other content now"))
    #expect(ending.output.contains("split.test 4-5 -> 3-4"))
  }

  @Test func aReportThatALaterRunOverwroteIsNotTakenForTheRuns() throws {
    for threshold in ["0.4", "0.6"] {
      let ending = try study.run(cache: "cache", ["--set", "tracks.threshold=\(threshold)"])
      try #require(ending.code == 0, "\(ending.errors)")
    }
    let ending = try program("runs", "compare", "last-2", "last", "--cache", "cache")
    #expect(ending.code == 66)
    #expect(ending.errors.contains("overwritten by a later one"), "\(ending.errors)")
    #expect(try program("log", "last-2", "--cache", "cache").code == 66)
    #expect(try program("runs", "show", "last-2", "--cache", "cache").code == 0)
  }

  @Test func aScoreIsFollowedBackToItsFiles() throws {
    _ = try runTwice()
    func nodes(_ reference: String) throws -> [JSONMember] {
      let ending = try program("lineage", reference, "--cache", "cache", "--json")
      #expect(ending.code == 0, "\(reference): \(ending.errors)")
      return try #require(ending.json?["nodes"]?.members)
    }
    // 6 graphs, a training, 2 classified, 2 of tracks, 2 scores.
    #expect(try nodes("last").count == 13)
    let one = try nodes("last:score:14")
    #expect(one.count == 9)
    #expect(one[0].value["kind"] == "score-tracks" && one[0].value["event"] == 14)
    let earlier = try nodes("last-2:score:14")
    #expect(Set(earlier.map(\.name)).intersection(one.map(\.name)).count == 7)
    #expect(try nodes(String(one[0].name.prefix(10))).map(\.name) == one.map(\.name))
    let key = one[0].name
    #expect(
      try nodes("cache/objects/\(key.prefix(2))/\(key).tfz").map(\.name) == one.map(\.name))

    let path = study.eventFile(14, "truth")
    try (String(contentsOfFile: path, encoding: .utf8) + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: study.eventFile(14, "hits"))
    let tree = try program("lineage", "last:score:14", "--cache", "cache").output
    #expect(tree.contains("score (score-tracks, version"))
    #expect(tree.contains("threshold 0.6") && tree.contains("epochs 6"))
    #expect(tree.contains("4 results of graphs"))
    #expect(tree.contains("event000000014-truth.csv") && tree.contains("changed since"))
    #expect(
      tree.split(separator: "\n").contains { $0.contains("-hits.csv") && $0.hasSuffix("gone") })
    let dot = try program("lineage", "last", "--cache", "cache", "--dot").output
    #expect(dot.hasPrefix("digraph") && dot.contains("label=\"build-graphs\""))
    let wrong = try program("lineage", "last:scores", "--cache", "cache")
    #expect(wrong.code == 64 && wrong.errors.contains("graphs, train, edges, tracks, score"))
    #expect(try program("lineage", "last:score:10", "--cache", "cache").code == 64)
    #expect(try program("lineage", "nothing", "--cache", "cache").code == 64)
  }
}
