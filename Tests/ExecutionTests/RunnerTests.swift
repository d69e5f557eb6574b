import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Synchronization
import TestSupport
import Testing
import Workflow

/// A kind whose results are published by the test.
private struct EmptyKind: StageKind {
  var name: String
  var scope: StageScope
  var inputs: [StageInput]
  let version = 1
  let summary = "A kind for tests."
  let parameters: [ParameterSpec] = []

  func run(_ task: StageTask) throws -> StageResult { StageResult(summary: .null) }
}

private struct Events: EventSource {
  let name = "events"
  let path = "nowhere"
  let events = [10, 11, 12]

  func path(ofFile name: String, event: Int) -> String? { nil }
  func sha256(ofFile path: String) throws -> String { "" }
}

/// Publishes the result of each task as it starts, and notes which stage had everything that it needs.
private final class Publisher: RunProgress {
  let planner: Planner
  private let seen = Mutex<[(stage: String, isReady: Bool)]>([])

  init(planner: Planner) { self.planner = planner }

  var stages: [String] { seen.withLock { $0.map(\.stage) } }
  var isEveryStageReady: Bool { seen.withLock { $0.allSatisfy(\.isReady) } }

  func stageStarted(_ name: String, tasks: Int, cached: Int) {
    guard let stage = try? planner.plan().stage(name) else { return }
    let inputs = stage.tasks.flatMap(\.inputs)
    let isReady = inputs.allSatisfy {
      FileManager.default.fileExists(atPath: planner.store.path(of: $0.key))
    }
    seen.withLock { $0.append((name, isReady)) }
  }

  func taskStarted(stage: String, event: Int?, worker: Int) {
    guard let planned = try? planner.plan().stage(stage), let task = planned.task(of: event) else {
      return
    }
    _ = try? planner.store.publish(
      Artifact(
        kind: planned.definition.kind.name, keyText: task.recipe, summary: .null, arrays: []))
  }

  func taskEnded(stage: String, event: Int?) {}
  func taskProgressed(stage: String, _ progress: TaskProgress) {}
  func stageEnded(_ name: String) {}
  func notice(_ text: String) {}
}

@Suite struct RunnerTests {
  private static let workflow = """
    {
      "name": "chain", "dataset": { "path": "nowhere" }, "split": { "all": "0-2" },
      "stages": {
        "last": { "uses": "apply", "needs": ["find", "second"] },
        "second": { "uses": "refine", "needs": ["find", "first"] },
        "first": { "uses": "fit", "needs": ["find"] },
        "find": { "uses": "find" }
      }
    }
    """
  private static let kinds: [any StageKind] = [
    EmptyKind(name: "find", scope: .event, inputs: []),
    EmptyKind(name: "fit", scope: .study, inputs: [StageInput("find")]),
    EmptyKind(name: "refine", scope: .study, inputs: [StageInput("find"), StageInput("fit")]),
    EmptyKind(name: "apply", scope: .event, inputs: [StageInput("find"), StageInput("refine")]),
  ]

  /// Runs the workflow with workers that answer every order in the given way.
  private func run(answering answer: String) async throws -> (Publisher, RunOutcome) {
    let folder = try TemporaryFolder()
    let store = ObjectStore(root: folder.appending("cache"))
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let planner = Planner(
      definition: try WorkflowReader.read(
        path: try folder.write(Self.workflow, to: "workflow.json"), kinds: Self.kinds),
      source: Events(), store: store, catalog: catalog)
    let publisher = Publisher(planner: planner)
    let runner = Runner(
      store: store, catalog: catalog,
      command: WorkerCommand(
        executable: "/bin/sh",
        arguments: ["-c", "while read -r order; do \(answer); done"]),
      options: Runner.Options(workers: 2, threads: 2),
      journal: try RunJournal(path: folder.appending("journal")),
      progress: publisher)
    return (publisher, try await runner.run(planner))
  }

  private static let done = #"echo '{"done":{"seconds":0,"cpuSeconds":0,"peakMemory":0}}'"#

  @Test func aStageOverTheStudyWaitsForTheOneThatItNeedsAndEventsForBoth() async throws {
    let (publisher, outcome) = try await run(answering: Self.done)
    #expect(publisher.stages == ["find", "first", "second", "last"])
    #expect(publisher.isEveryStageReady)
    #expect(outcome.plan.isDone)
    #expect(outcome.records.count == 8)
    #expect(outcome.records.allSatisfy { $0.failure == nil })
  }

  @Test func aStageOverTheStudyThatFailsStopsWhatNeedsItWithItsOwnReason() async throws {
    let failed = #"echo '{"failed":{"cause":"failed","reason":"no room"}}'"#
    let error = await #expect(throws: RunError.self) {
      _ = try await run(
        answering: "case $order in *'\"stage\":\"first\"'*) \(failed);; *) \(Self.done);; esac")
    }
    #expect(error?.description == "stage first can't run: no room")
  }
}
