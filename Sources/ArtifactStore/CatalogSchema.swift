import Foundation
import GRDB

/// The tables of the catalog, and the way from older ones to them.
enum CatalogSchema {
  /// Raised with every change of the tables; stands in the file as SQLite's `user_version`.
  static let version = 2

  static func isCurrent(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA user_version") == version
  }

  /// Makes the tables, or brings those of an older program up to date.
  ///
  /// - Throws: `ArtifactError.newerCatalog` for those of a newer one.
  static func migrate(_ database: Database, path: String) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found <= version else {
      throw ArtifactError.newerCatalog(path: path, found: found, known: version)
    }
    if found == 1 {
      try database.execute(
        sql: "ALTER TABLE artifact RENAME TO oldArtifact; DROP INDEX artifactByKind")
      try database.execute(sql: "ALTER TABLE digest RENAME TO oldDigest")
      try database.execute(sql: "ALTER TABLE rejection RENAME TO oldRejection")
    }
    if found < 2 { try createTables(database) }
    if found == 1 { try takeOver(database) }
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
        CREATE TABLE digest (
          path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
          inode INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE rejection (
          key BLOB PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
        """)
  }

  /// From version 1, whose keys were texts and whose rows held the recipes.
  private static func takeOver(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM oldArtifact ORDER BY recorded")
    while let row = try rows.next() {
      guard let key = ArtifactKey(hex: row["key"]) else { continue }
      try database.execute(
        sql: "INSERT INTO artifact VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)",
        arguments: [
          key.data, row["kind"], row["size"], row["modified"], row["inode"], row["seconds"],
          row["cpuSeconds"], row["recorded"],
        ])
      try database.execute(
        sql: "INSERT INTO recipe VALUES (?, ?)", arguments: [key.data, row["keyText"]])
    }
    let rejections = try Row.fetchCursor(database, sql: "SELECT * FROM oldRejection")
    while let row = try rejections.next() {
      guard let key = ArtifactKey(hex: row["key"]) else { continue }
      try database.execute(
        sql: "INSERT INTO rejection VALUES (?, ?, ?)",
        arguments: [key.data, row["kind"], row["reason"]])
    }
    try database.execute(
      sql: """
        INSERT INTO digest SELECT path, size, modified, inode, sha256 FROM oldDigest;
        DROP TABLE oldArtifact; DROP TABLE oldDigest; DROP TABLE oldRejection;
        """)
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
