import ArtifactStore
import Execution
import JSONDocument
import Testing
import Workflow

@Suite struct TaskOrderTests {
  private let orderText = """
    {"stage":"graphs","kind":"build-graphs","parameters":{"width":0.5},"event":7,\
    "files":{"hits":"/data/a \\"b\\".csv"},\
    "dataset":{"field":{"uniform":2},"detectors":null},\
    "inputs":[{"kind":"train","position":1,"split":"train","key":"\(ArtifactKey(of: ["a": 1]))"}],\
    "keyText":{"kind":"build-graphs","event":7},"threads":2,"attempt":3}
    """

  @Test func anOrderSurvivesTheWayThroughOneLineOfJSON() throws {
    let json = try JSONDocument(parsing: Array(orderText.utf8), file: "order").root
    let order = try #require(TaskOrder(json: json))
    #expect(order.json.compactText == orderText)
    #expect(order.key == ArtifactKey(of: ["event": 7, "kind": "build-graphs"]))
    #expect(order.files == ["hits": "/data/a \"b\".csv"])
    #expect(order.dataset == ["field": ["uniform": 2], "detectors": .null])
    #expect(order.inputs.first?.split == "train")
    #expect(order.inputs.first?.position == 1)
    #expect(order.event == 7)
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
