import ArtifactStore
import Foundation
import GRDB
import TestSupport
import Testing

/// Catalogs of older and newer programs.
@Suite struct CatalogMigrationTests {
  let folder: TemporaryFolder
  let store: ObjectStore
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    store = ObjectStore(root: folder.path)
    path = folder.appending("catalog.sqlite")
  }

  private static let firstTables = """
    CREATE TABLE artifact (
      key TEXT PRIMARY KEY, kind TEXT NOT NULL, keyText TEXT NOT NULL,
      size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
      seconds REAL, cpuSeconds REAL, recorded INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX artifactByKind ON artifact (kind, recorded);
    CREATE TABLE digest (
      path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      inode INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE rejection (
      key TEXT PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
    """

  private static let secondTables = """
    CREATE TABLE artifact (
      key BLOB PRIMARY KEY, kind TEXT NOT NULL,
      size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
      seconds REAL, cpuSeconds REAL, peakMemory INTEGER, recorded REAL NOT NULL) WITHOUT ROWID;
    CREATE INDEX artifactByKind ON artifact (kind, recorded);
    CREATE TABLE recipe (key BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE result (
      workflow TEXT NOT NULL, stage TEXT NOT NULL, event INTEGER NOT NULL,
      key BLOB NOT NULL, run TEXT NOT NULL, PRIMARY KEY (workflow, stage, event)) WITHOUT ROWID;
    CREATE TABLE digest (
      path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      inode INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE rejection (
      key BLOB PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
    """

  /// A version 1 with artifacts 0 to 99, some of whose files were checked.
  private func makeFirst() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(sql: Self.firstTables + "PRAGMA user_version = 1")
      for number in 0..<100 {
        let artifact = sampleArtifact(number)
        try database.execute(
          sql: "INSERT INTO artifact VALUES (?, 'sample', ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            artifact.key.hex, artifact.keyText.canonicalText, number < 50 ? 1000 + number : -1,
            number < 50 ? 5000 + number : -1, number < 50 ? 7 : 0,
            number % 3 == 0 ? nil : Double(number) / 2, Double(number), 1_700_000_000 + number,
          ])
        try database.execute(
          sql: "INSERT INTO digest VALUES (?, ?, ?, ?, ?)",
          arguments: [
            "/data/\(number).csv", number, 10 * number, 100 * number,
            ArtifactKey(of: .integer(number)).hex,
          ])
      }
      try database.execute(
        sql: "INSERT INTO rejection VALUES (?, 'sample', 'line 3: no number')",
        arguments: [sampleArtifact(200).key.hex])
    }
    try queue.close()
  }

  private func expectFirstTakenOver(by catalog: Catalog) throws {
    let records = try catalog.records()
    #expect(records.map(\.key) == (0..<100).map { sampleArtifact($0).key })
    for (number, record) in records.enumerated() {
      #expect(record.kind == "sample")
      #expect(record.keyText == sampleArtifact(number).keyText.canonicalText)
      #expect(record.seconds == (number % 3 == 0 ? nil : Double(number) / 2))
      #expect(record.cpuSeconds == Double(number))
      #expect(record.peakMemory == nil)
      let stamp = FileSystem.Stamp(
        size: Int64(1000 + number), modified: Int64(5000 + number), inode: 7)
      #expect(record.stamp == (number < 50 ? stamp : nil))
    }
    for number in 0..<100 {
      let stamp = FileSystem.Stamp(
        size: Int64(number), modified: Int64(10 * number), inode: UInt64(100 * number))
      let path = "/data/\(number).csv"
      #expect(
        try catalog.digests(of: [(path, stamp)]) == [path: ArtifactKey(of: .integer(number)).hex])
    }
    #expect(try catalog.rejections() == [sampleArtifact(200).key: "line 3: no number"])
    #expect(try catalog.faults().isEmpty)
  }

  @Test func theFirstVersionIsTakenOverWithAllThatItKnew() throws {
    try makeFirst()
    var notices: [String] = []
    try expectFirstTakenOver(by: Catalog.open(store: store) { notices.append($0) })
    try expectFirstTakenOver(by: Catalog.open(store: store) { notices.append($0) })
    #expect(notices.isEmpty)
  }

  @Test func theSecondVersionIsTakenOverWithAllThatItKnew() throws {
    let key = sampleArtifact().key
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(sql: Self.secondTables + "PRAGMA user_version = 2")
      let data = Data(key.hex.utf8)
      #expect(data.count == 64)
      let sql = "x'\(key.hex)'"
      try database.execute(
        sql: """
          INSERT INTO artifact VALUES (\(sql), 'sample', 10, 20, 30, 1.5, 2.5, 4000, 1700000000.5);
          INSERT INTO recipe VALUES (\(sql), 'text');
          INSERT INTO result VALUES ('w', 's', 7, \(sql), 'run-1');
          INSERT INTO digest VALUES ('/data/a.csv', 1, 2, 3, 'abc');
          INSERT INTO rejection VALUES (\(sql), 'sample', 'no');
          """)
    }
    try queue.close()
    let catalog = try Catalog.open(store: store, notice: { _ in })
    let stamp = FileSystem.Stamp(size: 10, modified: 20, inode: 30)
    #expect(
      try catalog.records() == [
        ArtifactRecord(
          key: key, kind: "sample", keyText: "text", stamp: stamp, seconds: 1.5, cpuSeconds: 2.5,
          peakMemory: 4000)
      ])
    #expect(
      try catalog.results(workflow: "w", stage: "s") == [
        StageResultRecord(event: 7, key: key, run: "run-1", seconds: 1.5)
      ])
    let file = FileSystem.Stamp(size: 1, modified: 2, inode: 3)
    #expect(try catalog.digests(of: [("/data/a.csv", file)]) == ["/data/a.csv": "abc"])
    #expect(try catalog.rejections() == [key: "no"])
  }

  @Test func aNewerCatalogIsNamedAsSuchAndLeftUntouched() throws {
    do {
      let catalog = try Catalog.open(store: store, notice: { _ in })
      try catalog.reject(sampleArtifact().key, kind: "sample", reason: "no")
    }
    let queue = try DatabaseQueue(path: path)
    // Not in the journal's mode that this program would choose, which would be a change.
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99")
    }
    try queue.close()
    let before = try Data(contentsOf: URL(filePath: path))
    let error = ArtifactError.newerCatalog(path: path, found: 99, known: CatalogSchema.version)
    #expect(throws: error) { try Catalog.open(store: store, notice: { _ in }) }
    #expect(throws: error) { try Catalog.remakeIfDamaged(store: store, notice: { _ in }) }
    #expect(throws: error) {
      try CatalogRebuild(store: store).perform(always: true, notice: { _ in })
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(error.description.contains("use a newer trackflow"))
  }

  /// However few pages the disk has left: the new catalog, or the old one as it was.
  @Test func aDiskThatIsFullHalfWayLeavesTheOldCatalog() throws {
    try makeFirst()
    let before = try Data(contentsOf: URL(filePath: path))
    var failures = 0
    let queue = try DatabaseQueue(path: path)
    let pages = try queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count")! }
    for spare in stride(from: 0, through: 2 * pages, by: 3) {
      do {
        try queue.writeWithoutTransaction {
          try $0.execute(sql: "PRAGMA max_page_count = \(pages + spare)")
        }
        try queue.write { try CatalogSchema.migrate($0, path: path) }
        break
      } catch let error as DatabaseError {
        #expect(error.resultCode == .SQLITE_FULL)
        failures += 1
        #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
      }
    }
    #expect(failures > 3)
    try queue.close()
    try expectFirstTakenOver(by: Catalog.open(store: store, notice: { _ in }))
  }
}
