import Foundation
import JSONDocument
import TestSupport
import Testing

/// Studies on graphs that other software has made.
@Suite struct GraphFileTests {
  let folder: TemporaryFolder

  static let workflow = """
    {
      "name": "graphs",
      "dataset": { "manifest": "manifest.json", "name": "made-graphs" },
      "split": { "train": "0%-50%", "validation": "50%-67%", "test": "67%-100%" },
      "stages": {
        "graphs": { "uses": "read-graphs" },
        "train": {
          "uses": "train-edge-classifier", "needs": ["graphs"],
          "parameters": { "hidden": 8, "epochs": 3 }
        },
        "edges": { "uses": "classify-edges", "needs": ["graphs", "train"], "on": ["test"] },
        "report": { "uses": "write-report", "needs": ["train", "edges"] }
      }
    }
    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(Self.workflow, to: "graphs.json")
    _ = try folder.write(
      """
      {"version": 1, "datasets": {"made-graphs": {"instructions": "make them", "path": ".",
        "events": {"first": 0, "last": 99}, "files": ["graph"]}}}
      """, to: "manifest.json")
  }

  /// Six events, not all in a row; the last comes in two pieces.
  private func writeEvents() throws {
    for (seed, event) in [3, 4, 7, 8, 20, 21].enumerated() {
      _ = try GraphFile(tracks: 30, seed: UInt64(seed)).write(to: folder, name: name(event))
    }
    _ = try GraphFile(tracks: 10, seed: 9).write(to: folder, name: name(21, piece: 1))
  }

  private func name(_ event: Int, piece: Int = 0) -> String {
    "event0000000\(event < 10 ? "0" : "")\(event)_g00\(piece).npz"
  }

  private func run(_ more: [String] = []) throws -> Program.Ending {
    try Program.run(
      ["run", "graphs.json", "--cache", "cache", "--run-dir", "run"] + more, in: folder.path)
  }

  @Test func aRunOnGraphFilesEndsInAReportOfItsEdges() throws {
    try writeEvents()
    let ending = try run(["--json", "--quiet"])
    try #require(ending.code == 0, "\(ending.errors)")
    #expect(ending.json?["tasksRun"] == 9)
    #expect(ending.json?["score"] == .null)
    let edges = try #require(ending.json?["edges"]?.arrayValue?.first)
    #expect(edges["eventsClassified"] == 2)
    #expect((0...1).contains(edges["auc"]?.doubleValue ?? -1))
    #expect((0...1).contains(edges["accuracy"]?.doubleValue ?? -1))
    let text = try String(contentsOfFile: folder.appending("run/report.json"), encoding: .utf8)
    let report = try JSONDocument(parsing: Array(text.utf8), file: "report.json").root
    let events = report["results"]?["edges"]?.arrayValue?.first?["events"]?.arrayValue
    #expect(events?.map { $0["event"] } == [20, 21])
    #expect(events?.map { $0["nodes"] } == [120, 160])
    let again = try run()
    #expect(again.code == 0)
    let lines = again.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("graphs: edge AUC 0.") == true, "\(again.output)")
    #expect(lines.dropFirst().first == "events: 2 of 2 classified")
    #expect(lines.contains("nothing had to be done: all results were in the cache"))
  }

  @Test func aDamagedGraphSetsItsEventAside() throws {
    try writeEvents()
    let path = folder.appending(name(20))
    try Data(contentsOf: URL(filePath: path)).dropLast(5).write(to: URL(filePath: path))
    let ending = try run(["--json", "--quiet"])
    #expect(ending.code == 3, "\(ending.errors)")
    #expect(ending.json?["edges"]?.arrayValue?.first?["eventsClassified"] == 1)
    let reason = ending.json?["setAside"]?.arrayValue?.first?["reason"]?.stringValue ?? ""
    #expect(reason.contains("\(name(20)): "), "\(reason)")
    #expect(reason.contains("truncated"))
    let verified = try Program.run(
      ["data", "verify", "--manifest", "manifest.json"], in: folder.path)
    #expect(verified.code == 65)
    #expect(verified.errors.contains(name(20)))
    #expect(verified.output.contains("5 of 6 events are good, 640 nodes of graphs"))
  }

  @Test func aDataSetOfGraphsThatIsNotThereIsNamedWithTheWayToGetIt() throws {
    let ending = try run()
    #expect(ending.code == 66)
    #expect(ending.errors.contains("data set made-graphs"))
    #expect(ending.errors.contains("event000001000_g000.npz"))
    #expect(ending.errors.contains("to get the data set: make them"))
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func realGraphsAreToldApart() throws {
    let ending = try run([
      "--json", "--quiet", "--set", "dataset.path=\(SharedData.path("data/qtrkx_graphs"))",
      "--set", "split.train=0-3", "--set", "split.validation=4", "--set", "split.test=5-6",
      "--set", "train.learningRate=0.01",
    ])
    try #require(ending.code == 0, "\(ending.errors)")
    let auc = ending.json?["edges"]?.arrayValue?.first?["auc"]?.doubleValue ?? 0
    #expect(auc > 0.5)
  }
}
