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
    #expect(try catalog.record(of: record.key) == record)
    #expect(try catalog.stamps(of: [sampleArtifact(7).key, record.key]) == [nil, record.stamp])
    #expect(try catalog.latestKeyTexts(kind: "sample", limit: 5) == [record.keyText])
    try catalog.forget([record.key])
    #expect(try catalog.record(of: record.key) == nil)
    // How it is made stays known.
    #expect(try catalog.recipes(of: [record.key]) == [record.key: record.keyText])
  }

  @Test func aDeletedCatalogIsMadeAnewFromTheArtifacts() throws {
    try store.publish(sampleArtifact(1))
    try store.publish(sampleArtifact(2))
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let found = try catalog.records()
    #expect(Set(found.map(\.key)) == [sampleArtifact(1).key, sampleArtifact(2).key])
    // Not yet checked, so not yet trusted.
    #expect(found.allSatisfy { $0.stamp == nil })
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
    func reading() throws -> [ArtifactRecord] {
      try Catalog.open(store: store) { notices.append($0) }.records()
    }
    // What lies in the middle is met on reading, and told as damage; then the file is made anew.
    if (try? reading())?.count != 1 {
      try Catalog.remakeIfDamaged(store: store) { notices.append($0) }
    }
    #expect(notices.count == 1)
    #expect(try reading().map(\.key) == [sampleArtifact().key])
  }

  @Test func digestsHoldOnlyWhileTheFileIsUnchanged() throws {
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let path = try folder.write("content", to: "file.csv")
    let stamp = try #require(FileSystem.stamp(of: path))
    try catalog.recordDigests([(path: path, stamp: stamp, sha256: "abc")])
    #expect(try catalog.digests(of: [(path, stamp)]) == [path: "abc"])
    #expect(try catalog.paths(ofDigest: "abc") == [path])
    var other = stamp
    other.modified += 1
    #expect(try catalog.digests(of: [(path, other)]).isEmpty)
  }

  @Test func rejectionsKeepTheirReason() throws {
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let key = sampleArtifact().key
    try catalog.reject(key, kind: "sample", reason: "line 3: no number")
    #expect(try catalog.rejections() == [key: "line 3: no number"])
  }

  @Test func aLockIsSharedOrHeldAloneAndFreeAgainWhenItIsGone() throws {
    let holder = ProcessIdentity.current(command: "one")
    func take(_ mode: CacheLock.Mode) throws -> CacheLock? {
      try CacheLock.take(root: store.root, mode: mode, holder: holder)
    }
    var lock = try take(.alone)
    #expect(lock != nil)
    #expect(try take(.alone) == nil)
    #expect(try take(.shared) == nil)
    #expect(CacheLock.holder(root: store.root)?.command == "one")
    lock = nil
    let shared = (try take(.shared), try take(.shared))
    #expect(shared.0 != nil && shared.1 != nil)
    #expect(try take(.alone) == nil)
    withExtendedLifetime((lock, shared)) {}
  }
}
