import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The few file operations whose failures must be told apart by name.
public enum FileSystem {
  /// What identifies a file's state without reading it.
  public struct Stamp: Sendable, Equatable {
    public var size: Int64
    /// Modification time in nanoseconds since 1970.
    public var modified: Int64
    public var inode: UInt64

    public init(size: Int64, modified: Int64, inode: UInt64) {
      self.size = size
      self.modified = modified
      self.inode = inode
    }
  }

  /// The stamp of a regular file; nil where there is none.
  public static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    return Stamp(size: Int64(status.st_size), modified: modified, inode: UInt64(status.st_ino))
  }

  /// Creates a folder and those above it, for user and group as the mask says.
  public static func createFolder(_ path: String) throws(ArtifactError) {
    if mkdir(path, 0o777) == 0 || isFolder(path) { return }
    let above = (path as NSString).deletingLastPathComponent
    if errno == ENOENT, !above.isEmpty, above != path {
      try createFolder(above)
      if mkdir(path, 0o777) == 0 || isFolder(path) { return }
    }
    throw failure("the folder could not be made", path)
  }

  /// Whether there is a folder; the number of the last error stays.
  private static func isFolder(_ path: String) -> Bool {
    let code = errno
    defer { errno = code }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Writes a file so that it is whole under its name or not there: temporary name, sync, rename, sync of the folder.
  ///
  /// - Parameter syncsFolder: whether its name outlives a power cut for sure; without, the file may be gone
  ///   then, but is never half there.
  public static func publish(
    _ bytes: [UInt8], to path: String, syncsFolder: Bool = true
  ) throws(ArtifactError) {
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    if access(folder, F_OK) != 0 { try createFolder(folder) }
    let (file, temporary) = try createTemporary(in: folder)
    do throws(ArtifactError) {
      try write(bytes, to: file, path: temporary)
      guard fsync(file) == 0 else { throw failure("it could not be synced", temporary) }
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let error = failure("it could not be put in place", path)
      close(file)
      unlink(temporary)
      throw error
    }
    close(file)
    guard syncsFolder else { return }
    let handle = open(folder, O_RDONLY | O_CLOEXEC)
    if handle >= 0 {
      defer { close(handle) }
      guard fsync(handle) == 0 else { throw failure("its folder could not be synced", path) }
    }
  }

  /// Starts the names of files that are being written.
  static let temporaryPrefix = ".partial-"

  /// What files are made with before the user's mask takes its part: a mask of 002 lets a group share a cache.
  static let newFileMode: mode_t = 0o666

  /// Makes an empty file where there is none.
  static func createFile(_ path: String) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, newFileMode)
    if file >= 0 { close(file) }
  }

  /// A new file of a name of its own, locked while its writer lives, so that whoever cleans up knows a dead writer's.
  private static func createTemporary(in folder: String) throws(ArtifactError)
    -> (file: Int32, path: String)
  {
    while true {
      let path = "\(folder)/\(temporaryPrefix)\(getpid())-\(UUID().uuidString)"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, newFileMode)
      guard file >= 0 else { throw failure("it could not be created", path) }
      flock(file, LOCK_EX)
      // Whoever cleaned up between the two may have taken it for a dead writer's.
      var status = stat()
      if fstat(file, &status) != 0 || status.st_nlink > 0 { return (file, path) }
      close(file)
    }
  }

  /// Removes a file that is being written if its writer is dead.
  ///
  /// - Returns: whether it was removed.
  @discardableResult
  static func removeIfAbandoned(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0
  }

  /// Whether the writer of a file that is being written is dead.
  static func isAbandoned(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_SH | LOCK_NB) == 0
  }

  /// Whether a folder is there and can't be written to.
  public static func isReadOnly(_ path: String) -> Bool {
    access(path, F_OK) == 0 && access(path, W_OK) != 0
  }

  /// The whole of a file.
  public static func read(_ path: String) throws(ArtifactError) -> Data {
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      if stamp(of: path) == nil { throw .notFound(path: path) }
      throw .system(operation: "it could not be read", path: path, code: 0, reason: "\(error)")
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32, path: String) throws(ArtifactError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(file, buffer.baseAddress! + written, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("it could not be written", path) }
      written += count
    }
  }

  static func failure(_ operation: String, _ path: String) -> ArtifactError {
    let code = errno
    return .system(
      operation: operation, path: path, code: code, reason: String(cString: strerror(code)))
  }
}
