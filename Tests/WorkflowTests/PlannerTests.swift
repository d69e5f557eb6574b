import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

@Suite struct PlannerTests {
  private func states(_ plan: Plan, _ stage: String) -> [TaskState] {
    plan.stage(stage)?.tasks.map(\.state) ?? []
  }

  @Test func everyTaskIsToRunAtFirstAndNoneAfterwards() throws {
    let study = try Study()
    let planner = try study.planner()
    let first = try planner.plan()
    #expect(first.stages.map { $0.count(of: .toRun) } == [3, 1, 1])
    #expect(first.stage("score")?.events == [12])
    #expect(states(first, "graphs").first == .toRun(reason: "no result yet"))
    try study.finish(planner)
    #expect(try planner.plan().isDone)
    #expect(try study.planner().plan().isDone)
  }

  @Test func aChangedParameterIsNamedWithBothValuesAndReachesWhatDependsOnIt() throws {
    let study = try Study()
    try study.finish(study.planner())
    let plan = try study.planner(["train.epochs=50"]).plan()
    #expect(states(plan, "graphs").allSatisfy { $0 == .cached })
    #expect(states(plan, "train") == [.toRun(reason: "epochs 20 -> 50")])
    #expect(states(plan, "score") == [.toRun(reason: "train changed")])
    #expect(try study.planner().plan().isDone)
  }

  @Test func aResultIsGivenAsTheKindThatItStandsFor() throws {
    let kinds =
      FakeKind.all + [
        FakeKind(
          name: "read-graphs", ownGives: "make-graphs", eventFiles: [EventFileNeed("hits")])
      ]
    let study = try Study(
      sampleWorkflow.replacingOccurrences(
        of: "\"make-graphs\", \"parameters\": { \"width\": 0.25 }", with: "\"read-graphs\""))
    let plan = try study.planner(kinds: kinds).plan()
    #expect(plan.stage("train")?.tasks.first?.inputs.map(\.kind) == ["make-graphs", "make-graphs"])
    #expect(plan.stage("score")?.tasks.first?.inputs.map(\.kind) == ["make-graphs", "train"])
    #expect(plan.stage("graphs")?.tasks.first?.recipe["kind"] == "read-graphs")
  }

  @Test func whatChangesNoBitIsInNoKey() throws {
    let study = try Study()
    try study.finish(study.planner())
    #expect(try study.planner(["graphs.threads=2"]).plan().isDone)
  }

  @Test func aChangedEventFileTouchesThatEventAlone() throws {
    let study = try Study()
    try study.finish(study.planner())
    try study.writeHits("other hits, longer", event: 12)
    let plan = try study.planner().plan()
    #expect(states(plan, "graphs") == [.cached, .cached, .toRun(reason: "hits.csv changed")])
    #expect(states(plan, "train") == [.cached])
  }

  @Test func aFileParameterCountsByItsContent() throws {
    let study = try Study()
    let one = try study.folder.write("weights", to: "one.bin")
    let two = try study.folder.write("weights", to: "two.bin")
    try study.finish(study.planner(["graphs.start=\(one)"]))
    #expect(try study.planner(["graphs.start=\(two)"]).plan().isDone)
    _ = try study.folder.write("other weights", to: "two.bin")
    #expect(try !study.planner(["graphs.start=\(two)"]).plan().isDone)
    let missing = try study.planner(["graphs.start=/nowhere"]).plan()
    #expect(missing.stage("graphs")?.count(of: .impossible) == 3)
  }

  @Test func aRaisedVersionRunsTheStageAnew() throws {
    let study = try Study()
    try study.finish(study.planner())
    var newer = FakeKind.train
    newer.version = 2
    let plan = try study.planner(kinds: [FakeKind.make, newer, FakeKind.score]).plan()
    #expect(states(plan, "train") == [.toRun(reason: "stage version 1 -> 2")])
  }

  @Test func anEventWithoutItsFileIsSetAsideAndTheRestGoesOn() throws {
    let study = try Study()
    try FileManager.default.removeItem(atPath: study.folder.appending("events/11-hits.csv"))
    let plan = try study.planner().plan()
    #expect(plan.stage("graphs")?.count(of: .setAside) == 1)
    #expect(plan.stage("train")?.tasks.first?.inputs.compactMap(\.event) == [10])
    try study.finish(study.planner())
    #expect(try study.planner().plan().isDone)
  }

  @Test func aTestEventSetAsideIsLeftOutLaterAndNoEventLeftIsImpossible() throws {
    let study = try Study()
    for event in [10, 11, 12] {
      try FileManager.default.removeItem(atPath: study.folder.appending("events/\(event)-hits.csv"))
    }
    let plan = try study.planner().plan()
    #expect(plan.stage("train")?.count(of: .impossible) == 1)
    #expect(plan.stage("score")?.tasks.first?.state == .leftOut(stage: "graphs"))
  }

