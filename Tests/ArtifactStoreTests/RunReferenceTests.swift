import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

@Suite struct RunReferenceTests {
  private static let ids = [
    "20260101T100000Z-full", "20260101T110000Z-quick", "20260102T100000Z-full",
    "20260102T100000Z-full-2",
  ]

  private static func record(_ id: String, started: Double, folder: String? = nil) -> RunRecord {
    RunRecord(
      id: id, workflow: String(id.dropFirst(17)), file: "w.json", folder: folder ?? "/runs/\(id)",
      started: started, process: .current(command: "test"), version: "1", definition: [:])
  }

  private let records = ids.enumerated().map { record($1, started: Double($0)) }

  private func find(_ name: String) throws -> String {
    try RunRegistry.find(name, among: records, cache: "cache").id
  }

  private func failure(_ name: String) -> RunReferenceError? {
    #expect(throws: RunReferenceError.self) { try find(name) }
  }

  @Test(arguments: [
    ("20260102T100000Z-full", 2), ("last", 3), ("last-1", 3), ("last-2", 2), ("last-4", 0),
    ("20260101T11", 1), ("quick", 1), ("full-2", 3), ("/runs/20260101T100000Z-full", 0),
    ("/runs/20260101T100000Z-full/", 0),
  ])
  func aRunIsFoundByWhatAPersonCallsIt(name: String, place: Int) throws {
    #expect(try find(name) == Self.ids[place])
  }

  @Test func aNameOfSeveralNamesThem() {
    #expect(
      failure("20260101")
        == .ambiguous(name: "20260101", candidates: [Self.ids[1], Self.ids[0]]))
    // An exact id is no beginning of another.
    #expect(failure("20260102") != nil)
    #expect(failure("-full") == .ambiguous(name: "-full", candidates: [Self.ids[2], Self.ids[0]]))
  }

  @Test func aNameOfNoneNamesTheLatest() throws {
    guard case .unknown(_, _, let known) = failure("nightly") else {
      Issue.record("another error")
      return
    }
    #expect(known == Self.ids.reversed())
    #expect(failure("last-5") == .tooFew(name: "last-5", count: 4))
    #expect(failure("last-0") != nil)
    #expect(failure("") != nil)
    #expect(throws: RunReferenceError.noRuns(cache: "cache")) {
      try RunRegistry.find("last", among: [], cache: "cache")
    }
  }

  @Test func ofRunsInOneFolderItNamesTheLatest() throws {
    let shared = [
      Self.record("a", started: 1, folder: "/same"), Self.record("b", started: 2, folder: "/same"),
    ]
    #expect(try RunRegistry.find("/same", among: shared, cache: "").id == "b")
  }

  @Test func theRunBeforeIsOfTheSameWorkflow() {
    #expect(RunRegistry.runBefore(records[2], among: records)?.id == Self.ids[0])
    #expect(RunRegistry.runBefore(records[1], among: records) == nil)
  }

  @Test func aRunThatSaysItRunsAndHoldsNoLockVanished() throws {
    let folder = try TemporaryFolder()
    let registry = RunRegistry(store: ObjectStore(root: folder.path))
    var record = Self.record("one", started: 1)
    var live: LiveRun? = try registry.begin("one")
    try registry.write(record)
    #expect(registry.state(of: record) == .running)
    live = nil
    #expect(live == nil)
    #expect(registry.state(of: record) == .vanished)
    record.status = .failed
    #expect(registry.state(of: record) == .failed)
  }
}
