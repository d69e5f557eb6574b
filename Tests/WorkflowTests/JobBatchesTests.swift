import Testing
import Workflow

/// How a stage's tasks become jobs of a cluster.
@Suite struct JobBatchesTests {
  private func settings(eventsPerJob: Int? = nil, cpus: Int? = nil) -> ExecutorSettings {
    var settings = ExecutorSettings()
    settings.eventsPerJob = eventsPerJob
    settings.cpus = cpus
    return settings
  }

  private func batches(
    _ tasks: Int, _ settings: ExecutorSettings, seconds: Double? = nil, scope: StageScope = .event,
    largestArray: Int = 1001
  ) -> JobBatches {
    JobBatches(
      tasks: tasks, scope: scope, settings: settings, secondsATask: seconds,
      largestArray: largestArray)
  }

  @Test func theSettingsSayHowManyEventsAJobTakes() {
    let found = batches(15_000, settings(eventsPerJob: 10), seconds: 100)
    #expect(found.eventsPerJob == 10 && found.batches == 1500)
    #expect(found.arrays == 2 && found.arraySizes == [1001, 499])
    #expect(batches(11, settings(eventsPerJob: 10)).batches == 2)
    #expect(batches(0, settings(eventsPerJob: 10)).arraySizes == [])
  }

  @Test(arguments: [
    (60.0, 1, 10), (60, 4, 40), (0.1, 1, 1000), (0, 1, 1000), (601, 1, 1), (6000, 8, 1),
    (1200, 4, 2),
  ])
  func elseAJobTakesAboutTenMinutes(seconds: Double, cpus: Int, events: Int) {
    #expect(batches(5000, settings(cpus: cpus), seconds: seconds).eventsPerJob == events)
  }

  @Test func whereNothingTellsAJobTakesTenEvents() {
    #expect(batches(25, settings()).eventsPerJob == 10)
    #expect(batches(25, settings()).batches == 3)
  }

  @Test func aStageOverTheWholeStudyIsOneJob() {
    let found = batches(1, settings(eventsPerJob: 10, cpus: 8), seconds: 1, scope: .study)
    #expect(found.eventsPerJob == 1 && found.batches == 1 && found.arraySizes == [1])
  }

  @Test func everyJobIsInOneArray() {
    for tasks in 0..<40 {
      for largest in 1..<8 {
        let found = batches(tasks, settings(eventsPerJob: 3), largestArray: largest)
        #expect(found.arraySizes.reduce(0, +) == found.batches)
        #expect(found.arraySizes.count == found.arrays)
        #expect(found.arraySizes.allSatisfy { (1...largest).contains($0) })
        #expect(found.batches * 3 >= tasks && (found.batches - 1) * 3 < max(tasks, 1))
      }
    }
  }

  /// The plan of the sample workflow, with a forecast for the three events of graphs and the one of score.
  private func plan(graphs: Double?, score: Double?, _ overrides: [String] = []) throws -> Plan {
    let study = try Study()
    var plan = try withExtendedLifetime(study) { try study.planner(overrides).plan() }
    for index in plan.stages.indices {
      plan.stages[index].forecast =
        ["graphs": graphs, "score": score, "train": 1e6][plan.stages[index].definition.name] ?? nil
    }
    return plan
  }

  private func commonSize(_ plan: Plan, cpus: Int? = nil) -> Int {
    JobBatches.commonSize(of: plan, workflow: settings(cpus: cpus))
  }

  @Test func theStagesOfAWorkflowShareOneSize() throws {
    // Three events of 10 s each and one of 20 s: 30 s an event.
    #expect(try commonSize(plan(graphs: 30, score: 20)) == 20)
    #expect(try commonSize(plan(graphs: 30, score: 20), cpus: 4) == 80)
    #expect(
      try commonSize(plan(graphs: 30, score: 20, ["graphs.workers=1"]), cpus: 4) == 40)
    let whole = try plan(graphs: 30, score: 20)
    let sizes = ["graphs", "score"].map { name in
      JobBatches(
        of: whole.stage(name)!, settings: settings(), commonSize: commonSize(whole),
        largestArray: 1001
      ).eventsPerJob
    }
    #expect(sizes == [20, 20])
  }

  @Test func aStageThatSaysItsOwnIsNotCounted() throws {
    let plan = try plan(graphs: 30, score: 20, ["graphs.executor.eventsPerJob=2"])
    #expect(commonSize(plan) == 30)
    let graphs = try #require(plan.stage("graphs"))
    let own = graphs.definition.executor
    #expect(
      JobBatches(of: graphs, settings: own, commonSize: 30, largestArray: 1001).eventsPerJob == 2)
  }

  @Test func whatIsNotForeseenKeepsTheSizeSmall() throws {
    #expect(try commonSize(plan(graphs: nil, score: nil)) == 10)
    #expect(try commonSize(plan(graphs: 3, score: nil)) == 10)
    #expect(try commonSize(plan(graphs: 900, score: nil)) == 2)
  }
}
