import JSONDocument
import Reporting
import Testing

/// What the workers took over a run's time.
@Suite struct LoadTests {
  private func run(_ tasks: [RunReport.TimelineTask]) -> RunReport.Run {
    var run = SampleReport.run
    run.timeline = tasks
    return run
  }

  private func task(
    _ worker: Int, _ start: Double, _ end: Double, cpu: Double? = nil, memory: Int? = nil
  ) -> RunReport.TimelineTask {
    RunReport.TimelineTask(
      stage: "a", event: nil, worker: worker, start: start, end: end, cpuSeconds: cpu,
      peakMemory: memory)
  }

  @Test func partsAddUpToTheTimesOfTheTasks() throws {
    let load = try #require(
      run([
        task(0, 0, 60, cpu: 30, memory: 100), task(1, 30, 120, cpu: 180, memory: 50),
        task(0, 60.5, 61, cpu: 0.25, memory: 400),
      ]).load)
    #expect(load.partSeconds == 1 && load.workers.count == 120)
    let whole = load.workers.reduce(0, +) * load.partSeconds
    #expect(abs(whole - 150.5) < 1e-9)
    let processors = try #require(load.processors)
    #expect(abs(processors.reduce(0, +) * load.partSeconds - 210.25) < 1e-9)
    #expect(processors[0] == 0.5 && processors[40] == 2.5 && processors[100] == 2)
    // A worker's later, larger task counts from where it begins.
    let memory = try #require(load.memory)
    #expect(memory[10] == 100 && memory[40] == 150 && memory[60] == 450 && memory[100] == 50)
  }

  @Test func whatTasksDoNotTellIsNotThere() throws {
    let load = try #require(run([task(0, 0, 1), task(1, .nan, 2), task(2, 3, 2)]).load)
    #expect(load.processors == nil && load.memory == nil)
    #expect(load.workers.allSatisfy { abs($0 - 1) < 1e-9 })
    #expect(run([]).load == nil)
    #expect(run([task(0, 0, 0)]).load == nil)
    var report = SampleReport.report
    report.run.timeline = []
    #expect(report.json["run"]?["load"] == .null)
    #expect(SampleReport.report.json["run"]?["load"]?["workers"]?.arrayValue?.count == 120)
  }

  @Test func processorsInUseAreProcessorTimeOverTime() {
    #expect(SampleReport.run.stages[0].processors == 8.75 / 4.5)
    #expect(SampleReport.run.stages[2].processors == nil)
    var idle = SampleReport.report
    idle.run.timeline = []
    #expect(HTMLReport.page(of: idle).contains("No task ran"))
    #expect(!HTMLReport.page(of: idle).contains("Tasks by worker"))
  }
}
