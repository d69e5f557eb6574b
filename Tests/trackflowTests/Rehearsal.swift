import Foundation
import JSONDocument
import TestSupport

/// A study of tasks that do nothing, or fail in a chosen way, on tiny events, in a folder of its own.
struct Rehearsal {
  let folder: TemporaryFolder

  /// - Parameter stages: the stages as JSON; one named `work` that uses `rehearse` where nil.
  init(events: Int = 6, stages: String = #"{ "work": { "uses": "rehearse" } }"#) throws {
    folder = try TemporaryFolder()
    for event in 0..<events {
      _ = try folder.write(
        "hit_id,x,y,z,volume_id,layer_id,module_id\n1,\(event).5,1.0,2.0,8,2,1\n",
        to: "events/event00000000\(event)-hits.csv")
    }
    _ = try folder.write(
      """
      { "name": "rehearsal", "dataset": { "path": "events" }, "split": { "all": "0%-100%" },
        "stages": \(stages) }
      """, to: "rehearsal.json")
  }

  /// The arguments of a run with `--set` for each of the settings.
  func arguments(_ settings: [String], cache: String = "cache", run: String = "run") -> [String] {
    ["run", "rehearsal.json", "--cache", cache, "--run-dir", run, "--workers", "2", "--json"]
      + settings.flatMap { ["--set", $0] }
  }

  func run(
    _ settings: [String] = [], cache: String = "cache", run: String = "run", more: [String] = []
  ) throws -> Program.Ending {
    try Program.run(arguments(settings, cache: cache, run: run) + more, in: folder.path)
  }

  func start(_ settings: [String] = [], cache: String = "cache", run: String = "run") throws
    -> Program.Running
  {
    try Program.start(arguments(settings, cache: cache, run: run), in: folder.path)
  }

  /// The lines of a run's journal that tell of one thing.
  func journal(_ what: String, run: String = "run") -> [JSONValue] {
    let text = try? String(
      contentsOfFile: folder.appending("\(run)/journal.jsonl"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap {
      try? JSONDocument(parsing: Array($0.utf8), file: "journal").root
    }.filter { $0["what"]?.stringValue == what }
  }

  /// Every artifact of a cache: its file's name and bytes.
  func objects(cache: String = "cache") throws -> [String: Data] {
    try CacheObjects.all(in: folder.appending(cache))
  }

  /// The artifacts of a run in which nothing goes wrong.
  func undisturbed() throws -> [String: Data] {
    _ = try run(cache: "undisturbed", run: "undisturbed-run")
    return try objects(cache: "undisturbed")
  }
}

/// Whether a process runs whose command line is that.
func isRunning(command: String) -> Bool {
  let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return processes.contains { process in
    guard Int(process) != nil,
      let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
    else { return false }
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.joined(separator: " ") == command
  }
}
