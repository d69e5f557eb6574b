import Foundation
import Testing
import Workflow

@Suite struct EventPositionsTests {
  private let events = Array(100..<110)

  @Test(arguments: [
    ("0", [0]), ("0-2", [0, 1, 2]), ("3,1", [1, 3]), ("0-1,1-2", [0, 1, 2]),
    ("0%-50%", [0, 1, 2, 3, 4]), ("80%-100%", [8, 9]), ("0, 2 - 3", [0, 2, 3]),
    ("id 104", [4]), ("id 101-103", [1, 2, 3]), ("id 100,109", [0, 9]),
    ("0-1,id 109", [0, 1, 9]), ("80%-100%, id 100 - 101", [0, 1, 8, 9]),
    ("id 109,id 100", [0, 9]), ("1,id 101", [1]),
  ])
  func aChoiceGivesItsEvents(text: String, positions: [Int]) throws {
    #expect(try EventPositions(text)?.chosen(from: events) == positions.map { events[$0] })
  }

  @Test(arguments: [
    "", "-", "1-", "-1", "a", "1-2-3", "2-1", "50%-20%", "0%-101%", "5%", "1,,2", "99999999999",
    "id", "id ", "id -1", "id 5-4", "id 0%-50%", "id 7,0%-50%", "id7", "ids 7", "7 id", "id 1,,2",
    "id 9999999999999", "id 1-999999999",
  ])
  func whatIsNoChoiceIsRefused(text: String) {
    #expect(EventPositions(text) == nil)
  }

  @Test func aListOfPositionsIsAChoice() throws {
    #expect(try EventPositions(positions: [3, 0, 3])?.chosen(from: events) == [100, 103])
    #expect(EventPositions(positions: []) == nil)
    #expect(EventPositions(positions: [1, -1]) == nil)
  }

  @Test func sharesPartitionAnyNumberOfEvents() throws {
    for count in 1...50 {
      let events = Array(7..<7 + count)
      let parts = try ["0%-80%", "80%-90%", "90%-100%"].flatMap {
        try #require(EventPositions($0)).chosen(from: events)
      }
      #expect(parts == events)
    }
  }

  @Test(arguments: [
    ("0-9", EventPositions.NoSuchEvent.position(8)), ("12-14", .position(12)),
    ("id 104-110", .id(108)), ("0,id 3", .id(3)),
  ])
  func theFirstThatThereIsNoEventForIsNamed(
    text: String, missing: EventPositions.NoSuchEvent
  ) throws {
    let choice = try #require(EventPositions(text))
    #expect(throws: missing) { try choice.chosen(from: Array(events.prefix(8))) }
  }
}

@Suite struct ChosenEventsTests {
  @Test func splitsCountThroughTheChosenEventsOfTheDataSet() throws {
    let study = try Study()
    let planner = try study.planner(["dataset.events=id 11-12", "split.train=0", "split.test=1"])
    let chosen = try planner.definition.splitEvents(of: planner.source)
    #expect(chosen.map(\.name) == ["train", "test"])
    #expect(chosen.map(\.events) == [[11], [12]])
    #expect(try planner.plan().stage("score")?.events == [12])
  }

  @Test func aChoiceInTheFileIsTakenAndWrittenOut() throws {
    let text = sampleWorkflow.replacingOccurrences(
      of: "\"path\": \"events\"", with: "\"path\": \"events\", \"events\": [0, 2, 1]"
    ).replacingOccurrences(of: "\"test\": \"2\"", with: "\"test\": [2]")
    let planner = try Study(text).planner()
    #expect(planner.definition.dataset.events?.text == "0,2,1")
    #expect(planner.definition.json["dataset"]?["events"] == "0,2,1")
    #expect(planner.definition.json["split"]?["test"] == "2")
    #expect(try planner.plan().stage("score")?.events == [12])
  }

  @Test(arguments: [
    ("split.test=3", "(3) asks for the event at position 3, but the data set fake has 3 events"),
    ("split.test=id 13", "event number 13, but the data set fake has 3 events, numbers 10 to 12"),
    ("dataset.events=0-4", "position 3, but the data set fake has 3 events (positions 0 to 2"),
    ("dataset.events=0-1", "but the choice \"0-1\" of the data set fake has 2 events"),
    ("dataset.events=0%-1%", "but the choice \"0%-1%\" of the data set fake has none"),
  ])
  func whatIsNotThereIsNamedWithWhatThereIs(change: String, words: String) throws {
    let planner = try Study().planner([change])
    let error = #expect(throws: WorkflowError.self) { try planner.plan() }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: ["[]", "[0, 1.5]", "[0, \"1\"]", "{}", "true", "null", "\"id\""])
  func whatIsNoChoiceIsAnErrorAtItsPlace(value: String) throws {
    let study = try Study(sampleWorkflow.replacingOccurrences(of: "\"2\"", with: value))
    let error = #expect(throws: WorkflowError.self) { try study.definition() }
    #expect(error?.description.contains("workflow.json:4:38: a choice of events") == true)
  }
}
