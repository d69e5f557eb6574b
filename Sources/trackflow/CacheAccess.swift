import ArtifactStore
import Execution
import Foundation

/// Taking the cache for a run.
enum CacheAccess {
  /// Takes the cache's lock; waits, and says for whom, while another run has it.
  static func lock(store: ObjectStore, progress: any RunProgress) async throws -> CacheLock {
    let holder = LockHolder.current(command: CommandLine.arguments.joined(separator: " "))
    var said = false
    while true {
      if let lock = try CacheLock.take(root: store.root, holder: holder) { return lock }
      if !said {
        let other = CacheLock.holder(root: store.root)
        let words = other.map { "process \($0.process) on \($0.host) (\($0.command))" }
        progress.notice(
          "waiting for the cache \(store.root): in use by \(words ?? "another run")")
        said = true
      }
      try await Task.sleep(for: .milliseconds(200))
    }
  }
}
