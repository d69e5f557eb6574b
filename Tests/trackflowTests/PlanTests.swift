import Foundation
import JSONDocument
import TestSupport
import Testing

/// What `plan` says: why tasks have to run, since when, and how long they will take.
@Suite struct PlanTests {
  private func plan(_ study: SmallStudy, _ more: [String] = []) throws -> Program.Ending {
    let ending = try Program.run(
      ["plan", "small.json", "--cache", "cache"] + more, in: study.folder.path)
    #expect(ending.code == 0, "\(ending.errors)")
    return ending
  }

  private func runID(_ study: SmallStudy) throws -> String {
    let runs = try Program.run(
      ["runs", "list", "--cache", "cache", "--quiet"], in: study.folder.path)
    return try #require(runs.output.split(separator: "\n").last.map(String.init))
  }

  @Test func everyReasonNamesTheFieldAndTheRunThatItIsComparedWith() throws {
    let study = try SmallStudy()
    #expect(try plan(study).output.contains("6 events: no result yet"))
    #expect(try plan(study).output.contains("how long that takes, no earlier run tells"))
    try #require(study.run(cache: "cache").code == 0)
    let run = try runID(study)
    let narrower = try plan(study, ["--set", "graphs.maxDeltaPhi=0.3"]).output
    #expect(narrower.contains("6 events: maxDeltaPhi 0.5 -> 0.3 since run \(run)"), "\(narrower)")
    #expect(narrower.contains("whole study: 4 of 4 results of graphs changed since run \(run)"))
    #expect(narrower.contains("graphs changed, "))
    let longer = try plan(study, ["--set", "train.epochs=9"]).output
    #expect(
      longer.contains("epochs 6 -> 9 since run \(run); continues from epoch 6"), "\(longer)")
    let fewer = try plan(study, ["--set", "split.train=0-1"]).output
    #expect(fewer.contains("1 result of graphs is gone since run \(run)"), "\(fewer)")
    let path = study.eventFile(11, "truth")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try (text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let touched = try plan(study).output
    #expect(touched.contains("event 11: truth.csv changed since run \(run)"), "\(touched)")
  }

  @Test func theForecastFollowsTheHistoryAndTheWorkers() throws {
    let study = try Rehearsal()
    #expect(try study.run(["work.seconds=0.4"]).code == 0)
    func forecast(_ workers: String) throws -> Double {
      let plan = try Program.run(
        [
          "plan", "rehearsal.json", "--cache", "cache", "--set", "work.tag=1", "--json",
          "--workers", workers,
        ], in: study.folder.path)
      let stage = try #require(plan.json?["stages"]?.arrayValue?.first)
      #expect(stage["toRun"] == 6)
      return try #require(stage["forecastSeconds"]?.doubleValue)
    }
    let (one, three) = (try forecast("1"), try forecast("3"))
    #expect(one > 6 * 0.4 && one < 6 * 4)
    #expect(abs(one - 3 * three) < 1e-6)
  }

  @Test func thePlanDrawsItsStages() throws {
    let study = try SmallStudy()
    let dot = try plan(study, ["--dot"]).output
    #expect(dot.hasPrefix("digraph \"small\" {"))
    #expect(dot.contains("\"graphs\" [label=\"graphs\\nbuild-graphs\\n6 to run\""))
    #expect(dot.contains("  \"graphs\" -> \"train\";"))
    let mermaid = try plan(study, ["--mermaid"]).output
    #expect(mermaid.hasPrefix("flowchart LR\n"))
    #expect(mermaid.contains("s0[\"graphs<br/>build-graphs<br/>6 to run\"]"))
    #expect(mermaid.contains("  s0 --> s1"))
    let both = try Program.run(
      ["plan", "small.json", "--dot", "--json"], in: study.folder.path)
    #expect(both.code == 64)
  }

  @Test func aRunThatFindsNothingToDoSaysTheLastOnesResultsAndChangesNoFile() throws {
    let study = try SmallStudy()
    let first = try study.run(cache: "cache")
    let path = study.folder.appending("cache-run/report.html")
    let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    let second = try study.run(cache: "cache")
    #expect(second.json?["score"] == first.json?["score"])
    #expect(second.json?["tasksRun"] == 0)
    let after = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    #expect(before == after)
    // A report that was changed or is gone is written anew.
    try FileManager.default.removeItem(atPath: path)
    #expect(try study.run(cache: "cache").code == 0)
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
