import Foundation
import GRDB

extension Catalog {
  /// The known SHA-256 of files that did not change, by path.
  public func digests(of files: [(path: String, stamp: FileSystem.Stamp)]) throws
    -> [String: String]
  {
    try read { database in
      var found: [String: String] = [:]
      found.reserveCapacity(files.count)
      let statement = try database.makeStatement(
        sql: "SELECT path, size, modified, inode, sha256, mark FROM digest WHERE path = ?")
      for file in files.sorted(by: { $0.path < $1.path }) {
        let row = try Row.fetchOne(statement, arguments: [file.path])
        if let known = row.flatMap(FileDigestRecord.init(marked:)), known.stamp == file.stamp {
          found[file.path] = known.sha256
        }
      }
      return found
    }
  }

  /// The paths of files that had that content when they were last read.
  public func paths(ofDigest sha256: String) throws -> [String] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT path FROM digest WHERE sha256 = ? ORDER BY path",
        arguments: [sha256])
    }
  }

  public func recordDigests(_ digests: [(path: String, stamp: FileSystem.Stamp, sha256: String)])
    throws
  {
    try write { database in
      for digest in digests {
        try FileDigestRecord(path: digest.path, stamp: digest.stamp, sha256: digest.sha256)
          .insert(into: database)
      }
    }
  }
}

extension Catalog {
  /// Why tasks refused their input, by key: a refusal depends on the inputs' content alone.
  public func rejections() throws -> [ArtifactKey: String] {
    try read { database in
      var found: [ArtifactKey: String] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT key, reason FROM rejection") {
        guard let key = row.value(0, Data.self).flatMap(ArtifactKey.init(data:)) else { continue }
        found[key] = row.value(1, String.self)
      }
      return found
    }
  }

  public func reject(_ key: ArtifactKey, kind: String, reason: String) throws {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO rejection VALUES (?, ?, ?)",
        arguments: [key.data, kind, reason])
    }
  }
}
