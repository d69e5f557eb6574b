import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Nights of a study, one after the other.
@Suite struct NightlyTests {
  let nightly: NightlyStudy

  init() throws { nightly = try NightlyStudy() }

  @Test func aRegressionEndsWithItsCodeAndIsNotWhatTheNextNightIsMeasuredBy() throws {
    let first = try nightly.night()
    try #require(first.code == 0, "\(first.errors)")
    #expect(first.json?["verdict"] == "good")
    #expect(first.json?["judgement"] == .null)
    #expect(first.json?["numbers"]?["time"]?["value"]?.doubleValue != nil)
    let night = try #require(first.json?["id"]?.stringValue)
    for file in ["report.html", "report.json", "report.junit.xml", "summary.md", "journal.jsonl"] {
      #expect(nightly.exists("nightly/nights/\(night)/\(file)"), "\(file)")
    }
    let bad = try nightly.night(NightlyStudy.worse)
    #expect(bad.code == 4, "\(bad.errors)")
    let judgement = try #require(bad.json?["judgement"])
    #expect(judgement["comparedWith"]?.stringValue == night)
    #expect(
      judgement["changes"]?.arrayValue?.contains("workflow: graphs.maxDeltaPhi 0.5 -> 0.01") == true
    )
    #expect(try nightly.text("nightly/junit.xml").contains("REGRESSION: at most 0.0100 worse"))
    #expect(try nightly.text("nightly/summary.md").contains("**REGRESSION**"))
    let page = try nightly.text("nightly/index.html")
    #expect(page.contains("The last night is a regression against \(night)."))
    #expect(page.contains("href=\"nights/\(night)/report.html\""))
    // All is computed anew, and comes to the same bits as on the first night.
    let third = try nightly.night()
    #expect(third.code == 0, "\(third.errors)")
    #expect(third.json?["judgement"]?["comparedWith"]?.stringValue == night)
    let differences = third.json?["judgement"]?["differences"]?.arrayValue ?? []
    #expect(differences.contains { $0["number"] == "time" })
    for difference in differences
    where difference["number"]?.stringValue?.lowercased().hasSuffix("time") == false {
      #expect(difference["difference"]?.doubleValue == 0, "\(difference.compactText)")
    }
    #expect(
      third.json?["judgement"]?["changes"]?.arrayValue?.first?.stringValue?.hasPrefix("nothing")
        == true)
    #expect(try nightly.verdicts() == ["good", "regression", "good"])
  }

  @Test(.enabled(if: Pages.canBeOpened, Pages.absence)) func thePageIsSoundInABrowser() throws {
    try #require(try nightly.night().code == 0)
    try #require(try nightly.night(NightlyStudy.worse).code == 4)
    try Pages.expectSound(
      "check_report.py", nightly.folder.appending("nightly/index.html"),
      [
        "--plots", "Score by night", "Ceiling by night", "Efficiency by night",
        "Edge AUC by night", "Events by night", "Time by night",
      ])
  }

  @Test func aRegressionThatIsAcceptedIsWhatTheNextNightIsMeasuredBy() throws {
    try #require(try nightly.night().code == 0)
    let refused = try Program.run(["nightly", "accept", "--because", "x"], in: nightly.folder.path)
    #expect(refused.code == 64 && refused.errors.contains("only a regression can be accepted"))
    let bad = try nightly.night(NightlyStudy.worse)
    #expect(bad.code == 4)
    let accepted = try Program.run(
      ["nightly", "accept", "--because", "narrow <windows>"], in: nightly.folder.path)
    #expect(accepted.code == 0, "\(accepted.errors)")
    #expect(try nightly.verdicts() == ["good", "accepted"])
    #expect(try nightly.text("nightly/index.html").contains("narrow &lt;windows&gt;"))
    let next = try nightly.night(NightlyStudy.worse)
    #expect(next.code == 0)
    #expect(next.json?["judgement"]?["comparedWith"] == bad.json?["id"])
  }

  @Test func aNightThatIsKilledIsAFailedOne() throws {
    try #require(try nightly.night().code == 0)
    let running = try Program.start(
      NightlyStudy.arguments(["--set", "train.epochs=20000"]), in: nightly.folder.path)
    // The cache is emptied before the night's folder is there.
    while nightly.nightFolders < 2 || nightly.study.objectCount(cache: "nightly/cache") < 6,
      running.process.isRunning
    {}
    // The folder is one night's at a time.
    let second = try nightly.night()
    #expect(second.code == 69 && second.errors.contains("a night is on already: process"))
    kill(running.identifier, SIGKILL)
    #expect(running.wait().signaled)
    let next = try nightly.night()
    #expect(next.code == 0, "\(next.errors)")
    #expect(try nightly.verdicts() == ["good", "failed", "good"])
    #expect(try nightly.index()[1]["reason"]?.stringValue?.contains("without a word") == true)
    #expect(next.json?["judgement"]?["comparedWith"] == (try nightly.index()[0]["id"]))
  }

  @Test func aNightThatIsStoppedSaysSo() throws {
    let running = try Program.start(
      NightlyStudy.arguments(["--set", "train.epochs=20000"]), in: nightly.folder.path)
    while nightly.study.objectCount(cache: "nightly/cache") < 6, running.process.isRunning {}
    kill(running.identifier, SIGTERM)
    #expect(running.wait().code == 130)
    #expect(try nightly.verdicts() == ["interrupted"])
    #expect(try nightly.text("nightly/summary.md").contains("interrupted"))
  }

  @Test func aNightWhoseWorkflowIsBrokenIsKeptWithItsReason() throws {
    try #require(try nightly.night().code == 0)
    _ = try nightly.folder.write("{", to: "nightly.json")
    let broken = try nightly.night()
    #expect(broken.code == 78)
    #expect(broken.json?["state"] == "failed")
    #expect(try nightly.verdicts() == ["good", "failed"])
    #expect(try nightly.text("nightly/junit.xml").contains("errors=\"1\""))
    #expect(try nightly.text("nightly/index.html").contains("The last night failed."))
    let status = try Program.run(["nightly", "status"], in: nightly.folder.path)
    #expect(status.code == 0 && status.output.contains("failed"))
  }

  @Test func anEventThatIsLostIsARegressionWithoutTolerance() throws {
    try #require(try nightly.night().code == 0)
    try Data().write(to: URL(filePath: nightly.study.eventFile(15, "hits")))
    let lost = try nightly.night()
    #expect(lost.code == 4, "\(lost.errors)")
    #expect(lost.json?["state"] == "incomplete")
    #expect(lost.json?["reason"]?.stringValue?.contains("event 15 at graphs") == true)
    #expect(try nightly.text("nightly/junit.xml").contains("name=\"event 15\""))
    let changes = lost.json?["judgement"]?["changes"]?.arrayValue ?? []
    #expect(changes.contains("data: event 15 without a result now"))
  }

  @Test func whatIsDamagedGoneOrMovedStopsNoNight() throws {
    let first = try nightly.night()
    try #require(first.code == 0)
    let id = try #require(first.json?["id"]?.stringValue)
    try FileManager.default.removeItem(atPath: nightly.folder.appending("nightly/nights/\(id)"))
    _ = try nightly.folder.write("{\"format\": \"trackflow-night\"", to: "nightly/history/cut.json")
    _ = try nightly.folder.write(
      "{\"format\": \"x\", \"version\": 1}", to: "nightly/history/x.json")
    try FileManager.default.moveItem(
      atPath: nightly.folder.appending("nightly"), toPath: nightly.folder.appending("moved"))
    let next = try nightly.night(["--folder", "moved"])
    #expect(next.code == 0)
    #expect(next.errors.contains("passed over: history/cut.json:1:"))
    #expect(next.errors.contains("passed over: history/x.json: format should be"))
    #expect(next.json?["judgement"]?["comparedWith"]?.stringValue == id)
    let page = try nightly.text("moved/index.html")
    #expect(page.contains(id) && !page.contains("href=\"nights/\(id)/"))
    #expect(page.contains("Files of the history cannot be read."))
  }

  @Test func aFolderIsOfOneWorkflow() throws {
    try #require(try nightly.night().code == 0)
    let other = try Program.run(["nightly", "run", "small.json"], in: nightly.folder.path)
    #expect(other.code == 64 && other.errors.contains("holds the nights of the workflow"))
    #expect(try nightly.verdicts() == ["good"])
    let none = try Program.run(
      ["nightly", "accept", "--because", "x", "--folder", "none"], in: nightly.folder.path)
    #expect(none.code == 66)
    #expect(!nightly.exists("none"))
  }

  @Test func thresholdsAreInNoKeyAndAnotherCacheIsTakenAsItIs() throws {
    try #require(try nightly.study.run(cache: "cache").code == 0)
    let plan = try Program.run(
      ["plan", "nightly.json", "--cache", "cache", "--json"], in: nightly.folder.path)
    #expect(plan.json?["toRun"] == 0, "\(plan.errors)")
    let night = try nightly.night(["--cache", "cache"])
    #expect(night.code == 0, "\(night.errors)")
    // A time with results from a cache is none.
    #expect(night.json?["numbers"]?["time"] == nil)
    #expect(night.json?["numbers"]?["events"]?["value"] == 2)
    #expect(!nightly.exists("nightly/cache"))
  }

  @Test func aRunWritesItsSummariesAlsoWhereNothingHadToBeDone() throws {
    let more = ["--junit", "out/run.xml", "--markdown", "out/run.md"]
    let first = try nightly.study.run(cache: "cache", more)
    try #require(first.code == 0, "\(first.errors)")
    let (junit, markdown) = (try nightly.text("out/run.xml"), try nightly.text("out/run.md"))
    #expect(junit.contains("<testsuite name=\"small.events\" tests=\"2\""))
    #expect(markdown.contains("[report](<../cache-run/report.html>)"))
    try FileManager.default.removeItem(atPath: nightly.folder.appending("out"))
    let second = try nightly.study.run(cache: "cache", more)
    #expect(second.code == 0 && second.json?["tasksRun"] == 0)
    #expect(try nightly.text("out/run.xml") == junit)
    #expect(try nightly.text("out/run.md") == markdown)
    _ = try nightly.folder.write("a file", to: "file")
    #expect(try nightly.study.run(cache: "cache", ["--junit", "file/run.xml"]).code == 73)
  }
}
