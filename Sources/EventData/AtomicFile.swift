import Foundation

/// Files that are whole under their name or not there at all.
enum AtomicFile {
  /// Writes to a temporary name in the same folder, syncs, and renames; an existing file is
  /// replaced.
  ///
  /// - Throws: `EventDataError.unwritable`, with nothing left behind.
  static func write(_ bytes: [UInt8], to path: String) throws {
    func unwritable() -> EventDataError {
      .unwritable(file: path, reason: String(cString: strerror(errno)))
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    let temporary = "\(folder).partial-\(getpid())-\(UUID().uuidString)"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw unwritable() }
    do {
      var written = 0
      while written < bytes.count {
        let count = bytes.withUnsafeBytes { buffer in
          Foundation.write(file, buffer.baseAddress! + written, buffer.count - written)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw unwritable() }
        written += count
      }
      guard fsync(file) == 0 else { throw unwritable() }
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    guard close(file) == 0, rename(temporary, path) == 0 else {
      let error = unwritable()
      unlink(temporary)
      throw error
    }
    // The new name itself is safe once the folder is synced; not every file system can.
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    if handle >= 0 {
      fsync(handle)
      close(handle)
    }
  }
}
