import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

/// Whatever happens to the catalog's file, the plan comes out right: an index decides nothing that it can get wrong.
@Suite struct CatalogDamageTests {
  private let study: Study
  private let catalogPath: String
  /// The files of the catalog while it is in use, the log not yet written back.
  private let files: [String: Data]
  private let refused: ArtifactKey

  /// All results but one are in the cache, one input was refused, and many other things fill the catalog's pages.
  init() throws {
    study = try Study()
    catalogPath = study.store.root + "/catalog.sqlite"
    let planner = try study.planner()
    try study.finish(planner)
    let plan = try planner.plan()
    let score = plan.stage("score")!.tasks[0].key!
    try FileManager.default.removeItem(atPath: study.store.path(of: score))
    refused = plan.stage("graphs")!.tasks[0].key!
    try planner.catalog.record(
      (0..<150).map { number in
        let text: JSONValue = ["kind": "other", "number": .integer(number)]
        return ArtifactRecord(
          key: ArtifactKey(of: text), kind: "other", keyText: text.canonicalText,
          stamp: FileSystem.Stamp(size: 1, modified: 2, inode: 3), seconds: 1)
      })
    try planner.catalog.recordDigests(
      (0..<100).map { number in
        (
          path: "/data/\(number).csv", stamp: FileSystem.Stamp(size: 1, modified: 2, inode: 3),
          sha256: ArtifactKey(of: .integer(number)).hex
        )
      })
    var files: [String: Data] = [:]
    for suffix in ["", "-wal"] {
      files[suffix] = try? Data(contentsOf: URL(filePath: catalogPath + suffix))
    }
    self.files = files
    withExtendedLifetime(planner) {}
  }

