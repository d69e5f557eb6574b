#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps apart the moment in which a run enters a cache and those in which results are removed from it.
///
/// A run that has entered is seen by whoever removes, and plans only afterwards: so it never counts on a
/// result that is taken away at that moment. The lock falls with its holder.
final class SweepLock {
  enum Mode {
    /// By runs, any number at a time.
    case entering
    /// By one who removes, while no run enters.
    case sweeping
  }

  private let file: Int32

  /// Waits until it has the lock; holders keep it for well under a second.
  init(root: String, mode: Mode) throws(ArtifactError) {
    let path = root + "/runs/sweep.lock"
    try FileSystem.createFolder(root + "/runs")
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FileSystem.newFileMode)
    guard file >= 0 else { throw FileSystem.failure("it could not be opened", path) }
    while flock(file, mode == .sweeping ? LOCK_EX : LOCK_SH) != 0 {
      guard errno == EINTR else {
        let error = FileSystem.failure("it could not be locked", path)
        close(file)
        throw error
      }
    }
    self.file = file
  }

  deinit { close(file) }
}
