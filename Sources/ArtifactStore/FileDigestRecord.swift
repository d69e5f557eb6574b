import GRDB

/// The digest of an input file and the stamp that the file had, as the catalog keeps them.
struct FileDigestRecord {
  var path: String
  var stamp: FileSystem.Stamp
  var sha256: String

  init(path: String, stamp: FileSystem.Stamp, sha256: String) {
    self.path = path
    self.stamp = stamp
    self.sha256 = sha256
  }

  /// From the columns path, size, modified, inode, sha256; nil where they hold no digest.
  init?(_ row: Row) {
    guard let path = row.value(0, String.self), let size = row.value(1, Int64.self),
      let modified = row.value(2, Int64.self), let inode = row.value(3, Int64.self),
      let sha256 = row.value(4, String.self)
    else { return nil }
    let stamp = FileSystem.Stamp(
      size: size, modified: modified, inode: UInt64(bitPattern: inode))
    self.init(path: path, stamp: stamp, sha256: sha256)
  }

  /// From the same and the mark; nil where it is not that of the rest.
  init?(marked row: Row) {
    self.init(row)
    guard row.value(5, Int64.self) == mark else { return nil }
  }

  /// Follows from all the rest. Digests decide keys, so that one which was damaged on the disk must not be taken for another.
  var mark: Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func take(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for byte in path.utf8 { take(byte) }
    for number in [UInt64(bitPattern: stamp.size), UInt64(bitPattern: stamp.modified), stamp.inode]
    {
      for shift in 0..<8 { take(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift))) }
    }
    for byte in sha256.utf8 { take(byte) }
    return Int64(bitPattern: hash)
  }

  func insert(into database: Database) throws {
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO digest VALUES (?, ?, ?, ?, ?, ?)")
      .execute(arguments: [
        path, stamp.size, stamp.modified, Int64(bitPattern: stamp.inode), sha256, mark,
      ])
  }
}
