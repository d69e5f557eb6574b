#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The limit on open files, which a run needs some of for every worker.
public enum OpenFiles {
  /// What a run needs for itself, and for each worker: pipes, and what is open for a moment while one starts.
  private static let (own, perWorker) = (40, 12)

  /// Raises the limit as far as the system lets, and makes sure that there is room for the workers.
  ///
  /// - Throws: `RunError.tooFewOpenFiles`.
  public static func makeRoom(workers: Int) throws {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    let needed = own + perWorker * workers
    if limit.rlim_cur < limit.rlim_max, limit.rlim_cur < 65_536 {
      limit.rlim_cur = min(limit.rlim_max, 65_536)
      setrlimit(resource, &limit)
      getrlimit(resource, &limit)
    }
    guard limit.rlim_cur >= needed else {
      throw RunError.tooFewOpenFiles(limit: Int(limit.rlim_cur), needed: needed)
    }
  }

  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif
}
