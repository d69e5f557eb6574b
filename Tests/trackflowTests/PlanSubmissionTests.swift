import Foundation
import JSONDocument
import TestSupport
import Testing

/// What `plan` says of jobs that a run would hand to Slurm; it asks no Slurm, and there is none here.
@Suite struct PlanSubmissionTests {
  private func plan(_ study: SmallStudy, _ more: [String]) throws -> Program.Ending {
    let ending = try Program.run(
      ["plan", "small.json", "--cache", "cache"] + more, in: study.folder.path)
    #expect(ending.code == 0, "\(ending.errors)")
    return ending
  }

  private static let settings = [
    "--executor", "slurm", "--set", "executor.partition=main", "--set", "executor.maxJobs=50",
    "--set", "executor.time=30 min", "--set", "graphs.memory=1 GB", "--set",
    "graphs.executor.cpus=2", "--set", "graphs.executor.eventsPerJob=2", "--set",
    "train.executor.cpus=8", "--set", "train.executor.time=4h", "--set",
    "train.executor.account=atlas",
  ]

  @Test func everyStageHasItsJobs() throws {
    let study = try SmallStudy()
    let lines = try plan(study, Self.settings).output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("nothing is asked of Slurm here: arrays of up to 1001") == true)
    func jobs(of stage: String) throws -> String {
      let index = try #require(lines.firstIndex { $0.hasPrefix("\(stage) ") })
      return lines[index + 1].trimmingCharacters(in: .whitespaces)
    }
    #expect(
      try jobs(of: "graphs")
        == "1 array of 3 jobs, 2 events each · 2 cpus, 2 GB, 30 min · partition main, at most 50 at a time"
    )
    #expect(try jobs(of: "train") == "1 job · 8 cpus, 4 h · partition main, account atlas")
    #expect(try jobs(of: "edges") == "1 job, 2 events · 1 cpu, 30 min · partition main")
    #expect(!(try plan(study, []).output.contains("job")))
  }

  @Test func theJSONHasThemToo() throws {
    let study = try SmallStudy()
    let json = try #require(try plan(study, Self.settings + ["--json"]).json)
    #expect(json["executor"] == ["kind": "slurm", "largestArray": 1001])
    let stages = json["stages"]?.arrayValue ?? []
    let graphs = try #require(stages.first { $0["stage"] == "graphs" }?["submission"])
    let expected: JSONValue = [
      "jobs": 3, "arrays": [3], "eventsPerJob": 2, "cpus": 2, "memoryBytes": 2_000_000_000,
      "timeSeconds": 1800, "partition": "main", "account": .null, "maxJobs": 50,
    ]
    #expect(graphs.canonicalText == expected.canonicalText)
    let train = try #require(stages.first { $0["stage"] == "train" }?["submission"])
    #expect(train["eventsPerJob"] == .null && train["jobs"] == 1 && train["cpus"] == 8)
    let local = try #require(try plan(study, ["--json", "--executor", "local"]).json)
    #expect(local["executor"] == nil)
    #expect(local["stages"]?.arrayValue?.allSatisfy { $0["submission"] == nil } == true)
  }

  @Test func aLargeStudyMakesSeveralArrays() throws {
    let study = try SmallStudy()
    _ = try study.folder.write(
      """
      {
        "name": "large", "dataset": { "manifest": "m.json", "name": "made" },
        "split": { "all": "0%-100%" }, "executor": { "kind": "slurm", "eventsPerJob": 1 },
        "stages": { "events": { "uses": "simulate-events", "on": ["all"] } }
      }
      """, to: "large.json")
    func words(_ count: Int) throws -> String {
      _ = try study.folder.write(
        "{\"version\": 1, \"datasets\": {\"made\": {\"made\": true, \"path\": \"made\", \"files\": [\"hits\", \"cells\", \"particles\", \"truth\"], \"events\": {\"first\": 1, \"last\": \(count)}}}}",
        to: "m.json")
      let ending = try Program.run(
        ["plan", "large.json", "--cache", "cache"], in: study.folder.path)
      #expect(ending.code == 0, "\(ending.errors)")
      return ending.output
    }
    #expect(try words(1500).contains("    2 arrays of 1001 and 499 jobs, 1 event each · 1 cpu\n"))
    #expect(
      try words(2500).contains(
        "    3 arrays of up to 1001 jobs, 2500 in all, 1 event each · 1 cpu\n"))
  }

  @Test func anUnknownExecutorIsRefused() throws {
    let ending = try Program.run(
      ["plan", "small.json", "--executor", "slrum"], in: FileManager.default.temporaryDirectory.path
    )
    #expect(ending.code == 64)
    #expect(ending.errors.contains("slurm"), "\(ending.errors)")
  }
}
