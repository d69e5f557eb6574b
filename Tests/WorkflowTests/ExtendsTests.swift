import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

@Suite struct ExtendsTests {
  /// A child over the sample workflow, each in a folder of its own.
  private func read(
    _ child: String, over parent: String = sampleWorkflow, set overrides: [String] = [],
    in folder: TemporaryFolder
  ) throws -> WorkflowDefinition {
    let base = folder.appending("base")
    let runs = folder.appending("runs")
    for path in [base, runs] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    _ = try folder.write(parent, to: "base/parent.json")
    let path = try folder.write(child, to: "runs/child.json")
    return try WorkflowReader.read(
      path: path, kinds: FakeKind.all, overrides: overrides.map { try WorkflowOverride($0) })
  }

  private func child(_ members: String) -> String {
    "{\n  \"extends\": \"../base/parent.json\", \"name\": \"child\"\(members.isEmpty ? "" : ",")\n  \(members)\n}"
  }

  private func expectInvalid(
    _ child: String, over parent: String = sampleWorkflow, set overrides: [String] = [],
    _ words: String
  ) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: WorkflowError.self) {
      try read(child, over: parent, set: overrides, in: folder)
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func aChildThatSaysNothingIsItsParentUnderAnotherName() throws {
    let folder = try TemporaryFolder()
    let own = try read(child(""), in: folder)
    let parent = try WorkflowReader.read(
      path: folder.appending("base/parent.json"), kinds: FakeKind.all)
    #expect(own.name == "child")
    #expect(own.json["stages"] == parent.json["stages"])
    #expect(own.json["split"] == parent.json["split"])
    #expect(own.json["dataset"] == parent.json["dataset"])
  }

  @Test func objectsMergeAndListsAndValuesReplace() throws {
    let folder = try TemporaryFolder()
    let definition = try read(
      child(
        """
        "split": { "test": "0-1", "spare": "2" },
        "stages": {
          "graphs": { "parameters": { "count": 7 }, "workers": 2 },
          "score": { "on": ["train", "spare"] },
          "second": { "uses": "score", "needs": ["graphs", "train"] }
        }
        """), in: folder)
    let graphs = try #require(definition.stage("graphs"))
    #expect(graphs.parameter("width") == .number(0.25))
    #expect(graphs.parameter("count") == 7)
    #expect(graphs.limits.workers == 2)
    #expect(definition.stage("score")?.on == ["train", "spare"])
    #expect(definition.splits.map(\.name) == ["train", "test", "spare"])
    #expect(definition.stages.map(\.name) == ["graphs", "train", "score", "second"])
  }

  @Test func nullTakesBackWhatTheParentSays() throws {
    let folder = try TemporaryFolder()
    let definition = try read(
      child(
        """
        "split": { "test": null },
        "stages": { "graphs": { "parameters": { "width": null, "count": null } }, "score": null }
        """), in: folder)
    #expect(definition.stages.map(\.name) == ["graphs", "train"])
    #expect(definition.stage("graphs")?.parameter("width") == .number(0.5))
    #expect(definition.stage("graphs")?.parameter("count") == 3)
    #expect(definition.splits.map(\.name) == ["train"])
  }

  @Test(arguments: [
    (
      "\"stages\": { \"scor\": null }",
      "child.json:3:15: null takes a stage out of the workflow that is extended, which has none: "
        + "unknown stage \"scor\"; did you mean \"score\"?"
    ),
    ("\"split\": { \"tset\": null }", "child.json:3:14: null takes a split out"),
    (
      "\"stages\": { \"graphs\": { \"parameters\": { \"widht\": null } } }",
      "unknown parameter of make-graphs \"widht\"; did you mean \"width\"?"
    ),
    ("\"stages\": { \"graphs\": { \"uses\": null } }", "the key \"uses\" is missing"),
    ("\"stages\": { \"train\": null }", "parent.json:6:53: unknown stage \"train\""),
    ("\"stages\": []", "child.json:3:13: an object with at least one stage was expected"),
    (
      "\"stages\": { \"graphs\": { \"parameters\": { \"count\": 0 } } }",
      "child.json:3:52: count: a whole number from 1 to 100"
    ),
    ("\"stages\": { \"new\": { \"needs\": [] } }", "child.json:3:22: the key \"uses\" is missing"),
  ])
  func aComplaintNamesTheFileInWhichTheValueStands(members: String, words: String) throws {
    try expectInvalid(child(members), words)
  }

  @Test func aMistakeInTheParentIsNamedThere() throws {
    let parent = sampleWorkflow.replacingOccurrences(of: "0.25", with: "25")
    try expectInvalid(
      child("\"stages\": { \"graphs\": { \"parameters\": { \"count\": 4 } } }"), over: parent,
      "parent.json:7:65: width: a number from 0.0 to 10.0 (rad) was expected, not 25")
    try expectInvalid(child(""), over: "{ \"stages\": ", "parent.json:1:13: the file ends")
    try expectInvalid(child(""), over: "[]", "parent.json:1:1: an object was expected")
  }

  @Test func everyFileHasItsOwnName() throws {
    try expectInvalid("{\"extends\": \"../base/parent.json\"}", "child.json:1:1: the key \"name\"")
  }

  @Test func pathsAreTakenFromTheFolderOfTheFileThatHoldsThem() throws {
    let folder = try TemporaryFolder()
    let parent = sampleWorkflow.replacingOccurrences(
      of: "\"width\": 0.25", with: "\"start\": \"weights.bin\"")
    let inherited = try read(child(""), over: parent, in: folder)
    #expect(inherited.dataset.path == folder.appending("base/events"))
    #expect(
      inherited.stage("graphs")?.parameter("start")
        == .string(folder.appending("base/weights.bin")))
    let own = try read(
      child(
        """
        "dataset": { "path": "mine" },
        "stages": { "graphs": { "parameters": { "start": "mine.bin" } } }
        """), over: parent, in: folder)
    #expect(own.dataset.path == folder.appending("runs/mine"))
    #expect(
      own.stage("graphs")?.parameter("start") == .string(folder.appending("runs/mine.bin")))
  }

  @Test func anotherNameOfADataSetLeavesTheFolderBehind() throws {
    let folder = try TemporaryFolder()
    let definition = try read(
      child("\"dataset\": { \"manifest\": \"m.json\", \"name\": \"other\" }"), in: folder)
    #expect(definition.dataset.path == nil)
    #expect(definition.dataset.name == "other")
  }

  @Test func aStageThatUsesAnotherKindLeavesTheParametersBehind() throws {
    var read = FakeKind(name: "read-graphs", ownGives: "make-graphs")
    read.eventFiles = [EventFileNeed("graph")]
    let folder = try TemporaryFolder()
    _ = try folder.write(sampleWorkflow, to: "parent.json")
    let path = try folder.write(
      """
      {"extends": "parent.json", "name": "c", "stages": {"graphs": {"uses": "read-graphs"}}}
      """, to: "c.json")
    let definition = try WorkflowReader.read(path: path, kinds: FakeKind.all + [read])
    #expect(definition.stage("graphs")?.kind.name == "read-graphs")
    #expect(definition.stage("graphs")?.parameters.isEmpty == true)
  }

  @Test func filesMayExtendEachOtherInAChain() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(sampleWorkflow, to: "a.json")
    _ = try folder.write(
      """
      {"extends": "a.json", "name": "b", "stages": {
        "graphs": {"parameters": {"width": 1, "count": 5}}, "score": null}}
      """, to: "b.json")
    let path = try folder.write(
      """
      {"extends": "b.json", "name": "c", "stages": {"graphs": {"parameters": {"width": 2}}}}
      """, to: "c.json")
    let definition = try WorkflowReader.read(
      path: path, kinds: FakeKind.all, overrides: [try WorkflowOverride("graphs.count=6")])
    #expect(definition.stage("graphs")?.parameter("width") == .number(2))
    #expect(definition.stage("graphs")?.parameter("count") == 6)
    #expect(definition.stages.count == 2)
  }

  @Test func aCircleIsNamed() throws {
    let folder = try TemporaryFolder()
    for (name, parent) in [("a", "b"), ("b", "./c"), ("c", "b")] {
      _ = try folder.write(
        "{\n \"name\": \"\(name)\", \"extends\": \"\(parent).json\"}", to: "\(name).json")
    }
    let error = #expect(throws: WorkflowError.self) {
      try WorkflowReader.read(path: folder.appending("a.json"), kinds: FakeKind.all)
    }
    let said = error?.description ?? ""
    #expect(said.contains("c.json:2:26: the files extend each other in a circle: "), "\(said)")
  }

  @Test(arguments: [
    ("\"missing.json\"", "child.json:1:13: "), ("\"missing.json\"", "which this workflow extends"),
    ("\".\"", "can't be read"), ("7", "child.json:1:13: the path of a workflow file was expected"),
    ("null", "the path of a workflow file was expected, not null"), ("\"\"", "was expected"),
  ])
  func aParentThatCannotBeReadIsNamedAtItsPlace(parent: String, words: String) throws {
    try expectInvalid("{\"extends\": \(parent), \"name\": \"child\"}", words)
  }

  @Test func whatIsSetGoesBeforeEveryFile() throws {
    let folder = try TemporaryFolder()
    let text = child("\"stages\": { \"graphs\": { \"parameters\": { \"width\": 2 } } }")
    let definition = try read(text, set: ["graphs.width=3", "graphs.count=null"], in: folder)
    #expect(definition.stage("graphs")?.parameter("width") == .number(3))
    #expect(definition.stage("graphs")?.parameter("count") == 3)
    try expectInvalid(text, set: ["graphs.width=30"], "--set graphs.width=30: width: a number from")
  }
}
