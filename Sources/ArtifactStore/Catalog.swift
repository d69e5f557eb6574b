import Foundation
import GRDB
import JSONDocument

/// The index over a cache: which artifacts there are, what the digests of input files were, which inputs were refused.
///
/// It can be deleted at any time and is made anew from the artifacts. Only the driver of a run opens it.
public final class Catalog: Sendable {
  public let path: String
  private let database: DatabaseQueue

  /// Raised with every change of the tables.
  static let schemaVersion = 1

  /// Opens the catalog of a cache, makes it where there is none, and rebuilds it where it is damaged.
  ///
  /// - Parameter notice: is told, in words, when the catalog had to be rebuilt.
  /// - Throws: `ArtifactError.newerCatalog`, `.system`.
  public static func open(store: ObjectStore, notice: (String) -> Void) throws -> Catalog {
    let path = store.root + "/catalog.sqlite"
    return try naming(path) { try open(path: path, store: store, notice: notice) }
  }

  private static func open(path: String, store: ObjectStore, notice: (String) -> Void) throws
    -> Catalog
  {
    try FileSystem.createFolder(store.root)
    let existed = FileSystem.stamp(of: path) != nil
    do {
      let catalog = try Catalog(path: path)
      if !existed { try catalog.rebuild(from: store) }
      return catalog
    } catch let error as DatabaseError where error.isDamage {
      let aside = "\(path).damaged-\(UUID().uuidString.prefix(8))"
      notice("the catalog was damaged (\(error.message ?? "no reason given")); it is rebuilt")
      for suffix in ["", "-wal", "-shm"] where rename(path + suffix, aside + suffix) != 0 {
        if errno != ENOENT { throw FileSystem.failure("it could not be set aside", path + suffix) }
      }
      let catalog = try Catalog(path: path)
      try catalog.rebuild(from: store)
      return catalog
    }
  }

  private init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    }
    database = try DatabaseQueue(path: path, configuration: configuration)
    try database.write { database in
      let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard found <= Self.schemaVersion else { throw ArtifactError.newerCatalog(path: path) }
      if found == 0 { try Self.createTables(database) }
    }
    let check = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    if check != "ok" { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: check) }
  }

  private static func createTables(_ database: Database) throws {
    try database.execute(
      sql: """
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
        PRAGMA user_version = \(schemaVersion);
        """)
  }

  /// Enters every artifact of the store; each is checked in full before it is next used.
  public func rebuild(from store: ObjectStore) throws {
    let descriptions = store.keys().compactMap { try? store.description(of: $0) }
    try write { database in
      for description in descriptions {
        try Self.insert(
          ArtifactRecord(
            key: description.key, kind: description.kind,
            keyText: description.keyText.canonicalText, stamp: nil, seconds: nil, cpuSeconds: nil),
          into: database)
      }
    }
  }
}

extension Catalog {
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.naming(path) { try database.read(body) }
  }

  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.naming(path) { try database.write(body) }
  }

  /// Turns SQLite's errors (full disk, no permission, I/O) into ones that name the file.
  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw ArtifactError.system(
        operation: "the catalog could not be used", path: path,
        code: error.resultCode.rawValue, reason: error.message ?? "SQLite gave no reason")
    }
  }
}

extension DatabaseError {
  fileprivate var isDamage: Bool {
    resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB
  }
}
