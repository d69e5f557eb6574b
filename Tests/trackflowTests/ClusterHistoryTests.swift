import Foundation
import JSONDocument
import TestSupport
import Testing

/// A run on a cluster, seen from another terminal: its record and journal are written by hand here.
@Suite struct ClusterHistoryTests {
  let folder: TemporaryFolder

  private static let journal = """
    {"at":0,"what":"run","id":"20260101T000000Z-w","workflow":{"name":"w","stages":{"graphs":{"uses":"x"},"train":{"uses":"y"}}}}
    {"at":0,"what":"plan","stages":[{"stage":"graphs","tasks":30,"cached":0,"toRun":30},{"stage":"train","tasks":1,"cached":0,"toRun":1}]}
    {"at":0.1,"what":"stage","stage":"graphs","tasks":30,"cached":0}
    {"at":0.1,"what":"submit","stage":"graphs","job":1204,"name":"n","jobs":3,"tasks":30}
    {"at":0.2,"what":"stage","stage":"train","tasks":1,"cached":0}
    {"at":0.2,"what":"submit","stage":"train","job":null,"name":"m","jobs":1,"tasks":1}
    {"at":5,"what":"queue","stage":"graphs","waiting":1,"running":2,"reasons":[{"reason":"FrontEndDown","jobs":1}]}
    {"at":5,"what":"queue","stage":"train","waiting":1,"running":0,"reasons":[{"reason":"FrontEndDown","jobs":1}]}
    {"at":6,"what":"start","stage":"graphs","event":3,"key":"k3","worker":0,"node":"n1"}
    {"at":6,"what":"start","stage":"graphs","event":4,"key":"k4","worker":1,"node":"n2"}
    {"at":8,"what":"fault","stage":"graphs","job":"1204_1","node":"n2","worker":1,"reason":"the node n2 failed; 10 tasks are handed in again"}

    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.journal, to: "run/journal.jsonl")
    let definition = #"{"name":"w","stages":{"graphs":{"uses":"x"},"train":{"uses":"y"}}}"#
    let cluster =
      #"{"name":"tracks","manager":"Slurm 22.05.8","nodes":["n1","n2"],"jobs":4}"#
    _ = try folder.write(
      """
      {"format":1,"id":"20260101T000000Z-w","workflow":"w","file":"w.json","folder":"\(folder.appending("run"))",
       "started":1767225600,"ended":1767225700,"status":"done","reason":null,
       "process":{"host":"h","boot":"b","process":1,"started":1,"command":"trackflow run"},
       "version":"0","definition":\(definition),"plan":null,"published":[],"tasksRun":31,"tasksCached":0,
       "summary":{"json":{"cluster":\(cluster)},"lines":[]},"files":[]}
      """, to: "cache/runs/20260101T000000Z-w.json")
    _ = try folder.write("", to: "cache/objects/.keep")
  }

  private func program(_ arguments: String...) throws -> Program.Ending {
    let ending = try Program.run(arguments + ["--cache", "cache"], in: folder.path)
    #expect(ending.code == 0, "\(ending.errors)")
    return ending
  }

  @Test func theLogSaysWhatBecameOfJobs() throws {
    let lines = try program("log", "last").output.split(separator: "\n").map { $0.dropFirst(12) }
    #expect(
      lines == [
        "graphs: 30 tasks in 3 jobs handed in as job 1204", "train: 1 task in 1 job handed in",
        "graphs: 2 jobs run, 1 waits (FrontEndDown)", "train: 1 job waits (FrontEndDown)",
        "graphs, job 1204_1: the node n2 failed; 10 tasks are handed in again",
      ])
  }

  @Test func theStatusHasEveryStagesJobsNodesAndFaults() throws {
    let stages = try #require(
      program("status", "--json").json?["runs"]?.arrayValue?.first?["stages"]?.arrayValue)
    #expect(stages.map { $0["jobs"]?["running"] } == [2, 0])
    #expect(stages.map { $0["jobs"]?["waiting"] } == [1, 1])
    #expect(stages[0]["jobs"]?["reasons"]?.arrayValue?.first?["reason"] == "FrontEndDown")
    #expect(stages[0]["running"]?.arrayValue?.map { $0["node"] } == ["n1"])
    #expect(stages[0]["faults"]?.arrayValue?.map { $0["job"] } == ["1204_1"])
    let words = try program("status").output
    #expect(words.contains("1 job ended early"), "\(words)")
    #expect(words.contains("job 1204_1, "), "\(words)")
  }

  @Test func aRunThatEndedIsShownWithItsCluster() throws {
    let shown = try program("runs", "show").output
    #expect(shown.contains("tracks (Slurm 22.05.8), 4 jobs on n1, n2"), "\(shown)")
  }
}
