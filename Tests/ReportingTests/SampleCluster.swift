import Reporting

/// A run whose tasks were done on three nodes of a cluster.
enum SampleCluster {
  static var report: RunReport {
    var report = SampleReport.report
    report.run.cluster = cluster
    report.run.timeline = timeline
    report.run.workers = 5
    return report
  }

  static let cluster = RunReport.Cluster(
    name: "tracks", manager: "Slurm 22.05.8",
    nodes: [
      RunReport.Node(
        name: "n1", jobs: 4, tasks: 8, processorHours: 0.5, instructionSets: ["x86-64-v3"]),
      RunReport.Node(
        name: "n2", jobs: 2, tasks: 4, processorHours: 0.25,
        instructionSets: ["x86-64-v3", "x86-64-v4"]),
      RunReport.Node(
        name: "n10", jobs: 1, tasks: 1, processorHours: 12.125, instructionSets: ["x86-64-v4"]),
    ],
    jobs: [
      RunReport.StageJobs(
        stage: "graphs", single: ["1204_2", "1204_0", "1204_1", "1207_5", "1204_7"]),
      RunReport.StageJobs(stage: "train", single: ["1205_0"]),
    ])

  /// Two jobs side by side on n1, one of which has two processors; one after another on n2.
  static let timeline: [RunReport.TimelineTask] = [
    task("graphs", 1000, 0, "n1", 10, 40), task("graphs", 1001, 0, "n1", 12, 50),
    task("graphs", 1002, 0, "n1", 41, 60), task("graphs", 1003, 1, "n1", 11, 31),
    task("graphs", 1004, 2, "n10", 15, 45), task("graphs", 1005, 3, "n2", 16, 46),
    task("graphs", 1006, 3, "n2", 46, 70), task("train", nil, 2, "n10", 70, 185),
  ]

  private static func task(
    _ stage: String, _ event: Int?, _ worker: Int, _ node: String, _ start: Double, _ end: Double
  ) -> RunReport.TimelineTask {
    RunReport.TimelineTask(
      stage: stage, event: event, worker: worker, start: start, end: end,
      cpuSeconds: end - start, peakMemory: 100_000_000, node: node)
  }
}
