import ArtifactStore
import Foundation
import JSONDocument
import TestSupport
import Testing

@Suite struct CatalogTests {
  let folder: TemporaryFolder
  let store: ObjectStore
  let catalogPath: String

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.path)
    catalogPath = folder.appending("catalog.sqlite")
  }

  private func record(of artifact: Artifact) -> ArtifactRecord {
    ArtifactRecord(
      key: artifact.key, kind: artifact.kind, keyText: artifact.keyText.canonicalText,
      stamp: FileSystem.stamp(of: store.path(of: artifact.key)), seconds: 1.5, cpuSeconds: 2)
  }

  @Test func recordsAreFoundAgainAfterReopening() throws {
    try store.publish(sampleArtifact())
    let record = record(of: sampleArtifact())
    try Catalog.open(store: store, notice: { _ in }).record([record])
    let catalog = try Catalog.open(store: store, notice: { _ in })
    #expect(try catalog.records(of: [record.key]) == [record.key: record])
    #expect(try catalog.latestKeyTexts(kind: "sample", limit: 5) == [record.keyText])
    try catalog.forget([record.key])
    #expect(try catalog.records(of: [record.key]).isEmpty)
  }

  @Test func aDeletedCatalogIsMadeAnewFromTheArtifacts() throws {
    try store.publish(sampleArtifact(1))
    try store.publish(sampleArtifact(2))
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let found = try catalog.records(of: [sampleArtifact(1).key, sampleArtifact(2).key])
    #expect(found.count == 2)
    // Not yet checked, so not yet trusted.
    #expect(found.values.allSatisfy { $0.stamp == nil })
  }

  @Test(arguments: [0, 100, 5000])
  func aCatalogWithOverwrittenPagesIsRebuiltWithANotice(offset: Int) throws {
    try store.publish(sampleArtifact())
    do {
      let catalog = try Catalog.open(store: store, notice: { _ in })
      try catalog.record((0..<200).map { record(of: sampleArtifact($0)) })
    }
    var bytes = try Data(contentsOf: URL(filePath: catalogPath))
    try #require(bytes.count > offset + 3000)
    for index in offset..<offset + 3000 { bytes[index] = 0x5A }
    try bytes.write(to: URL(filePath: catalogPath))
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: catalogPath + suffix)
    }
    var notices: [String] = []
    let catalog = try Catalog.open(store: store) { notices.append($0) }
    #expect(notices.count == 1)
    #expect(try catalog.records(of: [sampleArtifact().key]).count == 1)
  }

  @Test func digestsHoldOnlyWhileTheFileIsUnchanged() throws {
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let path = try folder.write("content", to: "file.csv")
    let stamp = try #require(FileSystem.stamp(of: path))
    try catalog.recordDigests([(path: path, stamp: stamp, sha256: "abc")])
    #expect(try catalog.digest(of: path, stamp: stamp) == "abc")
    var other = stamp
    other.modified += 1
    #expect(try catalog.digest(of: path, stamp: other) == nil)
  }

  @Test func rejectionsKeepTheirReason() throws {
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let key = sampleArtifact().key
    try catalog.reject(key, kind: "sample", reason: "line 3: no number")
    #expect(try catalog.rejections(of: [key, sampleArtifact(2).key]) == [key: "line 3: no number"])
  }

  @Test func aLockIsHeldByOneAndFreeAgainWhenItIsGone() throws {
    let holder = LockHolder.current(command: "one")
    var lock = try CacheLock.take(root: store.root, holder: holder)
    #expect(lock != nil)
    #expect(try CacheLock.take(root: store.root, holder: holder) == nil)
    #expect(CacheLock.holder(root: store.root)?.command == "one")
    lock = nil
    #expect(try CacheLock.take(root: store.root, holder: holder) != nil)
    withExtendedLifetime(lock) {}
  }
}