  private func put(_ files: [String: Data]) throws {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(catalogPath + suffix) }
    for (suffix, data) in files { try data.write(to: URL(filePath: catalogPath + suffix)) }
  }

  /// The catalog written back into its one file, as a run leaves it that ended.
  private func closed() throws -> Data {
    try put(files)
    _ = try study.planner().plan()
    #expect(!FileManager.default.fileExists(atPath: catalogPath + "-wal"))
    return try Data(contentsOf: URL(filePath: catalogPath))
  }

  /// What is said of the plan, made as commands make it: a catalog that is damaged is made anew, and asked again.
  private func states(_ notice: (String) -> Void) throws -> [String] {
    for isSecond in [false, true] {
      do {
        return try statesOnce()
      } catch ArtifactError.damagedCatalog {
        _ = try CatalogRebuild(store: study.store).perform(always: isSecond, notice: notice)
      }
    }
    return try statesOnce()
  }

  private func statesOnce() throws -> [String] {
    try study.planner().plan().stages.flatMap { stage in
      stage.tasks.map { "\(stage.definition.name) \($0.key?.short ?? "") \($0.state.name)" }
    }
  }

  private func expectARightPlan(_ expected: [String], _ what: String) throws {
    do {
      #expect(try states { _ in } == expected, "\(what)")
    } catch ArtifactError.newerCatalog(_, let found, _) {
      // Damage to the version's own four bytes can't be told from a newer program's.
      #expect(what.hasPrefix("byte 6") || what.contains("at 0 "), "\(what): \(found)")
    }
  }

  @Test func overwrittenAtAnyOffsetThePlanIsRight() throws {
    let whole = try closed()
    let expected = try states { _ in }
    #expect(expected.count { $0.hasSuffix("toRun") } == 1)
    var random = SeededGenerator(state: 5)
    var notices = 0
    for offset in stride(from: 0, to: whole.count, by: 509) {
      for length in [1, 40, 600] {
        for content in 0..<3 {
          var bytes = whole
          for index in offset..<min(whole.count, offset + length) {
            switch content {
            case 0: bytes[index] = 0
            case 1: bytes[index] = 0x5A
            default: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
            }
          }
          try put(["": bytes])
          var said = 0
          do {
            let found = try states { _ in said += 1 }
            #expect(found == expected, "\(length) bytes at \(offset) (\(content))")
          } catch ArtifactError.newerCatalog {
            #expect(offset == 0 && length > 40, "\(length) bytes at \(offset)")
          }
          notices += said
        }
      }
    }
    #expect(notices > 50, "too little damage was met to show anything")
  }

  @Test func anyFlippedBitLeavesThePlanRight() throws {
    let whole = try closed()
    let expected = try states { _ in }
    var random = SeededGenerator(state: 6)
    // All of the file's head, and a sample of the rest.
    var offsets = Array(0..<108)
    for _ in 0..<400 { offsets.append(Int.random(in: 108..<whole.count, using: &random)) }
    for offset in offsets {
      var bytes = whole
      bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try put(["": bytes])
      try expectARightPlan(expected, "byte \(offset)")
    }
  }

  @Test func cutAnywhereThePlanIsRight() throws {
    let whole = try closed()
    let expected = try states { _ in }
    let pages = Array(stride(from: 1024, to: whole.count, by: 1024))
    let cuts = [0, 1, 15, 16, 99, 100, 512, 1000] + pages + pages.map { $0 - 1 }
    for cut in cuts {
      try put(["": whole.prefix(cut)])
      var notices: [String] = []
      #expect(try states { notices.append($0) } == expected, "cut at \(cut)")
    }
    try put(["": whole + Data(repeating: 0x5A, count: 5000)])
    #expect(try states { _ in } == expected)
  }

  @Test func aLogThatIsGoneOrDamagedLeavesThePlanRight() throws {
    try put(files)
    let expected = try states { _ in }
    let log = try #require(files["-wal"])
    #expect(log.count > 10_000)
    try put(["": files[""]!])
    #expect(try states { _ in } == expected, "without its log")
    try put(["-wal": log])
    #expect(try states { _ in } == expected, "nothing but its log")
    for offset in stride(from: 0, to: log.count, by: 997) {
      var bytes = log
      for index in offset..<min(log.count, offset + 50) { bytes[index] ^= 0xFF }
      try put(["": files[""]!, "-wal": bytes])
      #expect(try states { _ in } == expected, "log at \(offset)")
      try put(["": files[""]!, "-wal": log.prefix(offset)])
      #expect(try states { _ in } == expected, "log cut at \(offset)")
    }
    try put(["": files[""]!, "-wal": log, "-shm": Data(repeating: 0x5A, count: 32_768)])
    #expect(try states { _ in } == expected, "garbage as the log's index")
  }

  @Test func aDamagedDigestDecidesNoKey() throws {
    let whole = try closed()
    let expected = try states { _ in }
    // One digit of a digest becomes another: SQLite sees nothing wrong with that.
    let path = study.folder.appending("events/10-hits.csv")
    let digest = ArtifactKey(of: "hits of 10").hex
    var bytes = whole
    // In its row it follows the path; recipes hold it as well.
    let row = try #require(whole.range(of: Data(path.utf8)))
    let place = try #require(whole[row.upperBound...].range(of: Data(digest.utf8)))
    try #require(place.lowerBound < row.upperBound + 40)
    bytes[place.lowerBound] = bytes[place.lowerBound] == 0x61 ? 0x62 : 0x61
    try put(["": bytes])
    #expect(try states { _ in } == expected)
    // It was computed again, and is as it should be.
    let catalog = try Catalog.open(store: study.store, notice: { _ in })
    #expect(try catalog.paths(ofDigest: digest) == [path])
    try put(["": bytes])
    #expect(
      try Catalog.open(store: study.store, notice: { _ in }).faults() == [
        "1 digests of input files are not as they were written"
      ])
  }

  @Test func anArtifactOfANewerProgramStopsThePlanAndIsLeftUntouched() throws {
    try put(files)
    let path = study.store.path(of: refused)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[8] = 9
    try bytes.write(to: URL(filePath: path))
    #expect(throws: ArtifactError.newerFormat(path: path, found: 9, known: 2)) {
      try study.planner().plan()
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }
}
