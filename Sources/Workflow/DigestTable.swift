import ArtifactStore
import Foundation
import Synchronization

/// Digests of input files, looked up by path, size, modification time and inode before they are computed.
final class DigestTable: Sendable {
  private let source: any EventSource
  private let catalog: Catalog
  private let known = Mutex<[String: (stamp: FileSystem.Stamp, sha256: String)]>([:])

  init(source: any EventSource, catalog: Catalog) {
    self.source = source
    self.catalog = catalog
  }

  /// The SHA-256 of each file; files that can't be read are left out.
  func digests(of paths: [String]) throws -> [String: String] {
    var found: [String: String] = [:]
    var unknown: [(path: String, stamp: FileSystem.Stamp)] = []
    for path in paths {
      guard let stamp = FileSystem.stamp(of: path) else { continue }
      if let entry = known.withLock({ $0[path] }), entry.stamp == stamp {
        found[path] = entry.sha256
      } else if let digest = try catalog.digest(of: path, stamp: stamp) {
        found[path] = digest
        known.withLock { $0[path] = (stamp, digest) }
      } else {
        unknown.append((path, stamp))
      }
    }
    for entry in try compute(unknown) { found[entry.path] = entry.sha256 }
    return found
  }

  /// Hashes files on all cores and remembers what did not change meanwhile.
  private func compute(_ files: [(path: String, stamp: FileSystem.Stamp)]) throws
    -> [(path: String, stamp: FileSystem.Stamp, sha256: String)]
  {
    let results = Mutex<[(path: String, stamp: FileSystem.Stamp, sha256: String)]>([])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let file = files[index]
      guard let digest = try? source.sha256(ofFile: file.path),
        FileSystem.stamp(of: file.path) == file.stamp
      else { return }
      results.withLock { $0.append((file.path, file.stamp, digest)) }
    }
    let computed = results.withLock { $0 }.sorted { $0.path < $1.path }
    known.withLock { table in
      for entry in computed { table[entry.path] = (entry.stamp, entry.sha256) }
    }
    if !computed.isEmpty { try catalog.recordDigests(computed) }
    return computed
  }
}
