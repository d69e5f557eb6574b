import Foundation
import JSONDocument
import Testing
import Workflow

@Suite struct StageLimitsTests {
  private static let limits = """
    "workers": 4, "memory": "1.5 GB", "timeLimit": "10 min", "retries": 0, "onError": "stop"
    """

  private func workflow(_ members: String) -> String {
    sampleWorkflow.replacingOccurrences(
      of: "\"uses\": \"train\",", with: "\"uses\": \"train\", \(members),")
  }

  @Test func theLimitsOfAStageAreReadAndWrittenOut() throws {
    let definition = try Study(workflow(Self.limits)).definition()
    let stage = try #require(definition.stage("train"))
    #expect(
      stage.limits
        == StageLimits(
          workers: 4, memory: MemorySize(bytes: 1_500_000_000), timeLimit: TimeSpan(seconds: 600),
          retries: 0, onError: .stop))
    #expect(definition.json["stages"]?["train"]?["timeLimit"] == "10 min")
    #expect(definition.json["stages"]?["train"]?["memory"] == "1.5 GB")
    #expect(definition.stage("graphs")?.limits == StageLimits())
    #expect(definition.json["stages"]?["graphs"]?["retries"] == nil)
  }

  @Test func limitsAreInNoKey() throws {
    let plain = try Study()
    let limited = try Study(workflow(Self.limits))
    let keys = try [plain, limited].map { study in
      try study.planner().plan().stages.flatMap { $0.tasks.map(\.key) }
    }
    #expect(keys[0] == keys[1])
    #expect(keys[0].count == 5)
  }

  @Test func theyCanBeSet() throws {
    let definition = try Study(workflow(Self.limits)).definition([
      "train.timeLimit=2h", "train.onError=set-aside", "graphs.workers=1", "train.memory=800 MB",
    ])
    #expect(definition.stage("train")?.limits.timeLimit == TimeSpan(seconds: 7200))
    #expect(definition.stage("train")?.limits.onError == .setAside)
    #expect(definition.stage("train")?.limits.memory == MemorySize(bytes: 800_000_000))
    #expect(definition.stage("graphs")?.limits == StageLimits(workers: 1))
  }

  @Test(arguments: [
    ("\"workers\": 0", "8:44: workers: a whole number from 1 to 1024 was expected, not 0"),
    ("\"workers\": \"4\"", "a whole number from 1 to 1024 was expected, not \"4\""),
    ("\"memory\": 4", "such as \"4 GB\" or \"800 MB\", was expected, not 4"),
    ("\"memory\": \"9 MB\"", "of at least 10 MB"), ("\"memory\": \"4 Gb\"", "such as \"4 GB\""),
    ("\"timeLimit\": \"10\"", "such as \"90 s\", \"10 min\" or \"2 h\", was expected, not \"10\""),
    ("\"timeLimit\": \"0.5 s\"", "a time from 1 s to 365 d"),
    ("\"retries\": -1", "a whole number from 0 to 100 was expected, not -1"),
    ("\"retries\": 101", "a whole number from 0 to 100"),
    ("\"onError\": \"continue\"", "\"stop\" or \"set-aside\" was expected, not \"continue\""),
    ("\"timelimit\": \"1 h\"", "unknown key \"timelimit\"; did you mean \"timeLimit\"?"),
  ])
  func aWrongLimitIsNamedWithItsPlace(member: String, words: String) throws {
    let study = try Study(workflow(member))
    let error = #expect(throws: WorkflowError.self) { try study.definition() }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("workflow.json:8:") == true)
  }

  @Test(arguments: [
    ("90 s", 90.0), ("10min", 600), ("1.5 h", 5400), ("2 d", 172_800),
  ])
  func aTimeIsANumberAndAUnit(text: String, seconds: Double) {
    #expect(TimeSpan(text) == TimeSpan(seconds: seconds))
    #expect(TimeSpan(TimeSpan(seconds: seconds).text) == TimeSpan(seconds: seconds))
  }

  @Test(arguments: ["", "10", "min", "10 m", "-1 s", "1e3 s", "10  s", "10 s ", "1. s"])
  func whatIsNoTimeIsRefused(text: String) {
    #expect(TimeSpan(text) == nil)
  }
}
