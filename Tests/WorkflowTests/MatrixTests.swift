import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

/// Two scans in a row that meet in one stage, and a report.
let scanWorkflow = """
  {
    "name": "scan",
    "dataset": { "path": "events" },
    "split": { "train": "0-1", "test": "2" },
    "stages": {
      "graphs": { "uses": "make-graphs", "matrix": { "width": [0.25, 1] } },
      "train": { "uses": "train", "needs": ["graphs"] },
      "score": { "uses": "score", "needs": ["graphs", "train"], "on": ["test"] },
      "report": { "uses": "report", "needs": ["score"] }
    }
  }
  """

@Suite struct MatrixTests {
  static let report = FakeKind(
    name: "report", scope: .report, inputs: [StageInput("score", takesSeveral: true)])
  private let kinds = FakeKind.all + [MatrixTests.report]

  private func definition(_ text: String = scanWorkflow, _ overrides: [String] = []) throws
    -> WorkflowDefinition
  {
    try Study(text).definition(overrides, kinds: kinds)
  }

  private func scan(_ matrix: String) -> String {
    scanWorkflow.replacingOccurrences(of: "{ \"width\": [0.25, 1] }", with: matrix)
  }

  @Test func aStageAndThoseBehindItComeOnceAPoint() throws {
    let definition = try definition()
    #expect(
      definition.stages.map(\.name) == [
        "graphs[width=0.25]", "graphs[width=1]", "train[width=0.25]", "train[width=1]",
        "score[width=0.25]", "score[width=1]", "report",
      ])
    let score = try #require(definition.stage("score[width=1]"))
    #expect(score.needs == ["graphs[width=1]", "train[width=1]"])
    #expect(score.point == [JSONMember(name: "graphs.width", value: .number(1))])
    #expect(score.declaredName == "score")
    #expect(definition.stage("graphs[width=1]")?.parameter("width") == .number(1))
    #expect(definition.stage("report")?.needs == ["score[width=0.25]", "score[width=1]"])
    #expect(definition.stage("report")?.point == [])
    #expect(definition.json["stages"]?["score[width=1]"]?["point"] == ["graphs.width": 1.0])
  }

  @Test func severalParametersGiveAllCombinations() throws {
    let definition = try definition(
      scan("{ \"width\": [0.25, 1], \"method\": [\"slow\", \"fast\"] }"))
    #expect(
      definition.stages.map(\.name).filter { $0.hasPrefix("graphs") } == [
        "graphs[width=0.25,method=slow]", "graphs[width=0.25,method=fast]",
        "graphs[width=1,method=slow]", "graphs[width=1,method=fast]",
      ])
    #expect(definition.stages.count == 13)
  }

  @Test func scansOfDifferentStagesMultiplyAndOneThatComesTwiceStaysInStep() throws {
    let text = scanWorkflow.replacingOccurrences(
      of: "\"uses\": \"train\",",
      with: "\"uses\": \"train\", \"matrix\": { \"epochs\": [1, 2, 3] },")
    let definition = try definition(text)
    let scores = definition.stages.filter { $0.declaredName == "score" }
    #expect(scores.count == 6)
    for score in scores {
      let needed = score.needs.compactMap(definition.stage)
      #expect(needed.count == 2)
      for need in needed {
        for coordinate in need.point { #expect(score.point.contains(coordinate)) }
      }
    }
    #expect(Set(scores.map { JSONValue.object($0.point).canonicalText }).count == 6)
  }

  @Test func parametersOfOneNameAreToldApartByTheirStages() throws {
    let text = scan("{ \"count\": [1, 2] }").replacingOccurrences(
      of: "\"train\": { \"uses\": \"train\", \"needs\": [\"graphs\"] }",
      with: """
        "more": { "uses": "make-graphs", "matrix": { "count": [3, 4] } },
        "train": { "uses": "train", "needs": ["more"] }
        """)
    let definition = try definition(text)
    #expect(definition.stage("graphs[graphs.count=1]")?.parameter("count") == 1)
    #expect(definition.stage("score[graphs.count=2,more.count=3]") != nil)
  }

  @Test func theKeysOfAPointAreThoseOfItsValueWrittenPlainly() throws {
    let study = try Study(scanWorkflow)
    let scanned = try study.planner(kinds: kinds).plan()
    for (point, width) in [("0.25", "0.25"), ("1", "1.0")] {
      let plain = try study.planner(["graphs.width=\(width)"], kinds: kinds).plan()
      #expect(plain.stages.count == 4)
      for stage in plain.stages where stage.definition.name != "report" {
        let copy = try #require(scanned.stage("\(stage.definition.name)[width=\(point)]"))
        #expect(copy.tasks.map(\.key) == stage.tasks.map(\.key))
        #expect(!copy.tasks.isEmpty)
        #expect(copy.events == stage.events)
      }
    }
  }

  @Test func setFixesAScannedParameterAndSetsAnAxis() throws {
    let fixed = try definition(scanWorkflow, ["graphs.width=2"])
    #expect(fixed.stages.map(\.name) == ["graphs", "train", "score", "report"])
    #expect(fixed.stage("graphs")?.parameter("width") == .number(2))
    let axis = try definition(scanWorkflow, ["graphs.matrix.width=[3, 4, 5]"])
    #expect(axis.stages.map(\.declaredName).filter { $0 == "score" }.count == 3)
    let over = try definition(sampleWorkflow, ["graphs.matrix.width=[3, 4]"])
    #expect(over.stage("graphs[width=4]")?.parameter("width") == .number(4))
    let last = try definition(scanWorkflow, ["graphs.matrix.width=[3, 4]", "graphs.width=2"])
    #expect(last.stages.count == 4)
    let none = try definition(scanWorkflow, ["graphs.matrix=null"])
    #expect(none.stage("graphs")?.parameter("width") == .number(0.5))
  }

  @Test func setOnTheNameInTheFileIsForAllPoints() throws {
    let definition = try definition(
      scanWorkflow, ["train.epochs=7", "train.timeLimit=2h", "graphs.count=9"])
    for stage in definition.stages where stage.declaredName == "train" {
      #expect(stage.parameter("epochs") == 7)
      #expect(stage.limits.timeLimit == TimeSpan(seconds: 7200))
    }
    #expect(definition.stage("graphs[width=1]")?.parameter("count") == 9)
  }

  @Test func aChildMayScanWhatItsParentFixesAndFixWhatItScans() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(sampleWorkflow, to: "plain.json")
    let scans = try folder.write(
      """
      {"extends": "plain.json", "name": "s", "stages": {"graphs": {"matrix": {"width": [1, 2]}}}}
      """, to: "scan.json")
    let fixes = try folder.write(
      """
      {"extends": "scan.json", "name": "f", "stages": {"graphs": {"parameters": {"width": 3}}}}
      """, to: "fix.json")
    #expect(try WorkflowReader.read(path: scans, kinds: FakeKind.all).stages.count == 6)
    let fixed = try WorkflowReader.read(path: fixes, kinds: FakeKind.all)
    #expect(fixed.stage("graphs")?.parameter("width") == .number(3))
  }

  @Test(arguments: [
    (
      "{ \"width\": [0.25, 11] }",
      "6:68: width: a number from 0.0 to 10.0 (rad) was expected, not 11"
    ),
    ("{ \"widht\": [1] }", "6:52: unknown parameter of make-graphs \"widht\"; did you mean"),
    ("{ \"width\": 1 }", "6:61: width: a list of the values to try was expected"),
    ("{ \"width\": [] }", "6:61: width: a list of the values to try was expected"),
    ("{ \"width\": [1, 1.0] }", "6:65: width: 1 is named twice"),
    (
      "{ \"method\": [\"fsat\"] }",
      "6:63: method: one of \"fast\", \"slow\" was expected, not \"fsat\"; did you mean \"fast\"?"
    ),
    ("[1]", "6:50: an object that names parameters with lists"),
    (
      "{ \"width\": [1] }, \"parameters\": { \"width\": 1 }",
      "6:52: width stands in \"parameters\" too"
    ),
  ])
  func aWrongScanIsNamedWithItsPlace(matrix: String, words: String) throws {
    let error = #expect(throws: WorkflowError.self) { try definition(scan(matrix)) }
    let said = error?.description ?? ""
    #expect(said.contains("workflow.json:\(words)"), "\(said)")
  }

  @Test(arguments: [
    ("graphs.matrix.widht=[1]", "did you mean \"width\"?"),
    ("graphs.matrix.width=1", "a list of the values to try was expected"),
    ("graphs.matrix.width=[1, 11]", "a number from 0.0 to 10.0"),
    ("score.matrix=1", "an object that names parameters"),
    ("graph.matrix.width=[1]", "unknown stage \"graph.matrix\""),
  ])
  func aWrongAxisOnTheCommandLineIsNamed(text: String, words: String) throws {
    let error = #expect(throws: WorkflowError.self) { try definition(scanWorkflow, [text]) }
    let said = error?.description ?? ""
    #expect(said.hasPrefix("--set \(text): ") && said.contains(words), "\(said)")
  }

  @Test func aReportIsNotScanned() throws {
    var report = MatrixTests.report
    report.parameters = [ParameterSpec("long", .boolean, default: false, "How long.")]
    let text = scanWorkflow.replacingOccurrences(
      of: "\"uses\": \"report\",", with: "\"uses\": \"report\", \"matrix\": { \"long\": [true] },")
    let error = #expect(throws: WorkflowError.self) {
      try Study(text).definition(kinds: FakeKind.all + [report])
    }
    #expect(error?.description.contains("9:35: a report takes all points") == true)
  }

  @Test(arguments: [(330, true), (334, false), (5000, false)])
  func aWorkflowComesToAThousandStagesAtMost(values: Int, isAllowed: Bool) throws {
    let list = (1...values).map { String(Double($0) / 1000) }.joined(separator: ",")
    let text = scan("{ \"width\": [\(list)] }")
    if isAllowed {
      #expect(try definition(text).stages.count == 3 * values + 1)
    } else {
      let error = #expect(throws: WorkflowError.self) { try definition(text) }
      let said = error?.description ?? ""
      #expect(said.contains("at most 1000 stages: take fewer values"), "\(said)")
      #expect(said.contains("workflow.json:6:"))
    }
  }

  @Test func aContradictionAtAPointIsNamedAtItsValue() throws {
    struct Picky: StageKind {
      let name = "make-graphs"
      let version = 1
      let summary = "x"
      let scope = StageScope.event
      let inputs: [StageInput] = []
      let parameters = FakeKind.make.parameters
      func contradiction(in parameters: JSONValue) -> ParameterContradiction? {
        parameters["width"]?.doubleValue ?? 0 > 5 && parameters["method"] == "fast"
          ? ParameterContradiction(parameter: "width", message: "fast is for narrow ones") : nil
      }
      func run(_ task: StageTask) throws -> StageResult { StageResult(summary: .null) }
    }
    let text = scan("{ \"width\": [1, 6], \"method\": [\"slow\", \"fast\"] }")
    let kinds: [any StageKind] = [Picky(), FakeKind.train, FakeKind.score, MatrixTests.report]
    let error = #expect(throws: WorkflowError.self) { try Study(text).definition(kinds: kinds) }
    let said = error?.description ?? ""
    #expect(
      said.contains(
        "6:65: width: fast is for narrow ones (at width = 6, method = \"fast\")"), "\(said)")
  }
}
