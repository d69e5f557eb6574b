import Foundation
import GRDB

/// The tables of the catalog, and the way from older ones to them.
package enum CatalogSchema {
  /// Raised with every change of the tables; stands in the file as SQLite's `user_version`.
  package static let version = 3

  /// The version of a catalog's tables; 0 for a file that has none yet.
  static func found(in database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  /// Looks into a catalog's file before SQLite does, so that a newer program's stays untouched.
  ///
  /// - Throws: `ArtifactError.newerCatalog`.
  static func checkVersion(ofFile path: String) throws(ArtifactError) {
    guard let file = FileHandle(forReadingAtPath: path),
      let header = try? file.read(upToCount: 100), header.count == 100,
      header.starts(with: Array("SQLite format 3\0".utf8))
    else { return }
    // The file format of SQLite has it in bytes 60 to 63, the highest first.
    let found = header[60..<64].reduce(0) { $0 << 8 | Int($1) }
    guard found <= version else {
      throw .newerCatalog(path: path, found: found, known: version)
    }
  }

  /// Makes the tables, or brings those of an older program up to date; all of it or, where it fails, nothing.
  ///
  /// - Parameter database: within a transaction.
  /// - Throws: `ArtifactError.newerCatalog` for those of a newer one.
  package static func migrate(_ database: Database, path: String) throws {
    let found = try found(in: database)
    guard found <= version else {
      throw ArtifactError.newerCatalog(path: path, found: found, known: version)
    }
    switch found {
    case 0: try createTables(database)
    case 1: try takeOverFirst(database)
    case 2: try takeOverDigests(database)
    default: return
    }
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  private static func createTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE artifact (
          key BLOB PRIMARY KEY, kind TEXT NOT NULL,
          size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
          seconds REAL, cpuSeconds REAL, peakMemory INTEGER, recorded REAL NOT NULL)
          WITHOUT ROWID;
        CREATE INDEX artifactByKind ON artifact (kind, recorded);
        CREATE TABLE recipe (key BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE result (
          workflow TEXT NOT NULL, stage TEXT NOT NULL, event INTEGER NOT NULL,
          key BLOB NOT NULL, run TEXT NOT NULL, PRIMARY KEY (workflow, stage, event))
          WITHOUT ROWID;
        CREATE TABLE rejection (
          key BLOB PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
        """)
    try createDigests(database)
  }

  private static func createDigests(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE digest (
          path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
          inode INTEGER NOT NULL, sha256 TEXT NOT NULL, mark INTEGER NOT NULL) WITHOUT ROWID
        """)
  }

  /// From version 1, whose keys were texts and whose rows held the recipes.
  private static func takeOverFirst(_ database: Database) throws {
    try database.execute(
      sql: """
        ALTER TABLE artifact RENAME TO oldArtifact; DROP INDEX artifactByKind;
        ALTER TABLE digest RENAME TO oldDigest;
        ALTER TABLE rejection RENAME TO oldRejection;
        """)
    try createTables(database)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT key, kind, keyText, size, modified, inode, seconds, cpuSeconds, recorded
        FROM oldArtifact ORDER BY recorded
        """)
    while let row = try rows.next() {
      guard let key = row.value(0, String.self).flatMap(ArtifactKey.init(hex:)) else { continue }
      // Kind, size, modified, inode, seconds, cpuSeconds, recorded.
      let columns: [DatabaseValue] =
        [key.data.databaseValue] + [1, 3, 4, 5, 6, 7, 8].map { row[$0] as DatabaseValue }
      try database.cachedStatement(
        sql: "INSERT INTO artifact VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)"
      ).execute(arguments: StatementArguments(columns))
      try database.cachedStatement(sql: "INSERT INTO recipe VALUES (?, ?)")
        .execute(arguments: [key.data, row[2] as DatabaseValue])
    }
    let rejections = try Row.fetchCursor(
      database, sql: "SELECT key, kind, reason FROM oldRejection")
    while let row = try rejections.next() {
      guard let key = row.value(0, String.self).flatMap(ArtifactKey.init(hex:)) else { continue }
      try database.execute(
        sql: "INSERT INTO rejection VALUES (?, ?, ?)",
        arguments: [key.data, row[1] as DatabaseValue, row[2] as DatabaseValue])
    }
    try copyDigests(database)
    try database.execute(sql: "DROP TABLE oldArtifact; DROP TABLE oldRejection")
  }

  /// From version 2, whose digests had no marks.
  private static func takeOverDigests(_ database: Database) throws {
    try database.execute(sql: "ALTER TABLE digest RENAME TO oldDigest")
    try createDigests(database)
    try copyDigests(database)
  }

  private static func copyDigests(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT path, size, modified, inode, sha256 FROM oldDigest")
    while let row = try rows.next() {
      if let digest = FileDigestRecord(row) { try digest.insert(into: database) }
    }
    try database.execute(sql: "DROP TABLE oldDigest")
  }
}

extension Row {
  /// The value of a column; nil also where another kind of value stands there, as in a damaged file.
  func value<Value: DatabaseValueConvertible>(_ column: Int, _ type: Value.Type = Value.self)
    -> Value?
  {
    Value.fromDatabaseValue(self[column] as DatabaseValue)
  }
}

extension ArtifactKey {
  /// The key's 32 bytes, as the catalog keeps them.
  var data: Data { withBytes { Data($0) } }

  init?(data: Data) {
    guard let key = data.withUnsafeBytes({ ArtifactKey(bytes: $0) }) else { return nil }
    self = key
  }
}
