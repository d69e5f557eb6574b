import Foundation
import JSONDocument
import Stages
import TestSupport
import Testing
import Workflow

/// The schema, the reader and the committed workflows say the same.
@Suite struct WorkflowSchemaTests {
  private let checker = SchemaChecker(root: WorkflowSchema.schema(kinds: StageKinds.all))

  private func value(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8), file: "text").root
  }

  @Test func everyCommittedWorkflowFollowsTheSchema() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "workflows")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }
    #expect(names.count >= 6)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(try checker.complaints(of: value(text)) == [], "\(name)")
    }
  }

  private static func workflow(_ stages: String, dataset: String = "\"path\": \"e\"") -> String {
    """
    {"name": "x", "dataset": {\(dataset)}, "split": {"train": "0-1", "test": 2}, "stages": {\(stages)}}
    """
  }

  private static func graphs(_ members: String) -> String {
    workflow("\"g\": {\"uses\": \"build-graphs\", \(members)}")
  }

  static let right = [
    graphs("\"parameters\": {\"maxDeltaPhi\": 0.3, \"z\": [-10, 10], \"volumes\": []}"),
    graphs("\"matrix\": {\"maxDeltaPhi\": [0.3, 0.4], \"volumes\": [[8], [8, 13]]}"),
    graphs("\"workers\": 4, \"memory\": \"4 GB\", \"timeLimit\": \"10 min\", \"retries\": 2"),
    graphs("\"onError\": \"set-aside\", \"description\": \"x\", \"on\": [\"test\"], \"needs\": []"),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "[0, 1]"),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "\"0-3, id 21 - 23\""),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "\"0%-80%\""),
    workflow(
      "\"g\": {\"uses\": \"build-graphs\"}",
      dataset: "\"manifest\": \"m\", \"name\": \"n\", \"events\": \"id 5-9\""),
    workflow("\"g\": {\"uses\": \"simulate-events\", \"parameters\": {\"particles\": null}}"),
    nightly("{\"thresholds\": {\"score\": 0.001, \"time\": \"20%\", \"events\": 0}}"),
    nightly("{\"thresholds\": {}}"), executor("{}"),
    executor(
      """
      {"kind": "slurm", "partition": "a,b", "account": "x", "time": "2 h", "memory": "4 GB", "cpus": 8,
       "maxMemory": "8 GB", "eventsPerJob": 1, "maxJobs": 5, "setup": ["", "a b"],
       "extra": ["--qos=x"], "instructionSet": "neon"}
      """),
    graphs("\"executor\": {\"cpus\": 8, \"setup\": []}"),
  ]

  private static func executor(_ value: String) -> String {
    workflow("\"g\": {\"uses\": \"build-graphs\"}").dropLast() + ", \"executor\": \(value)}"
  }

  private static func nightly(_ value: String) -> String {
    workflow("\"g\": {\"uses\": \"build-graphs\"}").dropLast() + ", \"nightly\": \(value)}"
  }

  static let wrong = [
    graphs("\"parameters\": {\"maxDeltaPhi\": 30}"),
    graphs("\"parameters\": {\"maxDeltaPhi\": \"wide\"}"),
    graphs("\"parameters\": {\"maxDeltaPhi\": null}"),
    graphs("\"parameters\": {\"maxDeltaPhl\": 0.3}"), graphs("\"parameters\": {\"epochs\": 3}"),
    graphs("\"parameters\": {\"z\": [1]}"), graphs("\"parameters\": {\"z\": [-1e5, 0]}"),
    graphs("\"parameters\": {\"volumes\": [256]}"), graphs("\"parameters\": []"),
    graphs("\"matrix\": {\"maxDeltaPhi\": 0.3}"), graphs("\"matrix\": {\"maxDeltaPhi\": [30]}"),
    graphs("\"matrix\": {\"maxDeltaPhi\": []}"), graphs("\"matrix\": {\"maxDeltaPhi\": [1, 1.0]}"),
    graphs("\"matrix\": {\"threshold\": [1]}"),
    workflow("\"r\": {\"uses\": \"write-report\", \"matrix\": {\"submissions\": [true]}}"),
    workflow(
      """
      "g": {"uses": "build-graphs"},
      "t": {"uses": "train-edge-classifier", "needs": ["g"], "matrix": {"threads": [1, 2]}}
      """), graphs("\"workers\": 0"),
    graphs("\"memory\": \"4\""), graphs("\"memory\": 4"), graphs("\"timeLimit\": \"10\""),
    graphs("\"retries\": -1"), graphs("\"retries\": 1.5"), graphs("\"onError\": \"go\""),
    graphs("\"need\": []"), graphs("\"needs\": [\"a\", \"a\"]"), graphs("\"on\": [1]"),
    graphs("\"uses\": \"build-graphs\"").replacingOccurrences(of: "build-graphs", with: "build"),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "\"0-\""),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "\"id\""),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "[]"),
    graphs("\"parameters\": {}").replacingOccurrences(of: "\"0-1\"", with: "-1"),
    workflow("\"g\": null"), workflow(""), workflow("\"split\": {\"uses\": \"build-graphs\"}"),
    workflow("\"a b\": {\"uses\": \"build-graphs\"}"), workflow("\"g\": {}"),
    workflow("\"g\": {\"uses\": \"build-graphs\"}", dataset: "\"name\": \"n\""),
    workflow("\"g\": {\"uses\": \"build-graphs\"}", dataset: "\"path\": \"e\", \"event\": \"0\""),
    "{\"name\": \"x\", \"stages\": {\"g\": {\"uses\": \"build-graphs\"}}}",
    executor("null"), executor("[]"), executor("{\"kind\": \"Slurm\"}"),
    executor("{\"kind\": null}"), executor("{\"cpus\": 0}"), executor("{\"maxJobs\": 1.5}"),
    executor("{\"partition\": \"a b\"}"), executor("{\"partition\": \"\"}"),
    executor("{\"account\": \"a,b\"}"), executor("{\"time\": \"2\"}"),
    executor("{\"memory\": 4}"), executor("{\"setup\": \"x\"}"),
    executor("{\"setup\": [\"a\\nb\"]}"), executor("{\"setup\": [\"a\\u0000\"]}"),
    executor("{\"extra\": [\"\"]}"), executor("{\"instructionSet\": \"v2\"}"),
    executor("{\"partion\": \"x\"}"), graphs("\"executor\": {\"kind\": \"slurm\"}"),
    graphs("\"executor\": {\"instructionSet\": \"v3\"}"), graphs("\"executor\": null"),
    workflow("\"executor\": {\"uses\": \"build-graphs\"}"),
    "{\"extends\": \"a.json\"}", nightly("null"), nightly("[]"), nightly("{}"),
    nightly("{\"threshold\": {}}"), nightly("{\"thresholds\": {\"scor\": 0.1}}"),
    nightly("{\"thresholds\": {\"score\": -0.1}}"), nightly("{\"thresholds\": {\"score\": null}}"),
    nightly("{\"thresholds\": {\"score\": \"0.1\"}}"),
    nightly("{\"thresholds\": {\"score\": true}}"),
    "[]",
  ]

  @Test(arguments: right)
  func schemaAndReaderAllowTheSame(text: String) throws {
    #expect(try checker.complaints(of: value(text)) == [])
    #expect(try errors(in: text) == [])
  }

  /// JSON itself refuses a key that stands twice, before any schema.
  @Test(arguments: wrong)
  func schemaAndReaderRefuseTheSame(text: String) throws {
    if let value = try? value(text) { #expect(try !checker.complaints(of: value).isEmpty) }
    #expect(try !errors(in: text).isEmpty)
  }

  private func errors(in text: String) throws -> [String] {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.graphs("\"parameters\": {}"), to: "a.json")
    let path = try folder.write(text, to: "w.json")
    return WorkflowReader.check(path: path, kinds: StageKinds.all).errors.map(\.description)
  }

  @Test(arguments: [
    "\"g\": null", "\"g\": {\"parameters\": {\"maxDeltaPhi\": null}}", "\"g\": {\"on\": null}",
    "\"g\": {\"uses\": \"build-graphs\", \"parameters\": {\"maxDeltaPhi\": null, \"maxDeltaZ\": 3}}",
    "\"g\": {\"matrix\": {\"maxDeltaPhi\": [0.1, 0.2]}, \"retries\": null}",
    "\"h\": {\"uses\": \"build-graphs\", \"matrix\": null, \"parameters\": null}",
    "\"g\": {\"executor\": {\"cpus\": null, \"time\": \"1 h\"}}", "\"g\": {\"executor\": null}",
  ])
  func aFileThatExtendsAnotherMayBePartOfAWorkflow(stages: String) throws {
    let text = """
      {"extends": "a.json", "name": "x", "stages": {\(stages)}, "split": {"test": null}}
      """
    #expect(try checker.complaints(of: value(text)) == [])
    #expect(
      try errors(in: text).filter { !$0.contains("at least one stage") } == [])
  }

  @Test func anUnknownHeadlineNumberNamesTheNearest() throws {
    let errors = try errors(in: Self.nightly("{\"thresholds\": {\"fakerate\": 0.1, \"luck\": 1}}"))
    #expect(errors.count == 2)
    #expect(
      errors.first?.contains("headline number \"fakerate\"; did you mean \"fakeRate\"?") == true)
    #expect(errors.last?.contains("known: score, ceiling,") == true)
  }

  @Test func thresholdsAreTakenOverAndTakenBack() throws {
    let folder = try TemporaryFolder()
    let base = Self.nightly("{\"thresholds\": {\"score\": 0.1, \"time\": \"12.5%\"}}")
    _ = try folder.write(base, to: "a.json")
    let path = try folder.write(
      """
      {"extends": "a.json", "name": "y", "nightly": {"thresholds": {"score": null, "events": 2}}}
      """, to: "w.json")
    let definition = try WorkflowReader.read(path: path, kinds: StageKinds.all)
    #expect(
      definition.nightly?.thresholds == [
        .init(number: "time", tolerance: .percent(12.5)),
        .init(number: "events", tolerance: .absolute(2)),
      ])
    #expect(definition.json["nightly"]?["thresholds"]?["time"] == "12.5%")
  }

  @Test(arguments: [
    "\"g\": {\"uses\": \"build-graphs\", \"parameters\": {\"maxDeltaPhi\": 30}}",
    "\"g\": {\"uses\": \"build-graphs\", \"matrix\": {\"maxDeltaPhi\": [30]}}",
    "\"g\": {\"uses\": \"build-graphs\", \"parameters\": {\"epochs\": null}}",
    "\"g\": {\"worker\": 1}", "\"g\": {\"workers\": 0}", "\"g\": []",
  ])
  func aFileThatExtendsAnotherIsCheckedToo(stages: String) throws {
    let text = "{\"extends\": \"a.json\", \"name\": \"x\", \"stages\": {\(stages)}}"
    #expect(try !checker.complaints(of: value(text)).isEmpty)
    #expect(try !errors(in: text).isEmpty)
  }

  @Test func everyParameterIsDescribedWithItsDefaultAndUnit() throws {
    for kind in StageKinds.all {
      for spec in kind.parameters {
        let schema = try #require(
          checker.root["$defs"]?[kind.name]?["properties"]?[spec.name], "\(kind.name)")
        #expect(schema["default"] == spec.defaultValue)
        #expect(schema["description"]?.stringValue?.hasPrefix(spec.description) == true)
        if let unit = spec.unit {
          #expect(schema["description"]?.stringValue?.contains("Unit: \(unit).") == true)
        }
        let part = SchemaChecker(root: schema)
        #expect(try part.complaints(of: spec.defaultValue) == [], "\(kind.name).\(spec.name)")
      }
    }
  }

  /// `--set stage.name=` means the parameter or the limit, so no kind may have a parameter named like a key of stages.
  ///
  /// The amount of memory that a training may use came first; its limit is set as `stages.train.memory`.
  @Test func noParameterIsNamedLikeAKeyOfStages() throws {
    let keys =
      StageLimits.names + [
        "uses", "needs", "on", "parameters", "matrix", "description", "executor",
      ]
    let shared = StageKinds.all.flatMap { kind in
      kind.parameters.map(\.name).filter(keys.contains).map { "\(kind.name).\($0)" }
    }
    #expect(shared == ["train-edge-classifier.memory", "train-triplets.memory"])
    let folder = try TemporaryFolder()
    let text = Self.workflow(
      """
      "g": {"uses": "build-graphs"}, "t": {"uses": "train-edge-classifier", "needs": ["g"]}
      """)
    let path = try folder.write(text, to: "w.json")
    let definition = try WorkflowReader.read(
      path: path, kinds: StageKinds.all,
      overrides: ["t.memory=3 GB", "stages.t.memory=7 GB"].map { try WorkflowOverride($0) })
    #expect(definition.stage("t")?.parameter("memory") == "3 GB")
    #expect(definition.stage("t")?.limits.memory == MemorySize("7 GB"))
  }
}
