import Foundation
import JSONDocument
import TestSupport
import Testing

/// What other programs made, scored here.
@Suite(.serialized) struct ImportTests {
  private let study: SmallStudy

  init() throws {
    study = try SmallStudy()
  }

  private var folder: TemporaryFolder { study.folder }

  private func run(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments + ["--cache", "cache"], in: folder.path)
  }

  private func imported(_ arguments: String..., to place: String) throws -> Program.Ending {
    try Program.run(
      ["import"] + arguments
        + ["--cache", "cache", "--run-dir", place, "--json", "--quiet"], in: folder.path)
  }

  private func ownRun() throws -> JSONValue {
    let own = try study.run(cache: "cache")
    try #require(own.code == 0, "\(own.errors)")
    return try #require(own.json)
  }

  private func events(_ report: JSONValue) -> JSONValue? {
    report["results"]?["tracks"]?.arrayValue?.first?["events"]
  }

  @Test func exportedTracksScoreTheSameWhenTheyAreImported() throws {
    let own = try ownRun()
    #expect(try run("export", "submission", "--out", "tracks.csv").code == 0)
    let again = try imported(
      "submission", "tracks.csv", "--events", "events", "--name", "theirs", to: "theirs")
    try #require(again.code == 0, "\(again.errors)")
    #expect(again.json?["score"] == own["score"])
    #expect(again.json?["scoreUncertainty"] == own["scoreUncertainty"])
    #expect(again.json?["ceiling"] == .null)
    #expect(again.json?["workflow"] == "theirs")
    #expect(FileManager.default.fileExists(atPath: folder.appending("theirs/report.html")))
    // What a run can do, an imported one can.
    #expect(try run("export", "submission", "--run", "last", "--out", "tracks2.csv").code == 0)
    let files = ["tracks.csv", "tracks2.csv"].map {
      FileManager.default.contents(atPath: folder.appending($0))
    }
    #expect(files[0] == files[1])
    let compared = try run("runs", "compare", "last-2", "last")
    #expect(compared.code == 0, "\(compared.errors)")
    let repeated = try run(
      "run", "theirs/workflow.json", "--run-dir", "theirs", "--json", "--quiet")
    #expect(repeated.code == 0 && repeated.json?["tasksRun"] == 0, "\(repeated.errors)")
  }

  @Test func theEventsMayBeThoseOfARun() throws {
    let own = try ownRun()
    #expect(try run("export", "submission", "--out", "tracks.csv").code == 0)
    let again = try imported("submission", "tracks.csv", "--events-of", "last", to: "theirs")
    try #require(again.code == 0, "\(again.errors)")
    #expect(again.json?["score"] == own["score"])
  }

  @Test func aFileWithoutEventsIsOfTheOneThatIsNamed() throws {
    _ = try ownRun()
    #expect(try run("export", "submission", "--per-event", "--out", "each").code == 0)
    let file = "each/event000000014-submission.csv"
    let unnamed = try imported("submission", file, "--events", "events", to: "theirs")
    #expect(unnamed.code == 64)
    #expect(unnamed.errors.contains("it has no column event_id; name the event with --event"))
    let named = try imported(
      "submission", file, "--events", "events", "--event", "14", to: "theirs")
    try #require(named.code == 0, "\(named.errors)")
    let theirs = try #require(events(study.report(folder: "theirs"))?.arrayValue)
    let own = try #require(events(study.report(cache: "cache"))?.arrayValue)
    #expect(theirs.count == 1)
    #expect(theirs.first?["score"] == own.first?["score"])
  }

  @Test func exportedGraphsGiveTheSameTracksWhenTheyAreImported() throws {
    let own = try ownRun()
    #expect(try run("export", "graphs", "--event", "14-15", "--out", "graphs").code == 0)
    let again = try imported(
      "graphs", "graphs/event000000014_g000.npz", "graphs/event000000015_g000.npz", "--events",
      "events", "--threshold", "0.4", to: "theirs")
    try #require(again.code == 0, "\(again.errors)")
    #expect(again.json?["score"] == own["score"])
    #expect(again.json?["ceiling"] == own["ceiling"])
    let edges = again.json?["edges"]?.arrayValue?.first
    #expect(edges?["auc"] == own["edges"]?.arrayValue?.first?["auc"])
    // Without events the report is of the edges.
    let alone = try imported("graphs", "graphs/event000000014_g000.npz", to: "alone")
    try #require(alone.code == 0, "\(alone.errors)")
    #expect(alone.json?["score"] == .null)
    #expect(alone.json?["edges"]?.arrayValue?.first?["eventsClassified"] == 1)
  }

  @Test func aGraphWithoutProbabilitiesCountsAllItsEdges() throws {
    _ = try ownRun()
    // The graphs of the training events were not classified.
    #expect(try run("export", "graphs", "--event", "10", "--out", "graphs").code == 0)
    let again = try imported(
      "graphs", "graphs/event000000010_g000.npz", "--events", "events", "--method", "components",
      to: "theirs")
    try #require(again.code == 0, "\(again.errors)")
    let edges = again.json?["edges"]?.arrayValue?.first
    #expect(edges?["efficiency"]?.doubleValue == 1)
    #expect((again.json?["score"]?.doubleValue ?? -1) >= 0)
  }

  // MARK: - What is wrong

  private func score(_ text: String, _ more: String...) throws -> Program.Ending {
    _ = try folder.write(text, to: "bad.csv")
    return try Program.run(
      [
        "import", "submission", "bad.csv", "--events", "events", "--run-dir", "bad", "--cache",
        "cache",
      ]
        + more, in: folder.path)
  }

  @Test(arguments: [
    ("event_id,hit_id,track\n10,1,1\n", 65, "bad.csv:1: "),
    ("event_id,hit_id,track_id\n", 65, "it has no rows"),
    (
      "event_id,hit_id,track_id\n10,1,1\n99,1,1\n", 65,
      "it is of event 99, which events does not have"
    ),
    ("event_id,hit_id,track_id\n10,1,99999999999999999999\n", 65, "bad.csv:2: column track_id"),
    ("event_id,hit_id,track_id\n10,-4,1\n", 65, "bad.csv:2: column hit_id"),
    ("event_id,hit_id,track_id\n10,1\n", 65, "bad.csv:2: "),
    ("hit_id,track_id\n1,1\n", 64, "it has no column event_id"),
  ])
  func aFileThatIsNoSubmissionIsRefused(text: String, code: Int, words: String) throws {
    let ending = try score(text)
    #expect(ending.code == Int32(code), "\(ending.errors)")
    #expect(ending.errors.contains(words), "\(ending.errors)")
  }

  @Test func hitsThatAreUnknownOrThereTwiceAreNamedWithTheirLine() throws {
    let unknown = try score("event_id,hit_id,track_id\n10,1,1\n10,9999999,1\n", "--json")
    #expect(unknown.code != 0)
    let text = unknown.output + unknown.errors
    #expect(text.contains("bad.csv:3: column hit_id: hit 9999999 is not among the"), "\(text)")
    let twice = try score(
      "event_id,hit_id,track_id\n10,1,1\n11,5,1\n10,1,2\n11,6,1\n", "--json")
    #expect(twice.code == 3, "\(twice.errors)")
    let reason = twice.json?["setAside"]?.arrayValue?.first?["reason"]?.stringValue ?? ""
    #expect(
      reason.contains("bad.csv:4: column hit_id: hit 1 of event 10 is in line 2 already"),
      "\(reason)")
    #expect(twice.json?["eventsScored"] == 1)
  }

  @Test func aFileThatIsNotThereIsNamed() throws {
    let ending = try imported("submission", "nowhere.csv", "--events", "events", to: "bad")
    #expect(ending.code == 66)
    #expect(ending.errors.contains("no readable file at nowhere.csv"))
    let graph = try imported("graphs", "event000000010.npz", "--events", "events", to: "bad")
    #expect(graph.code == 66)
  }

  @Test func tracksWithoutEventsCanNotBeScored() throws {
    _ = try folder.write("event_id,hit_id,track_id\n10,1,1\n", to: "tracks.csv")
    let ending = try imported("submission", "tracks.csv", to: "bad")
    #expect(ending.code == 64)
    #expect(ending.errors.contains("name their folder with --events"))
  }
}
