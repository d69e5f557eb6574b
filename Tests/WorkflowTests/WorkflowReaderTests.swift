import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

@Suite struct WorkflowReaderTests {
  @Test func defaultsAreFilledInAndStagesOrderedByNeed() throws {
    let definition = try Study().definition()
    #expect(definition.stages.map(\.name) == ["graphs", "train", "score"])
    #expect(definition.stage("graphs")?.parameter("width") == .number(0.25))
    #expect(definition.stage("graphs")?.parameter("count") == 3)
    #expect(definition.stage("train")?.parameter("epochs") == 20)
    #expect(definition.dataset.path?.hasSuffix("/events") == true)
  }

  @Test func overridesGoBeforeTheFile() throws {
    let definition = try Study().definition([
      "graphs.width=1.5", "train.epochs=7", "graphs.method=slow", "dataset.path=/elsewhere",
      "split.test=0-2", "graphs.start=weights.bin",
    ])
    #expect(definition.stage("graphs")?.parameter("width") == .number(1.5))
    #expect(
      definition.stage("graphs")?.parameter("start")?.stringValue?.hasSuffix("/weights.bin") == true
    )
    #expect(definition.stage("train")?.parameter("epochs") == 7)
    #expect(definition.dataset.path == "/elsewhere")
    #expect(try definition.splits.last?.events.chosen(from: [7, 8, 9]) == [7, 8, 9])
  }

  @Test(arguments: [
    ("\"widht\": 1", "7:56: unknown parameter of make-graphs \"widht\"; did you mean \"width\"?"),
    ("\"width\": \"wide\"", "a number from 0.0 to 10.0 (rad) was expected, not \"wide\""),
    ("\"width\": 11", "a number from 0.0 to 10.0 (rad) was expected, not 11"),
    ("\"count\": 2.5", "a whole number from 1 to 100 was expected, not 2.5"),
    ("\"method\": \"medium\"", "one of \"fast\", \"slow\" was expected"),
    (
      "\"z\": [50, -50]",
      "a list of two numbers from -1000.0 to 1000.0, the lower first (mm) was expected"
    ),
    ("\"z\": 5", "a list of two numbers"), ("\"z\": [0, 1001]", "from -1000.0 to 1000.0"),
    ("\"count\": null", "a whole number"),
  ])
  func aWrongParameterIsNamedWithItsPlaceAndRemedy(parameter: String, words: String) throws {
    let text = sampleWorkflow.replacingOccurrences(of: "\"width\": 0.25", with: parameter)
    try expectInvalid(text, words)
  }

  @Test(arguments: [
    ("\"name\": \"sample\",", "", "1:1: the key \"name\" is missing"),
    ("\"name\"", "\"nmae\"", "2:3: unknown key \"nmae\"; did you mean \"name\"?"),
    ("\"sample\"", "\"../up\"", "may hold only letters"),
    ("\"sample\"", "\"a\\u0000b\"", "a string was expected"),
    ("\"make-graphs\"", "\"make-graph\"", "did you mean \"make-graphs\"?"),
    ("\"needs\": [\"graphs\"]", "\"needs\": [\"graphz\"]", "did you mean \"graphs\"?"),
    ("\"needs\": [\"graphs\"]", "\"needs\": []", "needs the results of a make-graphs stage"),
    ("\"needs\": [\"graphs\"]", "\"needs\": [\"graphs\", \"score\"]", "can't take the results"),
    ("\"on\": [\"test\"]", "\"on\": [\"tset\"]", "did you mean \"test\"?"),
    ("\"0-1\"", "\"1-0\"", "a choice of events by position or by number was"),
    ("\"0-1\"", "true", "a choice of events by position or by number was"),
    ("\"path\": \"events\"", "", "the data set needs a \"path\""),
    ("\"uses\": \"train\",", "", "the key \"uses\" is missing"),
    ("{ \"width\": 0.25 }", "[]", "an object was expected, not a list"),
  ])
  func aWrongWorkflowIsRefusedInWords(part: String, replacement: String, words: String) throws {
    #expect(sampleWorkflow.contains(part))
    try expectInvalid(sampleWorkflow.replacingOccurrences(of: part, with: replacement), words)
  }

  @Test func stagesThatNeedEachOtherAreRefused() throws {
    var loop = FakeKind(name: "loop", inputs: [StageInput("loop", takesSeveral: true)])
    loop.eventFiles = []
    let study = try Study(
      """
      {"name": "x", "dataset": {"path": "e"}, "split": {"a": "0"}, "stages": {
        "one": {"uses": "loop", "needs": ["two"]}, "two": {"uses": "loop", "needs": ["one"]}}}
      """)
    let error = #expect(throws: WorkflowError.self) { try study.definition(kinds: [loop]) }
    #expect(error?.description.contains("in a circle") == true)
  }

  @Test func aKindThatGivesTheResultsOfAnotherStandsInItsPlace() throws {
    var read = FakeKind(name: "read-graphs", ownGives: "make-graphs")
    read.eventFiles = [EventFileNeed("graph")]
    let kinds = FakeKind.all + [read]
    let text = sampleWorkflow.replacingOccurrences(
      of: "\"make-graphs\", \"parameters\": { \"width\": 0.25 }", with: "\"read-graphs\"")
    let definition = try Study(text).definition(kinds: kinds)
    #expect(definition.stage("graphs")?.kind.name == "read-graphs")
    for (part, replacement, words) in [
      (
        "\"needs\": [\"graphs\"]", "\"needs\": []",
        "train needs the results of a make-graphs or read-graphs stage"
      ),
      (
        "\"needs\": [\"graphs\"]", "\"needs\": [\"score\"]",
        "it takes those of make-graphs, read-graphs"
      ),
    ] {
      let study = try Study(text.replacingOccurrences(of: part, with: replacement))
      let error = #expect(throws: WorkflowError.self) { try study.definition(kinds: kinds) }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }

  @Test(arguments: [
    ("train.epoch=3", "did you mean \"epochs\"?"), ("trian.epochs=3", "did you mean \"train\"?"),
    ("train.epochs=many", "epochs: a whole number from 1 to 1000 was expected, not \"many\""),
    (
      "graphs.method=fsat",
      "one of \"fast\", \"slow\" was expected, not \"fsat\"; did you mean \"fast\"?"
    ),
    ("train.onError=set_aside", "did you mean \"set-aside\"?"), ("train.retires=1", "\"retries\""),
    ("stages.train.epochs=1", "unknown key"), ("stages.trian.memory=1 GB", "unknown stage"),
    ("train.epochs=0", "from 1 to 1000"),
    ("dataset.folder=x", "unknown key"), ("epochs=3", "stage.parameter=value was expected"),
    ("train.epochs", "stage.parameter=value was expected"), ("split.test=x", "a choice of events"),
  ])
  func aWrongOverrideIsNamed(text: String, words: String) throws {
    let study = try Study()
    let error = #expect(throws: WorkflowError.self) { try study.definition([text]) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(text) == true)
  }

  @Test func aMissingFileAndAFolderAreUnreadable() throws {
    let study = try Study()
    for path in ["/nowhere/workflow.json", study.folder.path] {
      let error = #expect(throws: WorkflowError.self) {
        try WorkflowReader.read(path: path, kinds: FakeKind.all)
      }
      guard case .unreadable? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  private func expectInvalid(_ text: String, _ words: String) throws {
    let study = try Study(text)
    let error = #expect(throws: WorkflowError.self) { try study.definition() }
    let said = error?.description ?? ""
    #expect(said.contains(words), "\(said)")
    #expect(said.contains("workflow.json:"))
  }
}

@Suite struct WorkflowCheckTests {
  @Test func aCheckGathersAllThatIsWrong() throws {
    let text = sampleWorkflow.replacingOccurrences(of: "0.25", with: "25, \"cuont\": 1")
      .replacingOccurrences(of: "\"0-1\"", with: "\"1-0\"")
      .replacingOccurrences(of: "[\"test\"]", with: "[\"tset\"]")
      .replacingOccurrences(of: "\"path\": \"events\"", with: "\"paht\": \"events\"")
    let study = try Study(text)
    let (definition, errors) = WorkflowReader.check(path: study.workflow, kinds: FakeKind.all)
    #expect(definition == nil)
    let lines = errors.compactMap { error -> Int? in
      if case .invalid(let place) = error { place.position.line } else { nil }
    }
    #expect(lines == [3, 3, 4, 6, 7, 7], "\(errors.map(\.description))")
    let first = #expect(throws: WorkflowError.self) { try study.definition() }
    #expect(first == errors.first)
  }

  @Test func aRightWorkflowHasNoErrors() throws {
    let study = try Study()
    let (definition, errors) = WorkflowReader.check(path: study.workflow, kinds: FakeKind.all)
    #expect(definition?.name == "sample")
    #expect(errors.isEmpty)
  }
}
