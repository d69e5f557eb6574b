import GRDB
import JSONDocument

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

  static func insert(_ record: ArtifactRecord, into database: Database) throws {
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