  @Test func aRefusalIsRememberedUntilTheInputChanges() throws {
    let study = try Study()
    let plan = try study.planner().plan()
    let key = try #require(plan.stage("graphs")?.task(of: 11)?.key)
    try Catalog.open(store: study.store, notice: { _ in })
      .reject(key, kind: "make-graphs", reason: "line 7")
    #expect(
      try study.planner().plan().stage("graphs")?.task(of: 11)?.state
        == .setAside(reason: "line 7"))
    try study.writeHits("mended hits", event: 11)
    #expect(try study.planner().plan().stage("graphs")?.task(of: 11)?.state.name == .toRun)
  }

  @Test func aDamagedOrMissingArtifactIsMadeAgain() throws {
    let study = try Study()
    try study.finish(study.planner())
    let key = try #require(study.planner().plan().stage("train")?.tasks.first?.key)
    let path = study.store.path(of: key)
    try Data("nonsense".utf8).write(to: URL(filePath: path))
    let damaged = try study.planner().plan().stage("train")?.tasks.first?.state
    guard case .toRun(let reason)? = damaged else {
      Issue.record("\(String(describing: damaged))")
      return
    }
    #expect(reason.contains("damaged"))
    try FileManager.default.removeItem(atPath: path)
    #expect(
      try study.planner().plan().stage("train")?.tasks.first?.state
        == .toRun(reason: "its artifact is gone"))
  }

  @Test func aDeletedCatalogLosesNothing() throws {
    let study = try Study()
    try study.finish(study.planner())
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: study.store.root + "/catalog.sqlite" + suffix)
    }
    #expect(try study.planner().plan().isDone)
  }

  @Test func keysAreTheSameWhereverTheEventsLie() throws {
    let (one, two) = (try Study(), try Study())
    let keys = try [one, two].map { try $0.planner().plan().stages.flatMap { $0.tasks.map(\.key) } }
    #expect(keys[0] == keys[1])
  }

  @Test func aSplitBeyondTheEventsSaysHowManyThereAre() throws {
    let study = try Study()
    let error = #expect(throws: WorkflowError.self) {
      try study.planner(["split.test=7"]).plan()
    }
    #expect(error?.description.contains("has 3 events") == true)
    #expect(error?.description.contains("--set split.test=") == true)
  }

  private static let makeEvents = FakeKind(name: "make-events", makesEvents: true)
  private static var kindsWithEvents: [any StageKind] {
    var graphs = FakeKind.make
    graphs.inputs = [StageInput("make-events", isRequired: false)]
    return [makeEvents, graphs, FakeKind.train, FakeKind.score]
  }
  private static let workflowWithEvents = sampleWorkflow.replacingOccurrences(
    of: "\"graphs\": { \"uses\": \"make-graphs\",",
    with: """
      "events": { "uses": "make-events" },
      "graphs": { "uses": "make-graphs", "needs": ["events"],
      """)

  @Test func eventsAreMadeWhereThereAreNoFiles() throws {
    let study = try Study(Self.workflowWithEvents)
    let planner = try study.planner(kinds: Self.kindsWithEvents, isMade: true)
    let plan = try planner.plan()
    #expect(plan.stage("events")?.count(of: .toRun) == 3)
    let graphs = try #require(plan.stage("graphs")?.tasks)
    #expect(graphs.allSatisfy { $0.files.isEmpty && $0.inputs.map(\.kind) == ["make-events"] })
    try study.finish(planner)
    #expect(try planner.plan().isDone)
  }

  @Test func nothingIsMadeWhereThereAreFiles() throws {
    let study = try Study(Self.workflowWithEvents)
    let plan = try study.planner(kinds: Self.kindsWithEvents).plan()
    #expect(plan.stage("events")?.tasks.isEmpty == true)
    #expect(plan.stage("graphs")?.count(of: .toRun) == 3)
    // The keys are those of a workflow that knows nothing of made events.
    let plainStudy = try Study()
    let plain = try plainStudy.planner().plan()
    #expect(plan.stage("graphs")?.tasks.map(\.key) == plain.stage("graphs")?.tasks.map(\.key))
  }

  @Test func aStageThatReadsMadeEventsMustNameTheirMaker() throws {
    let error = #expect(throws: WorkflowError.self) {
      try Study().planner(kinds: Self.kindsWithEvents, isMade: true).plan()
    }
    #expect(error?.description.contains("\"needs\"") == true)
    // A kind that reads nothing but files can't.
    let filesOnly = #expect(throws: WorkflowError.self) {
      try Study().planner(isMade: true).plan()
    }
    #expect(filesOnly?.description.contains("choose a data set that lies in files") == true)
  }
}
