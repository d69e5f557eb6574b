import Foundation
import GRDB

/// What the catalog is told of one artifact.
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
  /// The most memory of the process that made it, in bytes.
  public var peakMemory: Int?

  public init(
    key: ArtifactKey, kind: String, keyText: String, stamp: FileSystem.Stamp? = nil,
    seconds: Double? = nil, cpuSeconds: Double? = nil, peakMemory: Int? = nil
  ) {
    self.key = key
    self.kind = kind
    self.keyText = keyText
    self.stamp = stamp
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
    self.peakMemory = peakMemory
  }
}

extension Catalog {
  /// The stamps of artifacts that were checked, where the catalog has them, in the order of the keys.
  public func stamps(of keys: [ArtifactKey]) throws -> [FileSystem.Stamp?] {
    try read { database in
      var stamps = [FileSystem.Stamp?](repeating: nil, count: keys.count)
      let rows = try RowLookup(
        "SELECT size, modified, inode FROM artifact WHERE key = ?", in: database)
      // Neighbours in the table are asked for one after the other.
      for index in keys.indices.sorted(by: { keys[$0] < keys[$1] }) {
        stamps[index] = try rows.row(of: keys[index]) { row in
          row.integer(0) < 0 ? nil : row.stamp(from: 0)
        }
      }
      return stamps
    }
  }

  /// All that the catalog knows of an artifact; nil where it knows none of that key.
  public func record(of key: ArtifactKey) throws -> ArtifactRecord? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT \(Self.columns) FROM artifact LEFT JOIN recipe USING (key) WHERE key = ?",
        arguments: [key.data]
      ).flatMap(Self.record)
    }
  }

  /// Every artifact that the catalog knows, in the order of recording.
  public func records() throws -> [ArtifactRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(Self.columns) FROM artifact LEFT JOIN recipe USING (key)
          ORDER BY recorded, key
          """
      ).compactMap(Self.record)
    }
  }

  /// The texts that keys are made of, also of artifacts that are gone; for those keys that the catalog knows.
  public func recipes(of keys: [ArtifactKey]) throws -> [ArtifactKey: String] {
    try read { database in
      var found: [ArtifactKey: String] = [:]
      let rows = try RowLookup("SELECT text FROM recipe WHERE key = ?", in: database)
      for key in keys { found[key] = try rows.row(of: key) { $0.text(0) } }
      return found
    }
  }

  /// The processor time that artifacts took to make, s; for those keys of which the catalog knows it.
  public func cpuSeconds(of keys: [ArtifactKey]) throws -> [ArtifactKey: Double] {
    try read { database in
      var found: [ArtifactKey: Double] = [:]
      let statement = try database.makeStatement(
        sql: "SELECT cpuSeconds FROM artifact WHERE key = ?")
      for key in keys {
        found[key] = try Double.fetchOne(statement, arguments: [key.data])
      }
      return found
    }
  }

  /// The key texts of the latest artifacts of a kind, newest first.
  public func latestKeyTexts(kind: String, limit: Int) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT text FROM artifact JOIN recipe USING (key) WHERE kind = ?
          ORDER BY recorded DESC, key LIMIT ?
          """,
        arguments: [kind, limit])
    }
  }

  public func record(_ records: [ArtifactRecord]) throws {
    guard !records.isEmpty else { return }
    try write { database in
      for record in records { try Self.insert(record, into: database) }
    }
  }

  /// Forgets that artifacts are there; how they are made stays known.
  public func forget(_ keys: [ArtifactKey]) throws {
    try write { database in
      let statement = try database.makeStatement(sql: "DELETE FROM artifact WHERE key = ?")
      for key in keys { try statement.execute(arguments: [key.data]) }
    }
  }

  /// - Parameter recorded: when, in seconds since 1970.
  static func insert(
    _ record: ArtifactRecord, recorded: Double = Date().timeIntervalSince1970,
    into database: Database
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO artifact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET size = excluded.size, modified = excluded.modified,
          inode = excluded.inode, seconds = coalesce(excluded.seconds, seconds),
          cpuSeconds = coalesce(excluded.cpuSeconds, cpuSeconds),
          peakMemory = coalesce(excluded.peakMemory, peakMemory), recorded = excluded.recorded
        """
    ).execute(arguments: [
      record.key.data, record.kind, record.stamp?.size ?? -1, record.stamp?.modified ?? -1,
      Int64(bitPattern: record.stamp?.inode ?? 0), record.seconds, record.cpuSeconds,
      record.peakMemory, recorded,
    ])
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO recipe VALUES (?, ?)")
      .execute(arguments: [record.key.data, record.keyText])
  }

  /// What `record` reads, in the order in which it takes it.
  private static let columns =
    "key, kind, text, size, modified, inode, seconds, cpuSeconds, peakMemory"

  private static func record(of row: Row) -> ArtifactRecord? {
    guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)),
      let kind = row.value(1, String.self), let size = row.value(3, Int64.self),
      let modified = row.value(4, Int64.self), let inode = row.value(5, Int64.self)
    else { return nil }
    let stamp =
      size < 0
      ? nil
      : FileSystem.Stamp(size: size, modified: modified, inode: UInt64(bitPattern: inode))
    return ArtifactRecord(
      key: key, kind: kind, keyText: row.value(2, String.self) ?? "", stamp: stamp,
      seconds: row.value(6, Double.self), cpuSeconds: row.value(7, Double.self),
      peakMemory: row.value(8, Int.self))
  }
}
