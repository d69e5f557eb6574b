import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

/// What a stage is given of those that it needs.
@Suite struct StageInputTests {
  private static let kinds: [any StageKind] = [
    FakeKind(
      name: "find", parameters: [ParameterSpec("width", .integer(0...9), default: 1, "How wide.")],
      eventFiles: [EventFileNeed("hits")]),
    FakeKind(name: "fit", scope: .study, inputs: [StageInput("find", takesSeveral: true)]),
    FakeKind(
      name: "refine", scope: .study,
      inputs: [StageInput("fit"), StageInput("find", isRequired: false, takesSeveral: true)]),
    FakeKind(name: "join", inputs: [StageInput("find", takesSeveral: true), StageInput("refine")]),
  ]

  /// A workflow in which a stage over the study needs another, and one stage two of a kind.
  private static func workflow(needs: String = #""near", "far""#) -> String {
    """
    {
      "name": "chain",
      "dataset": { "path": "events" },
      "split": { "train": "0-1", "test": "2" },
      "stages": {
        "near": { "uses": "find" },
        "far": { "uses": "find", "parameters": { "width": 2 } },
        "fit": { "uses": "fit", "needs": ["near"], "on": ["train"] },
        "refine": { "uses": "refine", "needs": ["fit", \(needs)], "on": ["train"] },
        "last": { "uses": "refine", "needs": ["fit"] },
        "join": { "uses": "join", "needs": [\(needs), "refine"], "on": ["test"] }
      }
    }
    """
  }

  private func plan(_ study: Study) throws -> Plan { try study.planner(kinds: Self.kinds).plan() }

  @Test func aStageOverTheStudyTakesEventsAndTheResultOfAnotherSuchStage() throws {
    let plan = try plan(Study(Self.workflow()))
    let task = try #require(plan.stage("refine")?.tasks.first)
    #expect(task.inputs.map(\.kind) == ["find", "find", "find", "find", "fit"])
    #expect(task.inputs.map(\.event) == [10, 11, 10, 11, nil])
    #expect(task.inputs.map(\.split) == ["train", "train", "train", "train", nil])
    #expect(task.inputs.last?.key == plan.stage("fit")?.tasks.first?.key)
    #expect(task.recipe["inputs"]?.arrayValue?.count == 5)
  }

  @Test func aStageOverTheStudyCanDoWithoutEvents() throws {
    let plan = try plan(Study(Self.workflow()))
    let task = try #require(plan.stage("last")?.tasks.first)
    #expect(task.state.name == .toRun)
    #expect(task.inputs.map(\.kind) == ["fit"])
  }

  @Test func withoutTheResultThatItNeedsAStageOverTheStudyIsImpossible() throws {
    let study = try Study(Self.workflow())
    let key = try #require(plan(study).stage("fit")?.tasks.first?.key)
    let failed = try study.planner(kinds: Self.kinds).plan(failures: [key: "no room"])
    #expect(failed.stage("fit")?.tasks.map(\.state) == [.setAside(reason: "no room")])
    for name in ["refine", "last"] {
      #expect(
        failed.stage(name)?.tasks.map(\.state) == [.impossible(reason: "stage fit has no result")])
    }
    #expect(
      failed.stage("join")?.tasks.map(\.state) == [
        .impossible(reason: "stage refine has no result")
      ])
  }

  @Test func anotherResultOfTheOneReachesTheOther() throws {
    let study = try Study(Self.workflow())
    try study.finish(study.planner(kinds: Self.kinds))
    #expect(try plan(study).isDone)
    let other = try study.planner(["far.width=3"], kinds: Self.kinds).plan()
    #expect(other.stage("fit")?.count(of: .cached) == 1)
    #expect(other.stage("refine")?.count(of: .toRun) == 1)
    #expect(other.stage("last")?.count(of: .cached) == 1)
  }

  @Test func anEventThatOneOfTheNeedsSetAsideIsTakenFromNone() throws {
    let study = try Study(Self.workflow())
    let key = try #require(plan(study).stage("far")?.task(of: 11)?.key)
    let plan = try study.planner(kinds: Self.kinds).plan(failures: [key: "broken"])
    let task = try #require(plan.stage("refine")?.tasks.first)
    #expect(task.inputs.map(\.event) == [10, 10, nil])
    #expect(plan.stage("fit")?.tasks.first?.inputs.map(\.event) == [10, 11])
  }

  @Test func severalStagesOfAKindAreToldApartByTheirPlaceInNeeds() throws {
    let study = try Study(Self.workflow())
    let plan = try plan(study)
    let task = try #require(plan.stage("join")?.tasks.first)
    let (near, far) = (plan.stage("near")?.task(of: 12)?.key, plan.stage("far")?.task(of: 12)?.key)
    #expect(task.inputs.map(\.position) == [0, 1, nil])
    #expect(task.inputs.map(\.key) == [near, far, plan.stage("refine")?.tasks.first?.key])
    #expect(plan.stage("refine")?.tasks.first?.inputs.map(\.position) == [0, 0, 1, 1, nil])
    let positions = task.recipe["inputs"]?.arrayValue?.compactMap { $0["position"]?.intValue }
    #expect(positions?.sorted() == [0, 1])
    let turned = try self.plan(Study(Self.workflow(needs: #""far", "near""#)))
    #expect(turned.stage("join")?.tasks.first?.inputs.first?.key == far)
    #expect(turned.stage("join")?.tasks.first?.key != task.key)
  }

  @Test func oneStageOfAKindHasNoPlaceInTheKey() throws {
    let plan = try plan(Study(Self.workflow()))
    #expect(plan.stage("fit")?.tasks.first?.inputs.allSatisfy { $0.position == nil } == true)
    let members = plan.stage("fit")?.tasks.first?.recipe["inputs"]?.arrayValue?.first?.members
    #expect(members?.map(\.name) == ["event", "key", "kind", "split"])
  }
}
