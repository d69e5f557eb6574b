import Execution
import Foundation
import Reporting
import Workflow

extension StudyReport {
  /// What was done on a cluster, node by node; nil for a run on this machine alone.
  var cluster: RunReport.Cluster? {
    guard let record = outcome.cluster else { return nil }
    let jobs = Dictionary(grouping: record.jobs, by: \.node)
    let tasks = Dictionary(grouping: outcome.records.filter { $0.node != nil }) { $0.node! }
    let names = Set(jobs.keys).union(tasks.keys).sorted { first, second in
      first.compare(second, options: .numeric) == .orderedAscending
    }
    let stages = outcome.plan.stages.map(\.definition.name)
    return RunReport.Cluster(
      name: record.cluster, manager: "Slurm \(record.version)",
      nodes: names.map { name in
        let ended = tasks[name] ?? []
        return RunReport.Node(
          name: name, jobs: Set((jobs[name] ?? []).map(\.job)).count, tasks: ended.count,
          processorHours: ended.compactMap(\.cpuSeconds).reduce(0, +) / 3600,
          instructionSets: Set((jobs[name] ?? []).map(\.instructionSet)).sorted())
      },
      jobs: stages.compactMap { stage in
        let single = record.jobs.filter { $0.stage == stage }.map(\.job)
        return single.isEmpty ? nil : RunReport.StageJobs(stage: stage, single: single)
      })
  }

  /// The most tasks that were at work at the same time.
  var mostAtWork: Int {
    // Of a start and an end at the same time the end counts first.
    let changes = outcome.records.flatMap { [($0.start, 1), ($0.end, -1)] }.sorted { $0 < $1 }
    var (count, most) = (0, 0)
    for change in changes {
      count += change.1
      most = max(most, count)
    }
    return most
  }
}
