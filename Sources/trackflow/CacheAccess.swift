import ArtifactStore
import Execution
import Foundation

/// Taking the cache for a run.
struct CacheAccess {
  let store: ObjectStore
  let progress: any RunProgress

  /// Takes the cache's lock; waits, and says for whom, while another process has it.
  ///
  /// - Returns: nil for a cache that can't be written, which needs no lock.
  func lock(_ mode: CacheLock.Mode) async throws -> CacheLock? {
    if FileSystem.isReadOnly(store.root) { return nil }
    let holder = ProcessIdentity.current(command: CommandLine.arguments.joined(separator: " "))
    var said = false
    while true {
      if let lock = try CacheLock.take(root: store.root, mode: mode, holder: holder) {
        return lock
      }
      if !said {
        progress.notice("waiting for the cache \(store.root): in use by \(holders)")
        said = true
      }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// Who is at work, in words: the runs that are on, else whoever took the lock last and still lives.
  private var holders: String {
    func words(_ process: ProcessIdentity) -> String {
      "process \(process.process) on \(process.host) (\(process.command))"
    }
    let runs = RunRegistry(store: store).liveRuns().map { words($0.process) }
    if !runs.isEmpty { return runs.joined(separator: " and ") }
    let last = CacheLock.holder(root: store.root).flatMap { $0.isGone == true ? nil : $0 }
    return last.map(words) ?? "another command"
  }

  /// How a run uses the cache: beside others on this machine, alone on a network file system.
  var mode: CacheLock.Mode { FileSystem.kind(of: store.root) == .local ? .shared : .alone }

  /// Does work with the catalog; one that turns out to be damaged is made anew, and the work is begun again.
  func withCatalog<Result>(_ body: (Catalog) async throws -> Result) async throws -> Result {
    for isSecond in [false, true] {
      do {
        let lock = try await lock(mode)
        defer { withExtendedLifetime(lock) {} }
        return try await body(try Catalog.open(store: store, notice: notice))
      } catch ArtifactError.damagedCatalog where !FileSystem.isReadOnly(store.root) {
        // What SQLite finds nothing wrong with, and still fails, is made anew all the same.
        _ = try await rebuildCatalog(always: isSecond)
      }
    }
    let lock = try await lock(mode)
    defer { withExtendedLifetime(lock) {} }
    return try await body(try Catalog.open(store: store, notice: notice))
  }

  /// Waits for the runs that use the catalog, and makes it anew; unless `always`, not where one of them has done so.
  ///
  /// - Returns: nil where nothing had to be done.
  func rebuildCatalog(always: Bool) async throws -> CatalogRebuild.Counts? {
    let lock = try await lock(.alone)
    defer { withExtendedLifetime(lock) {} }
    return try CatalogRebuild(store: store).perform(always: always, notice: notice)
  }

  private func notice(_ text: String) { progress.notice(text) }
}
