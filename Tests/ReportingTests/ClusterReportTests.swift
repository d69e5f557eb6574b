import JSONDocument
import Reporting
import TestSupport
import Testing

/// What a report says of a run on a cluster.
@Suite struct ClusterReportTests {
  @Test func theTimelineHasARowForEachJobUnderItsNode() throws {
    let plot = TimelinePlot(
      title: "Tasks by node", tasks: SampleCluster.timeline, stages: ["graphs", "train"])
    try Golden.expect(plot.svg(standalone: true), is: "timeline-nodes.svg")
    let names = try MarkupContent(of: plot.svg()).text
    #expect(names.firstRange(of: "n2")!.lowerBound < names.firstRange(of: "n10")!.lowerBound)
    #expect(!names.contains("worker"))
  }

  @Test func theTimelineOfManyNodesStaysOnAPage() throws {
    let tasks = (0..<4000).map { index in
      RunReport.TimelineTask(
        stage: "a", event: index, worker: index, start: Double(index % 7), end: 8,
        node: "node\(index % 500)")
    }
    let svg = TimelinePlot(title: "", tasks: tasks).svg()
    let height = try #require(svg.firstMatch(of: /viewBox="0 0 [0-9.]+ ([0-9.]+)"/))
    #expect(try #require(Double(height.output.1)) < 1700)
    // A name is left out where it would run into the one before.
    #expect(try MarkupContent(of: svg).elements["text"]! < 150)
  }

  @Test func jobsOfAnArrayAreNamedTogether() {
    #expect(SampleCluster.cluster.jobs.map(\.jobs) == [["1204_[0-2,7]", "1207_5"], ["1205_0"]])
    let odd = RunReport.StageJobs(stage: "", single: ["9_1", "odd", "9_1", "9_3", "a_b_1"])
    #expect(odd.jobs == ["9_[1,3]", "a_b_1", "odd"])
    #expect(RunReport.StageJobs(stage: "", single: []).jobs.isEmpty)
  }

  @Test func thePageNamesTheClusterAndWarnsWhereNodesDiffer() throws {
    var report = SampleCluster.report
    let page = try MarkupContent(of: HTMLReport.page(of: report)).text
    #expect(page.contains("tracks, Slurm 22.05.8") && page.contains("7 jobs on 3 nodes"))
    #expect(page.contains("x86-64-v3 on n1, n2; x86-64-v4 on n2, n10"))
    #expect(page.contains("Tasks by node") && page.contains("1204_[0-2,7], 1207_5"))
    #expect(page.contains("Run from") && !page.contains("5 workers"))
    for index in report.run.cluster!.nodes.indices {
      report.run.cluster!.nodes[index].instructionSets = ["x86-64-v3"]
    }
    #expect(!HTMLReport.page(of: report).contains("different instruction sets"))
  }

  @Test func theReportIsReadBackWhole() throws {
    let report = SampleCluster.report
    #expect(try RunReport(json: report.json) == report)
  }

  @Test func theMemoryOfTasksThatAJobHasSideBySideAddsUp() throws {
    let load = try #require(SampleCluster.report.run.load)
    let memory = try #require(load.memory)
    // At 30 s three tasks are at work on n1, and one on each other node.
    #expect(memory[Int(30 / load.partSeconds)] == 500_000_000)
  }
}
