import ArtifactStore
import JSONDocument
import TestSupport
import Testing
import Workflow

@Suite struct DatasetPropertyTests {
  private static let field: JSONValue = ["uniform": 2]

  /// The sample's kinds, where `score` reads the field and the detectors.
  private static var kinds: [any StageKind] {
    var score = FakeKind.score
    score.datasetProperties = ["field", "detectors"]
    return [FakeKind.make, FakeKind.train, score]
  }

  private func keys(_ plan: Plan, _ stage: String) -> [ArtifactKey?] {
    plan.stage(stage)?.tasks.map(\.key) ?? []
  }

  @Test func aTaskIsGivenWhatItsKindDeclaresAndNoOther() throws {
    let study = try Study()
    let file = try study.folder.write("modules", to: "detectors.csv")
    let plan = try study.planner(
      kinds: Self.kinds, properties: ["field": .value(Self.field), "detectors": .file(file)]
    ).plan()
    let task = try #require(plan.stage("score")?.tasks.first)
    #expect(task.dataset == ["field": Self.field, "detectors": .string(file)])
    #expect(task.recipe["dataset"]?["field"] == Self.field)
    #expect(
      task.recipe["dataset"]?["detectors"]
        == ["sha256": .string(ArtifactKey(of: .string("modules")).hex)])
    #expect(plan.stage("graphs")?.tasks.allSatisfy { $0.dataset == .null } == true)
  }

  @Test func whatADataSetDoesNotDeclareIsNull() throws {
    let study = try Study()
    let task = try #require(study.planner(kinds: Self.kinds).plan().stage("score")?.tasks.first)
    #expect(task.dataset == ["field": .null, "detectors": .null])
    #expect(task.recipe["dataset"] == ["detectors": .null, "field": .null])
  }

  @Test func keysOfKindsThatReadNoPropertyDoNotKnowThem() throws {
    let study = try Study()
    let plain = try study.planner().plan()
    let other = try study.planner(properties: ["field": .value(Self.field)]).plan()
    for stage in ["graphs", "train", "score"] {
      #expect(keys(plain, stage) == keys(other, stage))
      #expect(
        plain.stage(stage)?.tasks.allSatisfy { $0.recipe["dataset"] == nil } == true)
    }
  }

  @Test func anotherFieldOrOtherDetectorsRunTheStageAnewAndAreNamed() throws {
    let study = try Study()
    let file = try study.folder.write("modules", to: "detectors.csv")
    func planner(_ field: JSONValue) throws -> Planner {
      try study.planner(
        kinds: Self.kinds, properties: ["field": .value(field), "detectors": .file(file)])
    }
    try study.finish(planner(Self.field))
    #expect(try planner(Self.field).plan().isDone)
    let other = try planner(["uniform": 3]).plan().stage("score")?.tasks.map(\.state)
    #expect(other == [.toRun(reason: "field of the data set changed")])
    _ = try study.folder.write("other modules", to: "detectors.csv")
    let changed = try planner(Self.field).plan().stage("score")?.tasks.map(\.state)
    #expect(changed == [.toRun(reason: "detectors of the data set changed")])
  }

  @Test func aFileCountsByItsContentAndIsAmongTheInputsOfARun() throws {
    let study = try Study()
    let files = try ["one.csv", "two.csv"].map { try study.folder.write("modules", to: $0) }
    let planners = try files.map {
      try study.planner(kinds: Self.kinds, properties: ["detectors": .file($0)])
    }
    let plans = try planners.map { try $0.plan() }
    #expect(keys(plans[0], "score") == keys(plans[1], "score"))
    let inputs = try planners[0].inputDigests(of: plans[0]).map(\.path)
    #expect(inputs.contains(files[0]))
    #expect(inputs.count == 4)
  }

  @Test func aFileThatCannotBeReadIsAnErrorWhereAStageNeedsIt() throws {
    let study = try Study()
    let missing: [String: DatasetProperty] = ["detectors": .file("/nowhere.csv")]
    let error = #expect(throws: WorkflowError.self) {
      try study.planner(kinds: Self.kinds, properties: missing).plan()
    }
    #expect(error?.description.contains("/nowhere.csv, the detectors") == true)
    _ = try study.planner(properties: missing).plan()
  }
}
