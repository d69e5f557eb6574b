#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to make single results: of two runs that want the same one, the first has it and the other waits.
///
/// A claim is a kernel lock on one byte of a file, at a place that follows from the result's key, so it
/// falls with its holder and leaves nothing behind. Of some 10^18 places two keys hardly share one; then
/// one waits for the other, no more.
public final class ResultClaims: Sendable {
  private let file: Int32
  private let path: String

  /// - Throws: `ArtifactError.system` where the file can't be made.
  public init(root: String) throws(ArtifactError) {
    path = root + "/claims"
    try FileSystem.createFolder(root)
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FileSystem.newFileMode)
    guard file >= 0 else { throw FileSystem.failure("it could not be opened", path) }
  }

  deinit { close(file) }

  /// Claims a result; false where another run has it.
  public func take(_ key: ArtifactKey) throws(ArtifactError) -> Bool {
    guard !lock(F_WRLCK, key) else { return true }
    guard errno == EAGAIN || errno == EACCES else {
      throw FileSystem.failure("a result could not be claimed", path)
    }
    return false
  }

  /// Gives a claim back.
  public func release(_ key: ArtifactKey) { _ = lock(F_UNLCK, key) }

  private func lock(_ type: Int32, _ key: ArtifactKey) -> Bool {
    var region = flock()
    region.l_type = Int16(type)
    region.l_whence = Int16(SEEK_SET)
    region.l_start = off_t(key.position)
    region.l_len = 1
    return fcntl(file, Self.setLock, &region) == 0
  }

  /// The lock belongs to the open file, not to the process: two in one process exclude each other too.
  private static let setLock: Int32 = 37  // F_OFD_SETLK
}
