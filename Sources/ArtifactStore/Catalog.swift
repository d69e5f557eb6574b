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
  private func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.naming(path) { try database.read(body) }
  }

  private func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
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

/// A row of the catalog on one artifact.
public struct ArtifactRecord: Sendable, Equatable {
  public var key: ArtifactKey
  public var kind: String
  /// Canonical JSON that the key is made of.
  public var keyText: String
  /// The file's stamp when it was last known to be whole; nil if it was not checked yet.
  public var stamp: FileSystem.Stamp?
  /// What making it took, where that is known.
  public var seconds: Double?
  public var cpuSeconds: Double?

  public init(
    key: ArtifactKey, kind: String, keyText: String, stamp: FileSystem.Stamp?, seconds: Double?,
    cpuSeconds: Double?
  ) {
    self.key = key
    self.kind = kind
    self.keyText = keyText
    self.stamp = stamp
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
  }
}

extension Catalog {
  /// The rows of those keys that the catalog has.
  public func records(of keys: [ArtifactKey]) throws -> [ArtifactKey: ArtifactRecord] {
    try read { database in
      var found: [ArtifactKey: ArtifactRecord] = [:]
      let statement = try database.makeStatement(sql: "SELECT * FROM artifact WHERE key = ?")
      for key in keys {
        try statement.setArguments([key.hex])
        if let row = try Row.fetchOne(statement) { found[key] = Self.record(of: row, key: key) }
      }
      return found
    }
  }

  /// The key texts of the latest artifacts of a kind, newest first.
  public func latestKeyTexts(kind: String, limit: Int) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: "SELECT keyText FROM artifact WHERE kind = ? ORDER BY recorded DESC, key LIMIT ?",
        arguments: [kind, limit])
    }
  }

  public func record(_ records: [ArtifactRecord]) throws {
    try write { database in
      for record in records { try Self.insert(record, into: database) }
    }
  }

  public func forget(_ keys: [ArtifactKey]) throws {
    try write { database in
      for key in keys {
        try database.execute(sql: "DELETE FROM artifact WHERE key = ?", arguments: [key.hex])
      }
    }
  }

  private static func insert(_ record: ArtifactRecord, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO artifact (key, kind, keyText, size, modified, inode, seconds, cpuSeconds, recorded)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(recorded), 0) + 1 FROM artifact))
        ON CONFLICT (key) DO UPDATE SET size = excluded.size, modified = excluded.modified,
          inode = excluded.inode, seconds = coalesce(excluded.seconds, seconds),
          cpuSeconds = coalesce(excluded.cpuSeconds, cpuSeconds), recorded = excluded.recorded
        """,
      arguments: [
        record.key.hex, record.kind, record.keyText, record.stamp?.size ?? -1,
        record.stamp?.modified ?? -1, Int64(bitPattern: record.stamp?.inode ?? 0), record.seconds,
        record.cpuSeconds,
      ])
  }

  private static func record(of row: Row, key: ArtifactKey) -> ArtifactRecord {
    let size: Int64 = row["size"]
    let inode: Int64 = row["inode"]
    let stamp =
      size < 0
      ? nil
      : FileSystem.Stamp(size: size, modified: row["modified"], inode: UInt64(bitPattern: inode))
    return ArtifactRecord(
      key: key, kind: row["kind"], keyText: row["keyText"], stamp: stamp, seconds: row["seconds"],
      cpuSeconds: row["cpuSeconds"])
  }
}

extension Catalog {
  /// The known SHA-256 of an unchanged file.
  public func digest(of path: String, stamp: FileSystem.Stamp) throws -> String? {
    try read { database in
      try String.fetchOne(
        database,
        sql: "SELECT sha256 FROM digest WHERE path = ? AND size = ? AND modified = ? AND inode = ?",
        arguments: [path, stamp.size, stamp.modified, Int64(bitPattern: stamp.inode)])
    }
  }

  public func recordDigests(_ digests: [(path: String, stamp: FileSystem.Stamp, sha256: String)])
    throws
  {
    try write { database in
      for digest in digests {
        try database.execute(
          sql: "INSERT OR REPLACE INTO digest VALUES (?, ?, ?, ?, ?)",
          arguments: [
            digest.path, digest.stamp.size, digest.stamp.modified,
            Int64(bitPattern: digest.stamp.inode), digest.sha256,
          ])
      }
    }
  }
}

extension Catalog {
  /// Why tasks with those keys refused their input, where they did: a refusal depends on the inputs' content alone.
  public func rejections(of keys: [ArtifactKey]) throws -> [ArtifactKey: String] {
    try read { database in
      var found: [ArtifactKey: String] = [:]
      for key in keys {
        found[key] = try String.fetchOne(
          database, sql: "SELECT reason FROM rejection WHERE key = ?", arguments: [key.hex])
      }
      return found
    }
  }

  public func reject(_ key: ArtifactKey, kind: String, reason: String) throws {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO rejection VALUES (?, ?, ?)",
        arguments: [key.hex, kind, reason])
    }
  }
}
