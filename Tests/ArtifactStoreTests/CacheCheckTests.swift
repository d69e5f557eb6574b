import ArtifactStore
import Foundation
import JSONDocument
import Synchronization
import TestSupport
import Testing

@Suite struct CacheCheckTests {
  let cache: SmallCache
  let keys: [ArtifactKey]

  init() throws {
    cache = try SmallCache()
    keys = try cache.make(0..<6, daysAgo: 3)
    try cache.enter("1-a", uses: keys, daysAgo: 2)
  }

  private func path(_ number: Int) -> String { cache.store.path(of: keys[number]) }

  private func names(isDeep: Bool = false) throws -> [String] {
    try cache.check(isDeep: isDeep).faults.map(\.name).sorted()
  }

  /// Mends everything and gives what is left.
  private func repair(isDeep: Bool = false, claims: ResultClaims? = nil) throws -> [CacheFault] {
    let repair = CacheRepair(store: cache.store, catalog: cache.catalog, claims: claims)
    return try cache.check(isDeep: isDeep).faults.filter {
      if case .left = try repair.mend($0) { true } else { false }
    }
  }

  @Test func nothingIsWrongWithAWholeCache() throws {
    for isDeep in [false, true] {
      let outcome = try cache.check(isDeep: isDeep)
      #expect(outcome.faults.isEmpty)
      #expect((outcome.artifacts, outcome.runs) == (6, 1))
      #expect(outcome.bytes == CacheFiles(of: cache.store).size)
    }
  }

  @Test func everyArtifactAndByteIsCounted() throws {
    let seen = Seen()
    let outcome = try CacheCheck(store: cache.store, isDeep: true).perform { seen.add($0) }
    #expect(seen.all.map(\.artifacts).max() == 6)
    #expect(seen.all.map(\.bytes).max() == outcome.bytes)
  }

