import Foundation
import GRDB

/// What can still be read of a catalog that is to be replaced: of each table the rows up to the first that SQLite fails on.
struct OldCatalog {
  /// What only the catalog knew of an artifact.
  struct Artifact {
    var stamp: FileSystem.Stamp?
    var seconds: Double?
    var cpuSeconds: Double?
    var peakMemory: Int?
    var recorded: Double?
  }

  private let database: DatabaseQueue

  /// Nil where not even its head can be read.
  init?(path: String) {
    guard let database = try? DatabaseQueue(path: path) else { return nil }
    self.database = database
  }

  func artifacts() throws -> [ArtifactKey: Artifact] {
    var found: [ArtifactKey: Artifact] = [:]
    try each(
      "SELECT key, size, modified, inode, seconds, cpuSeconds, peakMemory, recorded FROM artifact"
    ) { row in
      guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)) else { return }
      var artifact = Artifact(
        seconds: row.value(4, Double.self).flatMap { $0 >= 0 && $0 < 1e9 ? $0 : nil },
        cpuSeconds: row.value(5, Double.self), peakMemory: row.value(6, Int.self),
        recorded: row.value(7, Double.self))
      if let size = row.value(1, Int64.self), size >= 0, let modified = row.value(2, Int64.self),
        let inode = row.value(3, Int64.self)
      {
        artifact.stamp = FileSystem.Stamp(
          size: size, modified: modified, inode: UInt64(bitPattern: inode))
      }
      found[key] = artifact
    }
    return found
  }

  func copyRecipes(into new: Database) throws {
    try each("SELECT key, text FROM recipe") { row in
      guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)),
        let text = row.value(1, String.self), ArtifactKey(ofCanonicalText: text) == key
      else { return }
      try new.cachedStatement(sql: "INSERT OR IGNORE INTO recipe VALUES (?, ?)")
        .execute(arguments: [key.data, text])
    }
  }

  func copyResults(into new: Database) throws {
    try each("SELECT workflow, stage, event, key, run FROM result") { row in
      guard let workflow = row.value(0, String.self), let stage = row.value(1, String.self),
        let event = row.value(2, Int.self), let run = row.value(4, String.self),
        let key = row.value(3, Data.self).flatMap(ArtifactKey.init(data:))
      else { return }
      try new.cachedStatement(sql: "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?, ?)")
        .execute(arguments: [workflow, stage, event, key.data, run])
    }
  }

  func copyRejections(into new: Database) throws {
    try each("SELECT key, kind, reason FROM rejection") { row in
      guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)),
        let kind = row.value(1, String.self), let reason = row.value(2, String.self)
      else { return }
      try new.cachedStatement(sql: "INSERT OR IGNORE INTO rejection VALUES (?, ?, ?)")
        .execute(arguments: [key.data, kind, reason])
    }
  }

  func copyDigests(into new: Database) throws {
    try each("SELECT path, size, modified, inode, sha256, mark FROM digest") { row in
      try FileDigestRecord(marked: row)?.insert(into: new)
    }
  }

  /// Gives the body each row that can be read; what the body throws is thrown, what SQLite fails on ends the reading.
  private func each(_ sql: String, _ body: (Row) throws -> Void) throws {
    var failure: (any Error)?
    try? database.read { database in
      let rows = try Row.fetchCursor(database, sql: sql)
      while failure == nil, let row = try rows.next() {
        do { try body(row) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }
}
