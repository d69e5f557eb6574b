import ArtifactStore
import JSONDocument
import Testing
import Workflow

@Suite struct StageResultsTests {
  private func recipe(_ kind: String, _ event: Int?, _ width: Double) -> TaskRecipe {
    var members: [JSONMember] = [
      JSONMember(name: "kind", value: .string(kind)), JSONMember(name: "version", value: 1),
      JSONMember(name: "parameters", value: ["width": .number(width)]),
      JSONMember(name: "inputs", value: []),
    ]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    return TaskRecipe(keyText: .object(members))!
  }

  private func stage(_ kind: String, _ width: Double) -> JSONValue {
    ["uses": .string(kind), "parameters": ["width": .number(width), "threads": nil]]
  }

  private func stages(
    _ recipes: [TaskRecipe], _ definition: JSONValue, unknown: Set<Int> = []
  ) -> [String] {
    let keys = recipes.map(\.key)
    let known = recipes.enumerated().filter { !unknown.contains($0.offset) }.map(\.element)
    return StageResults(
      keys: keys, definition: ["stages": definition],
      recipes: Dictionary(known.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    ).results.map { "\($0.stage) \($0.event ?? -1)" }
  }

  @Test func resultsGoToTheStagesInTheirOrder() {
    let recipes = [
      recipe("make", 1, 0.5), recipe("make", 2, 0.5), recipe("fit", nil, 1), recipe("use", 1, 1),
    ]
    let definition: JSONValue = [
      "graphs": stage("make", 0.5), "train": stage("fit", 1), "last": stage("use", 1),
    ]
    #expect(stages(recipes, definition) == ["graphs 1", "graphs 2", "train -1", "last 1"])
    #expect(stages(recipes, definition, unknown: [1, 2]) == ["graphs 1", "last 1"])
  }

  @Test func stagesOfOneKindAreToldApartByParametersAndEvents() {
    let recipes = [
      recipe("make", 1, 0.5), recipe("make", 2, 0.5), recipe("make", 2, 0.7),
      recipe("make", 3, 0.7),
    ]
    let apart: JSONValue = ["one": stage("make", 0.5), "two": stage("make", 0.7)]
    #expect(stages(recipes, apart) == ["one 1", "one 2", "two 2", "two 3"])
    // With equal parameters a stage ends where the events start over.
    let alike = [recipe("make", 1, 0.5), recipe("make", 2, 0.5), recipe("make", 1, 0.5)]
    let both: JSONValue = ["one": stage("make", 0.5), "two": stage("make", 0.5)]
    #expect(stages(alike, both) == ["one 1", "one 2", "two 1"])
  }

  @Test func aStageWithoutResultsIsPassedOver() {
    let definition: JSONValue = [
      "one": stage("make", 0.5), "none": stage("fit", 1), "two": stage("use", 1),
    ]
    let recipes = [recipe("make", 1, 0.5), recipe("use", 1, 1)]
    #expect(stages(recipes, definition) == ["one 1", "two 1"])
    #expect(stages([recipe("other", 1, 1)], definition).isEmpty)
  }
}

@Suite struct DefinitionDifferenceTests {
  private let old: JSONValue = [
    "name": "full", "description": "as it was", "dataset": ["path": "events"],
    "split": ["train": "0-3", "test": "4-5"],
    "stages": [
      "graphs": ["uses": "make", "parameters": ["width": 0.5, "count": 3]],
      "train": ["uses": "fit", "needs": ["graphs"], "parameters": ["epochs": 3]],
    ],
  ]

  @Test func whatChangedIsNamedByItsPlace() {
    let new: JSONValue = [
      "name": "full", "description": "other words", "dataset": ["path": "others", "events": "0-9"],
      "split": ["test": "4", "train": "0-3"],
      "stages": [
        "train": ["uses": "fit", "needs": [], "parameters": ["epochs": 3], "workers": 2],
        "graphs": ["uses": "make", "parameters": ["count": 3, "width": 0.3]],
        "score": ["uses": "score", "parameters": [:]],
      ],
    ]
    #expect(
      DefinitionDifference(from: old, to: new).changes.map(\.words) == [
        "dataset.path events -> others", "dataset.events null -> 0-9", "split.test 4-5 -> 4",
        "graphs.width 0.5 -> 0.3", "train.needs [\"graphs\"] -> []", "train.workers null -> 2",
        "stage score is new",
      ])
    #expect(
      DefinitionDifference(from: new, to: old).changes.map(\.words).contains("stage score is gone"))
  }

  @Test func executorSettingsAreNamedOneByOne() {
    func workflow(_ executor: JSONValue, _ train: JSONValue) -> JSONValue {
      ["executor": executor, "stages": ["train": ["uses": "fit", "executor": train]]]
    }
    let old = workflow(["kind": "slurm", "cpus": 2], ["time": "1 h"])
    let new = workflow(["kind": "local", "cpus": 2], ["time": "2 h", "cpus": 8])
    #expect(
      DefinitionDifference(from: old, to: new).changes.map(\.words) == [
        "train.executor.time 1 h -> 2 h", "train.executor.cpus null -> 8",
        "executor.kind slurm -> local",
      ])
  }

  @Test func orderAndDescriptionsAreNoDifference() {
    #expect(DefinitionDifference(from: old, to: old).changes.isEmpty)
  }
}