  @Test func aDamagedHeaderIsSeenAtOnceAndADamagedFrameByADeepCheck() throws {
    var bytes = try Data(contentsOf: URL(filePath: path(0)))
    let stamp = try #require(FileSystem.stamp(of: path(1)))
    bytes[60] ^= 1
    try bytes.write(to: URL(filePath: path(0)))
    #expect(try names() == ["damaged"])
    try cache.flipLastByte(of: path(1))
    // Even with the file's time put back, the inode may be another; the deep check needs none of it.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(stamp.modified) / 1e9)],
      ofItemAtPath: path(1))
    #expect(try names(isDeep: true) == ["damaged", "damaged"])
    #expect(try repair(isDeep: true).isEmpty)
    #expect(try names(isDeep: true) == [])
    #expect(cache.store.keys().count == 4)
    #expect(CacheFiles(of: cache.store).setAside.count == 2)
    #expect(try cache.catalog.record(of: keys[0]) == nil)
    #expect(try cache.catalog.recipes(of: [keys[0]]).count == 1)
  }

  @Test func filesWithoutRowsAndRowsWithoutFilesAreSeenAndMended() throws {
    try FileManager.default.removeItem(atPath: path(2))
    try cache.store.publish(sampleArtifact(50))
    try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path(3))
    #expect(try names() == ["changed", "missing", "unknown"])
    #expect(try repair().isEmpty)
    #expect(try names() == [])
    #expect(try cache.catalog.record(of: sampleArtifact(50).key)?.stamp != nil)
    #expect(try cache.catalog.record(of: keys[2]) == nil)
    // What making it took stays known though its file was written again.
    #expect(try cache.catalog.record(of: keys[3])?.seconds == 2)
  }

  @Test func whatDoesNotBelongIsNamedAndLeftWhereItIs() throws {
    let folder = (path(0) as NSString).deletingLastPathComponent
    let strays = [folder + "/notes.txt", cache.store.objectsFolder + "/loose.tfz"]
    for stray in strays { try Data("x".utf8).write(to: URL(filePath: stray)) }
    // An artifact in another's folder is found by nobody.
    let other = cache.store.objectsFolder + "/zz"
    try FileSystem.createFolder(other)
    try FileManager.default.copyItem(
      atPath: path(1), toPath: "\(other)/\((path(1) as NSString).lastPathComponent)")
    #expect(try names() == ["foreign", "foreign", "foreign"])
    #expect(try repair().count == 3)
    #expect(FileManager.default.fileExists(atPath: strays[0]))
    #expect(cache.store.keys().count == 6)
  }

  @Test func aHalfWrittenFileIsWrongOnlyWhenItsWriterIsDead() throws {
    let partial = (path(0) as NSString).deletingLastPathComponent + "/.partial-1-x"
    try Data("half".utf8).write(to: URL(filePath: partial))
    let writer = open(partial, O_RDWR)
    flock(writer, LOCK_EX)
    #expect(try names() == [])
    close(writer)
    #expect(try names() == ["partial"])
    #expect(try repair().isEmpty)
    #expect(!FileManager.default.fileExists(atPath: partial))
  }

  @Test func anArtifactOfANewerProgramIsLeftWhereItIs() throws {
    var bytes = try Data(contentsOf: URL(filePath: path(0)))
    bytes[8] = 9
    try bytes.write(to: URL(filePath: path(0)))
    #expect(try names() == ["newer-format"])
    #expect(try repair(isDeep: true).map(\.name) == ["newer-format"])
    #expect(try Data(contentsOf: URL(filePath: path(0))) == bytes)
  }

  @Test func aDamagedAndAMissingCatalogAreFaultsThatTheCheckDoesNotMend() throws {
    let root = cache.folder.appending("copy")
    try FileManager.default.copyItem(atPath: cache.store.root, toPath: root)
    let copy = ObjectStore(root: root)
    for suffix in ["-wal", "-shm"] { unlink("\(root)/catalog.sqlite\(suffix)") }
    try Data("no catalog at all, but long enough for a page of one".utf8).write(
      to: URL(filePath: "\(root)/catalog.sqlite"))
    let check = CacheCheck(store: copy, isDeep: false)
    #expect(try check.perform { _ in }.faults.map(\.name) == ["catalog-damaged"])
    unlink("\(root)/catalog.sqlite")
    #expect(try check.perform { _ in }.faults.map(\.name) == ["catalog-gone"])
    #expect(!FileManager.default.fileExists(atPath: "\(root)/catalog.sqlite"))
  }

  @Test func runsThatCanNotBeReadAreSeenAndMended() throws {
    try Data("{".utf8).write(to: URL(filePath: "\(cache.store.root)/runs/2-a.json"))
    let record = try cache.enter("3-a", uses: [keys[0]], daysAgo: 1)
    unlink("\(cache.store.root)/runs/\(try #require(record.plan)).keys")
    #expect(try names() == ["run-damaged", "run-list-lost"])
    #expect(try repair().isEmpty)
    #expect(try names() == [])
    #expect(cache.registry.records().map(\.id) == ["1-a", "3-a"])
    #expect(cache.registry.record("3-a")?.plan == nil)
  }

  @Test func whatALiveRunIsMakingIsNotTouched() throws {
    let live = try cache.registry.begin("4-a")
    try cache.enter("4-a", uses: keys, daysAgo: 1, status: .running)
    // Published, and the catalog is not told yet.
    try cache.store.publish(sampleArtifact(60))
    try cache.setTime(of: cache.store.path(of: sampleArtifact(60).key), daysAgo: 0.5)
    #expect(try names() == [])
    // Damaged, but the run has claimed it and makes it again at this moment.
    let (ours, its) = (
      try ResultClaims(root: cache.store.root), try ResultClaims(root: cache.store.root)
    )
    try cache.flipLastByte(of: path(5))
    #expect(try its.take(keys[5]))
    #expect(try repair(isDeep: true, claims: ours).map(\.name) == ["damaged"])
    #expect(FileManager.default.fileExists(atPath: path(5)))
    its.release(keys[5])
    #expect(try repair(isDeep: true, claims: ours).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: path(5)))
    withExtendedLifetime(live) {}
  }

  @Test func aRebuiltCatalogKeepsWhatOnlyTheOldOneKnew() throws {
    let file = FileSystem.Stamp(size: 1, modified: 2, inode: 3)
    try cache.catalog.recordDigests([("/data/a.csv", file, String(repeating: "a", count: 64))])
    try cache.catalog.reject(sampleArtifact(70).key, kind: "sample", reason: "no")
    try cache.catalog.recordResults(
      workflow: "small", stage: "s", [(event: 3, key: keys[0])], run: "1-a")
    try cache.catalog.forget([keys[5]])
    unlink(path(5))
    let before = try cache.catalog.records()
    let counts = try #require(
      try CatalogRebuild(store: cache.store).perform(always: true, notice: { _ in }))
    #expect((counts.artifacts, counts.checked, counts.timed) == (5, 5, 5))
    #expect((counts.recipes, counts.results, counts.rejections, counts.digests) == (6, 1, 1, 1))
    #expect(counts.setAside == nil)
    let catalog = try Catalog.open(store: cache.store, notice: { _ in })
    #expect(Set(try catalog.records().map(\.key)) == Set(before.map(\.key)))
    for record in before { #expect(try catalog.record(of: record.key) == record) }
    #expect(try catalog.digests(of: [("/data/a.csv", file)]).count == 1)
    #expect(try catalog.rejections().count == 1)
    #expect(try catalog.results(workflow: "small", stage: "s").map(\.key) == [keys[0]])
    #expect(try catalog.faults().isEmpty)
  }
}

/// Collects what a check says of its progress.
private final class Seen: Sendable {
  private let list = Mutex([CacheCheck.Progress]())

  func add(_ progress: CacheCheck.Progress) { list.withLock { $0.append(progress) } }
  var all: [CacheCheck.Progress] { list.withLock { $0 } }
}
