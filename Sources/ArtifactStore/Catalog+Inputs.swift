import GRDB

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
