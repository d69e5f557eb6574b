import Execution
import Foundation
import JSONDocument
import TestSupport
import Testing

@Suite struct JournalReaderTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.appending("journal.jsonl")
  }

  private func append(_ text: String) throws {
    if !FileManager.default.fileExists(atPath: path) {
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  private static func line(_ number: Int) -> String {
    "{\"at\":\(number),\"what\":\"log\",\"stage\":\"s\",\"line\":\"caf\u{E9} \(number)\"}\n"
  }

  @Test func everyCutOfAJournalGivesEachEntryOnce() throws {
    let text = Array((0..<4).map(Self.line).joined().utf8)
    for cut in 0...text.count {
      try? FileManager.default.removeItem(atPath: path)
      try Data(text[..<cut]).write(to: URL(filePath: path))
      var reader = JournalReader(path: path)
      var found = reader.read().entries
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(text[cut...]))
      try handle.close()
      found += reader.read().entries
      #expect(found.map(\.at) == [0, 1, 2, 3], "cut at \(cut)")
      #expect(reader.unreadable == 0)
      #expect(reader.read().entries.isEmpty)
    }
  }

  @Test func linesThatAreNoEntriesAreCountedAndPassedOver() throws {
    try append(Self.line(1) + "{\"at\":2,\"wh\n\u{0}\u{0}\n{\"what\":\"log\"}\n" + Self.line(3))
    var reader = JournalReader(path: path)
    #expect(reader.read().entries.map(\.at) == [1, 3])
    #expect(reader.unreadable == 3)
  }

  @Test func aJournalThatIsNotThereYetIsReadLater() throws {
    var reader = JournalReader(path: path)
    #expect(reader.read().entries.isEmpty)
    #expect(JournalReader.entries(path: path) == nil)
    try append(Self.line(1))
    let read = reader.read()
    #expect(read.entries.count == 1 && !read.isAnew)
  }

  @Test func aFileThatTookItsPlaceIsReadFromItsStart() throws {
    try append(Self.line(1) + Self.line(2))
    var reader = JournalReader(path: path)
    #expect(reader.read().entries.count == 2)
    try Data(Self.line(3).utf8).write(to: URL(filePath: path))
    let read = reader.read()
    #expect(read.entries.map(\.at) == [3] && read.isAnew)
  }
}

@Suite struct JournalStateTests {
  private static func entries(_ lines: String) throws -> [JournalEntry] {
    try lines.split(separator: "\n").map { line in
      let json = try JSONDocument(parsing: Array(line.utf8), file: "journal").root
      return try #require(JournalEntry(json: json))
    }
  }

  private static let beginning = """
    {"at":0,"what":"run","id":"one","workflow":{"name":"w","stages":{"a":{"uses":"x"},"b":{"uses":"y"},"r":{"uses":"write-report"}}}}
    {"at":0,"what":"plan","stages":[{"stage":"a","tasks":4,"cached":1,"toRun":3,"seconds":6},{"stage":"b","tasks":1,"cached":0,"toRun":1,"seconds":null}]}
    {"at":0,"what":"stage","stage":"a","tasks":3,"cached":1,"workers":2}
    {"at":1,"what":"start","stage":"a","event":1,"key":"k1","worker":0}
    {"at":1,"what":"start","stage":"a","event":2,"key":"k2","worker":1}
    """

  private static let later =
    beginning + "\n" + """
      {"at":3,"what":"done","stage":"a","event":1,"key":"k1","seconds":2,"cpuSeconds":1.5,"peakMemory":500}
      {"at":3,"what":"log","stage":"a","event":2,"worker":1,"line":"oh"}
      {"at":3,"what":"retry","stage":"a","event":2,"key":"k2","cause":"crashed","reason":"ended"}
      {"at":3,"what":"start","stage":"a","event":3,"key":"k3","worker":0}
      {"at":4,"what":"start","stage":"a","event":2,"key":"k2","worker":1,"attempt":2}
      """

  @Test func tasksAtWorkAreThoseTakenAndNotEnded() throws {
    let state = JournalState(try Self.entries(Self.later))
    #expect(state.runID == "one" && state.current == "a" && state.ended == nil)
    #expect(state.stages.map(\.name) == ["a", "b"])
    let stage = try #require(state.stage("a"))
    #expect(stage.running.map(\.event) == [3, 2])
    #expect(stage.running.map(\.attempt) == [1, 2])
    #expect((stage.tasks, stage.cached, stage.done, stage.retries) == (4, 1, 1, 1))
    #expect(stage.left == 2 && stage.setAside.isEmpty)
    #expect((stage.seconds, stage.cpuSeconds, stage.peakMemory) == (2, 1.5, 500))
    // One task in five seconds, and two are left.
    #expect(stage.rate(at: 5) == 0.2)
    #expect(stage.secondsLeft(at: 5) == 10)
  }

  @Test func beforeTheFirstTaskEndsTheForecastTells() throws {
    let state = JournalState(try Self.entries(Self.beginning))
    let stage = try #require(state.stage("a"))
    #expect(stage.rate(at: 2) == nil)
    #expect(stage.secondsLeft(at: 2) == 4)
    #expect(state.stage("b")?.secondsLeft(at: 2) == nil)
  }

