import Foundation
import GRDB

extension Catalog {
  /// The known SHA-256 of files that did not change, by path.
  public func digests(of files: [(path: String, stamp: FileSystem.Stamp)]) throws
    -> [String: String]
  {
    Dictionary(
      zip(files, try digestsInOrder(of: files)).compactMap { file, digest in
        digest.map { (file.path, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The known SHA-256 of files that did not change, in the order of the files.
  public func digestsInOrder(of files: [(path: String, stamp: FileSystem.Stamp)]) throws
    -> [String?]
  {
    try read { database in
      let rows = try RowLookup(
        "SELECT size, modified, inode, sha256, mark FROM digest WHERE path = ?", in: database)
      var found = [String?](repeating: nil, count: files.count)
      // Neighbours in the table are asked for one after the other.
      for index in files.indices.sorted(by: { files[$0].path < files[$1].path }) {
        let file = files[index]
        found[index] = try rows.row(of: file.path) { row in
          guard row.stamp(from: 0) == file.stamp, let sha256 = row.text(3) else { return nil }
          let known = FileDigestRecord(path: file.path, stamp: file.stamp, sha256: sha256)
          return known.mark == row.integer(4) ? sha256 : nil
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
