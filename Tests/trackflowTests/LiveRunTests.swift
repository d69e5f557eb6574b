import Foundation
import JSONDocument
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A run that goes on, seen from another terminal.
@Suite struct LiveRunTests {
  let folder: TemporaryFolder

  /// A stage whose tasks last long enough to be met, with a crash on one event and a refusal on another.
  private static func workflow(seconds: Int) -> String {
    """
    {
      "name": "live", "dataset": { "path": "events" },
      "split": { "all": "0-3" },
      "stages": {
        "first": { "uses": "rehearse", "parameters": { "fault": "refuse", "faultEvents": [12], "faultyAttempts": 9 } },
        "crashing": {
          "uses": "rehearse", "needs": ["first"],
          "parameters": { "tag": 1, "fault": "crash", "faultEvents": [11] }
        },
        "slow": {
          "uses": "rehearse", "needs": ["crashing"],
          "parameters": { "tag": 2, "seconds": \(seconds) }
        }
      }
    }
    """
  }

  init() throws {
    folder = try TemporaryFolder()
    let made = try Program.run(
      [
        "simulate", "--events", "4", "--first", "10", "--particles", "20", "--out", "events",
        "--quiet",
      ], in: folder.path)
    try #require(made.code == 0, "\(made.errors)")
    for (name, seconds) in [("slow", 3600), ("quick", 0)] {
      _ = try folder.write(Self.workflow(seconds: seconds), to: "\(name).json")
    }
  }

  private func program(_ arguments: String...) throws -> Program.Ending {
    try Program.run(arguments, in: folder.path)
  }

  private func start() throws -> Program.Running {
    try Program.start(
      ["run", "slow.json", "--cache", "cache", "--run-dir", "run", "--workers", "2", "--quiet"],
      in: folder.path)
  }

  /// Waits until two tasks of the slow stage are at work.
  private func waitForWork(_ running: Program.Running) throws {
    let journal = folder.appending("run/journal.jsonl")
    while running.process.isRunning {
      let text = (try? String(contentsOfFile: journal, encoding: .utf8)) ?? ""
      let started = text.split(separator: "\n").filter {
        $0.contains("\"what\":\"start\"") && $0.contains("\"stage\":\"slow\"")
      }
      if started.count == 2 { return }
    }
    Issue.record("the run ended too early")
  }

  @Test func theStatusOfALiveRunIsItsStagesAndTasksAtWork() throws {
    let running = try start()
    defer { kill(running.identifier, SIGKILL) }
    try waitForWork(running)
    let status = try program("status", "--cache", "cache", "--json")
    #expect(status.code == 0, "\(status.errors)")
    let runs = try #require(status.json?["runs"]?.arrayValue)
    try #require(runs.count == 1)
    #expect(runs[0]["state"] == "running" && runs[0]["stage"] == "slow")
    let stages = try #require(runs[0]["stages"]?.arrayValue)
    #expect(stages.map { $0["finished"] } == [3, 3, 0])
    #expect(stages[0]["setAside"]?.arrayValue?.map { $0["event"] } == [12])
    #expect(stages[1]["retries"] == 1)
    let tasks = try #require(stages[2]["running"]?.arrayValue)
    #expect(tasks.compactMap { $0["event"]?.intValue }.sorted() == [10, 11])
    #expect(tasks.allSatisfy { ($0["seconds"]?.doubleValue ?? -1) >= 0 })
    let words = try program("status", "--cache", "cache").output
    #expect(words.contains("running for") && words.contains("event 11 for"))
    #expect(words.contains("set aside: event 12"))
    #expect(try program("runs", "list", "--cache", "cache").output.contains("running"))

    kill(running.identifier, SIGKILL)
    _ = running.wait()
    let list = try program("runs", "list", "--cache", "cache", "--json")
    #expect(list.json?["runs"]?.arrayValue?.first?["state"] == "vanished")
    let last = try program("status", "--cache", "cache")
    #expect(last.output.contains("ended without a word"))
    // Whoever watches is told of the end, and does not wait for ever.
    #expect(try program("status", "--cache", "cache", "--watch").code == 0)
    #expect(try program("log", "--cache", "cache", "--follow").code == 0)
  }

  @Test func aFollowedLogEndsWithItsRun() throws {
    let running = try start()
    defer { kill(running.identifier, SIGKILL) }
    try waitForWork(running)
    let watching = try Program.start(
      ["log", "last", "--cache", "cache", "--follow"], in: folder.path)
    kill(running.identifier, SIGTERM)
    #expect(running.wait().code == 130)
    let log = watching.wait()
    #expect(log.code == 0, "\(log.errors)")
    #expect(log.output.contains("the run stopped"), "\(log.output)")
  }

  @Test func theLogOfACrashedWorkerHasItsWordsBeforeTheRetry() throws {
    let ending = try program(
      "run", "quick.json", "--cache", "cache", "--run-dir", "run", "--quiet")
    #expect(ending.code == 3, "\(ending.errors)")
    let log = try program("log", "last", "--cache", "cache")
    #expect(log.code == 0, "\(log.errors)")
    let lines = log.output.split(separator: "\n")
    let words = try #require(lines.firstIndex { $0.contains("rehearsed crash on event 11") })
    let retry = try #require(lines.firstIndex { $0.contains("is tried again") })
    #expect(lines[words].contains("crashing, event 11, worker "))
    #expect(words < retry)
    #expect(lines.contains { $0.contains("first, event 12 is set aside: rehearsed refusal") })

    let ofStage = try program("log", "last", "--cache", "cache", "--stage", "first")
    #expect(ofStage.output.split(separator: "\n").count == 1)
    let ofEvent = try program("log", "last", "--cache", "cache", "--event", "11", "--json")
    let events = ofEvent.output.split(separator: "\n").compactMap {
      try? JSONDocument(parsing: Array($0.utf8), file: "log").root["event"]
    }
    #expect(events.count >= 2 && events.allSatisfy { $0 == 11 })
    let wrong = try program("log", "last", "--cache", "cache", "--stage", "crashin")
    #expect(wrong.code == 64 && wrong.errors.contains("did you mean \"crashing\"?"))
  }
}