  @Test func aPlanMadeAnewCountsWhatTheRunMadeOnce() throws {
    let state = JournalState(
      try Self.entries(
        Self.later + "\n" + """
          {"at":6,"what":"done","stage":"a","event":3,"key":"k3","seconds":3,"cpuSeconds":1,"peakMemory":900}
          {"at":6,"what":"failed","stage":"a","event":2,"key":"k2","cause":"crashed","reason":"ended, 2 times"}
          {"at":6,"what":"plan","stages":[{"stage":"a","tasks":4,"cached":3,"toRun":0,"seconds":0},{"stage":"b","tasks":1,"cached":0,"toRun":1}]}
          {"at":6,"what":"stage","stage":"b","tasks":1,"cached":0,"workers":1}
          {"at":7,"what":"start","stage":"b","key":"kb","worker":0}
          {"at":9,"what":"progress","stage":"b","key":"kb","done":1,"total":5,"unit":"epochs","note":"loss 1"}
          """))
    let stage = try #require(state.stage("a"))
    #expect((stage.cached, stage.done, stage.finished) == (1, 2, 3))
    #expect(stage.setAside.map(\.event) == [2] && stage.left == 0)
    #expect(stage.peakMemory == 900)
    let training = try #require(state.stage("b"))
    #expect(training.running.first?.progress?.unit == "epochs")
    // Two seconds an epoch, four left.
    #expect(training.secondsLeft(at: 9) == 8)
  }

  @Test func aRunThatEndedHasNothingAtWork() throws {
    let state = JournalState(
      try Self.entries(Self.later + "\n{\"at\":8,\"what\":\"stopped\",\"reason\":\"no room\"}"))
    #expect(state.ended == 8 && state.reason == "no room" && state.current == nil)
    #expect(state.stages.allSatisfy { $0.running.isEmpty })
  }

  private static let onCluster = """
    {"at":0,"what":"run","id":"one","workflow":{"name":"w","stages":{"a":{"uses":"x"},"b":{"uses":"y"},"c":{"uses":"z"}}}}
    {"at":0,"what":"plan","stages":[{"stage":"a","tasks":4,"cached":0,"toRun":4},{"stage":"b","tasks":4,"cached":0,"toRun":4},{"stage":"c","tasks":1,"cached":0,"toRun":1}]}
    {"at":0,"what":"stage","stage":"a","tasks":4,"cached":0}
    {"at":0,"what":"submit","stage":"a","job":7,"name":"n","jobs":2,"tasks":4}
    {"at":0,"what":"stage","stage":"b","tasks":4,"cached":0}
    {"at":0,"what":"submit","stage":"b","job":8,"name":"m","jobs":2,"tasks":4}
    """

  @Test func stagesOfAClusterAreAtWorkSideBySideWithTheirJobs() throws {
    var state = JournalState(try Self.entries(Self.onCluster))
    #expect(state.atWork == ["a", "b"])
    #expect(state.stage("a")?.jobs?.waiting == 2 && state.stage("a")?.started == nil)
    for entry in try Self.entries(
      """
      {"at":5,"what":"queue","stage":"a","waiting":1,"running":1,"reasons":[{"reason":"Priority","jobs":1}]}
      {"at":100,"what":"start","stage":"a","event":1,"key":"k1","worker":0,"node":"n1"}
      {"at":100,"what":"start","stage":"a","event":2,"key":"k2","worker":1,"node":"n2"}
      {"at":104,"what":"done","stage":"a","event":1,"key":"k1","seconds":4,"cpuSeconds":4,"peakMemory":5}
      {"at":105,"what":"fault","stage":"a","job":"7_1","node":"n2","worker":1,"reason":"the node n2 failed"}
      """)
    { state.take(entry) }
    let stage = try #require(state.stage("a"))
    #expect(stage.jobs?.reasons == [.init(reason: "Priority", jobs: 1)])
    // What the lost job had in hand is at work no more, and its wait in the queue counts for no work.
    #expect(stage.running.isEmpty && stage.rate(at: 104) == 0.25)
    #expect(stage.faultCount == 1 && stage.faults.first?.job == "7_1")
    for entry in try Self.entries(
      (2...4).map {
        #"{"at":110,"what":"start","stage":"a","event":\#($0),"key":"k\#($0)","worker":0,"node":"n1"}"#
          + "\n"
          + #"{"at":111,"what":"done","stage":"a","event":\#($0),"key":"k\#($0)","seconds":1}"#
      }.joined(separator: "\n"))
    { state.take(entry) }
    #expect(state.stage("a")?.left == 0 && state.atWork == ["b"])
    state.take(try Self.entries(#"{"at":120,"what":"stopped","reason":"r"}"#)[0])
    #expect(state.atWork.isEmpty && state.stages.allSatisfy { $0.jobs == nil })
  }

  @Test func onlyTheLatestFaultsAreKept() throws {
    let faults = (0..<9).map {
      #"{"at":\#($0),"what":"fault","stage":"a","job":"7_\#($0)","node":null,"worker":null,"reason":"r"}"#
    }
    let state = JournalState(
      try Self.entries(([Self.onCluster] + faults).joined(separator: "\n")))
    #expect(state.stage("a")?.faultCount == 9)
    #expect(state.stage("a")?.faults.map(\.job) == ["7_6", "7_7", "7_8"])
  }

  @Test func anOlderJournalWithoutPlansIsRead() throws {
    let lines = Self.beginning.split(separator: "\n").filter { !$0.contains("\"plan\"") }
    let stage = JournalState(try Self.entries(lines.joined(separator: "\n"))).stage("a")
    #expect(stage?.tasks == 4 && stage?.cached == 1 && stage?.left == 3)
  }
}
