import ArtifactStore
import Execution
import JSONDocument
import Testing
import Workflow

@Suite struct TaskOrderTests {
  private let keyText: JSONValue = ["kind": "build-graphs", "event": 7]

  private func task() -> PlannedTask {
    PlannedTask(
      event: 7, keyText: keyText, key: ArtifactKey(of: keyText),
      files: ["hits": "/data/a \"b\".csv"],
      inputs: [
        TaskInput(kind: "train", event: nil, split: "train", key: ArtifactKey(of: ["a": 1]))
      ], state: .toRun(reason: "no result yet"))
  }

  private struct Kind: StageKind {
    let name = "build-graphs"
    let version = 3
    let summary = ""
    let scope = StageScope.event
    let parameters: [ParameterSpec] = []
    let inputs: [StageInput] = []
    func run(_ task: StageTask) throws -> StageResult { StageResult(summary: .null) }
  }

  @Test func anOrderSurvivesTheWayThroughOneLineOfJSON() throws {
    let stage = StageDefinition(
      name: "graphs", kind: Kind(), needs: [], on: nil,
      parameters: [JSONMember(name: "width", value: 0.5)])
    let order = TaskOrder(task(), stage: stage, threads: 2)
    let line = order.json.compactText
    #expect(!line.contains("\n"))
    let read = try #require(TaskOrder(json: JSONDocument(parsing: Array(line.utf8), file: "").root))
    #expect(read.json == order.json)
    #expect(read.key == task().key)
    #expect(read.files == task().files)
    #expect(read.inputs == task().inputs)
  }

  @Test(arguments: [
    WorkerMessage.progress(TaskProgress(done: 3, total: 9, unit: "epochs", note: "loss 0.1\n")),
    .published(key: ArtifactKey(of: 1)),
    .done(TaskCost(seconds: 1.25, cpuSeconds: 2.5, peakMemory: 1 << 30)),
    .failed(TaskFailure(cause: .refused, reason: "hits.csv:3: \u{1F984}")),
    .failed(TaskFailure(cause: .storage, reason: "disk full")),
  ])
  func aMessageSurvivesTheWayThroughOneLineOfJSON(message: WorkerMessage) throws {
    let line = message.json.compactText
    #expect(!line.contains("\n"))
    #expect(
      WorkerMessage(json: try JSONDocument(parsing: Array(line.utf8), file: "").root) == message)
  }

  @Test func whatIsNoMessageIsNone() {
    for json: JSONValue in [[:], ["done": 1], ["failed": ["cause": "moon", "reason": "x"]], 3] {
      #expect(WorkerMessage(json: json) == nil)
      #expect(TaskOrder(json: json) == nil)
    }
  }
}
