import Foundation
import JSONDocument
import TestSupport
import Testing

/// `trackflow display`, and the pages that a run writes.
@Suite struct DisplayTests {
  private let study: SmallStudy
  private let report: JSONValue

  init() throws {
    study = try SmallStudy()
    let ended = try study.run(cache: "cache", ["--set", "report.gallery=true"])
    try #require(ended.code == 0, "\(ended.errors)")
    report = try study.report(cache: "cache")
  }

  private func display(_ more: [String]) throws -> Program.Ending {
    try Program.run(["display"] + more + ["--cache", "cache"], in: study.folder.path)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: study.folder.appending(name), encoding: .utf8)
  }

  @Test func aRunWritesTheFirstScoredEventsPageAndLinksIt() throws {
    let file = "displays/event000000014.html"
    #expect(report["run"]?["displays"]?.arrayValue?.first?["event"]?.intValue == 14)
    #expect(report["run"]?["displays"]?.arrayValue?.first?["file"]?.stringValue == file)
    #expect(try text("cache-run/report.html").contains("<a href=\"\(file)\">event 14</a>"))
    #expect(try text("cache-run/report.html").contains("<a href=\"gallery.html\">"))
    #expect(try text("cache-run/\(file)").contains("<h1>Event 14</h1>"))
    let gallery = try text("cache-run/gallery.html")
    #expect(gallery.components(separatedBy: "<section>").count == 5)
    #expect(gallery.contains("1. The graph, with true and false edges"))
    #expect(gallery.contains("tracks from greedy walks"))
    // A page that is gone is a reason to write the reports again.
    try FileManager.default.removeItem(atPath: study.folder.appending("cache-run/\(file)"))
    let again = try study.run(cache: "cache", ["--set", "report.gallery=true"])
    #expect(again.code == 0)
    #expect(FileManager.default.fileExists(atPath: study.folder.appending("cache-run/\(file)")))
  }

  @Test func howManyPagesARunWritesIsAParameter() throws {
    let none = try study.run(cache: "cache", ["--set", "report.displays=0"])
    #expect(none.json?["displays"] == .array([]))
    let two = try study.run(cache: "cache", ["--set", "report.displays=2"])
    #expect(two.json?["displays"]?.arrayValue?.count == 2)
    #expect(two.json?["tasksRun"]?.intValue == 0)
  }

  @Test func aPageIsWrittenOfAnyEventOfTheRun() throws {
    let ended = try display(["11", "--out", "page.html", "--json"])
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.json?["event"]?.intValue == 11)
    // A training event has a graph, and no tracks.
    #expect(ended.json?["tracks"] == .array([]))
    #expect(ended.json?["edges"]?.arrayValue?.first?["stage"]?.stringValue == "graphs")
    let page = try text("page.html")
    #expect(ended.json?["bytes"]?.intValue == page.utf8.count)
    #expect(try display(["11", "--out", "again.html"]).code == 0)
    #expect(try text("again.html") == page)
    let scored = try display(["14", "--json"])
    #expect(scored.json?["file"]?.stringValue == "event000000014.html")
    #expect(scored.json?["tracks"]?.arrayValue?.first?["stage"]?.stringValue == "tracks")
  }

  @Test func whatIsNotThereIsNamed() throws {
    let event = try display(["99"])
    #expect(event.code == 64)
    #expect(event.errors.contains("has nothing of an event 99; it has events 10-15"))
    let three = try display(["14", "--three", "events"])
    #expect(three.code == 66)
    #expect(three.errors.contains("events has no build/three.min.js"))
    let run = try display(["14", "--run", "nosuchrun"])
    #expect(run.code == 64)
    let folder = try display(["14", "--out", "small.json/page.html"])
    #expect(folder.code == 73)
    #expect(!FileManager.default.fileExists(atPath: study.folder.appending("event000000014.html")))
  }

  @Test func filesThatAreGoneAreNamed() throws {
    let hits = "events/event000000014-hits.csv"
    try FileManager.default.removeItem(atPath: study.folder.appending(hits))
    let ended = try display(["14"])
    #expect(ended.code == 66)
    #expect(ended.errors.contains("the hits file of event 14 is not where it was"))
  }

  @Test func threeIsPutIntoThePageFromAnotherFolder() throws {
    _ = try study.folder.write("var THREE = {}, REVISION='120';", to: "three/build/three.js")
    _ = try study.folder.write(
      "THREE.OrbitControls = 1;", to: "three/examples/js/controls/OrbitControls.js")
    let ended = try display(["14", "--three", "three", "--out", "page.html", "--json"])
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.json?["three"]?.stringValue == "120")
    #expect(try text("page.html").contains("THREE.OrbitControls = 1;"))
  }
}
