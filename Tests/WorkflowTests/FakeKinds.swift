import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Workflow

/// A stage kind whose tasks are never run, for what is decided before.
struct FakeKind: StageKind {
  var name: String
  var ownGives: String?
  var version = 1
  var summary = "A kind for tests."
  var scope = StageScope.event
  var parameters: [ParameterSpec] = []
  var inputs: [StageInput] = []
  var eventFiles: [EventFileNeed] = []
  var defaultSplits: [String]?
  var makesEvents = false
  var datasetProperties: [String] = []

  var gives: String { ownGives ?? name }

  func run(_ task: StageTask) throws -> StageResult { StageResult(summary: .null) }

  static let make = FakeKind(
    name: "make-graphs",
    parameters: [
      ParameterSpec("width", .number(0...10), default: 0.5, unit: "rad", "How wide."),
      ParameterSpec("count", .integer(1...100), default: 3, "How many."),
      ParameterSpec("method", .choice(["fast", "slow"]), default: "fast", "Which way."),
      ParameterSpec("start", .file, default: nil, "Where to start from."),
      ParameterSpec("z", .interval(-1000...1000), default: [-50, 50], unit: "mm", "Where."),
      ParameterSpec("threads", .integer(1...64), default: nil, affectsResult: false, "How."),
    ],
    eventFiles: [EventFileNeed("hits")])
  static let train = FakeKind(
    name: "train", scope: .study,
    parameters: [ParameterSpec("epochs", .integer(1...1000), default: 20, "How long.")],
    inputs: [StageInput("make-graphs")], defaultSplits: ["train"])
  static let score = FakeKind(
    name: "score", inputs: [StageInput("make-graphs"), StageInput("train")])
  static let all: [any StageKind] = [make, train, score]
}

/// Events that are files in a folder.
struct FakeEvents: EventSource {
  var isMade = false
  var name = "fake"
  var path: String
  var events: [Int]
  var properties: [String: DatasetProperty] = [:]

  func datasetProperty(_ name: String) throws -> DatasetProperty? { properties[name] }

  func path(ofFile name: String, event: Int) -> String? {
    let path = "\(path)/\(event)-\(name).csv"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  func sha256(ofFile path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return ArtifactKey(of: .string(text)).hex
  }
}

let sampleWorkflow = """
  {
    "name": "sample",
    "dataset": { "path": "events" },
    "split": { "train": "0-1", "test": "2" },
    "stages": {
      "score": { "uses": "score", "needs": ["graphs", "train"], "on": ["test"] },
      "graphs": { "uses": "make-graphs", "parameters": { "width": 0.25 } },
      "train": { "uses": "train", "needs": ["graphs"] }
    }
  }
  """

/// A workflow file, the events that it is on, and an empty cache, in a folder of their own.
struct Study {
  let folder: TemporaryFolder
  let workflow: String

  init(_ text: String = sampleWorkflow) throws {
    folder = try TemporaryFolder()
    workflow = try folder.write(text, to: "workflow.json")
    try FileManager.default.createDirectory(
      atPath: folder.appending("events"), withIntermediateDirectories: true)
    for event in [10, 11, 12] { try writeHits("hits of \(event)", event: event) }
  }

  func writeHits(_ text: String, event: Int) throws {
    _ = try folder.write(text, to: "events/\(event)-hits.csv")
  }

  func definition(_ overrides: [String] = [], kinds: [any StageKind] = FakeKind.all) throws
    -> WorkflowDefinition
  {
    try WorkflowReader.read(
      path: workflow, kinds: kinds, overrides: overrides.map { try WorkflowOverride($0) })
  }

  var store: ObjectStore { ObjectStore(root: folder.appending("cache")) }

  func planner(
    _ overrides: [String] = [], kinds: [any StageKind] = FakeKind.all, isMade: Bool = false,
    properties: [String: DatasetProperty] = [:]
  ) throws -> Planner {
    let source = FakeEvents(
      isMade: isMade, path: folder.appending("events"), events: [10, 11, 12],
      properties: properties)
    return Planner(
      definition: try definition(overrides, kinds: kinds), source: source, store: store,
      catalog: try Catalog.open(store: store, notice: { _ in }))
  }

  /// Publishes a result for every task that is to run, stage after stage.
  func finish(_ planner: Planner) throws {
    while let stage = try planner.plan().stages.first(where: { $0.count(of: .toRun) > 0 }) {
      for task in stage.tasks where task.state.name == .toRun {
        try store.publish(
          Artifact(
            kind: stage.definition.kind.name, keyText: task.recipe, summary: .null, arrays: []))
      }
    }
  }
}
