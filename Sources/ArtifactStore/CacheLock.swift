import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to use a cache: shared by the runs of one machine, or alone.
///
/// The kernel drops the lock when its holder ends, however it ends, so no lock is ever stale and none
/// is ever removed by hand. What the file holds is only for the words that name the holder.
public final class CacheLock: Sendable {
  public enum Mode: Sendable {
    /// Beside other runs; single results are claimed.
    case shared
    /// By one process at a time: on a network file system, and to set a damaged catalog aside.
    case alone
  }

  private let file: Int32

  private init(file: Int32) { self.file = file }

  deinit { close(file) }

  /// Takes the lock at once, or gives nil where another process has it.
  public static func take(root: String, mode: Mode, holder: ProcessIdentity)
    throws(ArtifactError) -> CacheLock?
  {
    let path = Self.path(root: root)
    try FileSystem.createFolder(root)
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FileSystem.newFileMode)
    guard file >= 0 else { throw FileSystem.failure("the lock could not be opened", path) }
    guard flock(file, (mode == .alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      if code == EWOULDBLOCK || code == EINTR { return nil }
      errno = code
      throw FileSystem.failure("the lock could not be taken", path)
    }
    let text = Array((holder.json.prettyText + "\n").utf8)
    let written = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    guard written == text.count, ftruncate(file, off_t(text.count)) == 0 else {
      let error = FileSystem.failure("the lock could not be written", path)
      close(file)
      throw error
    }
    return CacheLock(file: file)
  }

  /// Who holds, or last took, the lock.
  public static func holder(root: String) -> ProcessIdentity? {
    guard let data = try? Data(contentsOf: URL(filePath: path(root: root))),
      let json = try? JSONDocument(parsing: Array(data), file: "lock").root
    else { return nil }
    return ProcessIdentity(json: json)
  }

  private static func path(root: String) -> String { root + "/lock.json" }
}
