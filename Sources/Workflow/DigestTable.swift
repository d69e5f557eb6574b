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
    let stamps = Concurrently.map(paths) { FileSystem.stamp(of: $0) }
    var found: [String: String] = [:]
    found.reserveCapacity(paths.count)
    var unknown: [(path: String, stamp: FileSystem.Stamp)] = []
    known.withLock { known in
      for (path, stamp) in zip(paths, stamps) {
        guard let stamp else { continue }
        if let entry = known[path], entry.stamp == stamp {
          found[path] = entry.sha256
        } else {
          unknown.append((path, stamp))
        }
      }
    }
    guard !unknown.isEmpty else { return found }
    let catalogued = try catalog.digests(of: unknown)
    let computed = try compute(unknown.filter { catalogued[$0.path] == nil })
    known.withLock { known in
      for file in unknown {
        if let digest = catalogued[file.path] { known[file.path] = (file.stamp, digest) }
      }
      for file in computed { known[file.path] = (file.stamp, file.sha256) }
    }
    found.merge(catalogued) { $1 }
    for file in computed { found[file.path] = file.sha256 }
    return found
  }

  /// Hashes files on all cores and remembers what did not change meanwhile.
  private func compute(_ files: [(path: String, stamp: FileSystem.Stamp)]) throws
    -> [(path: String, stamp: FileSystem.Stamp, sha256: String)]
  {
    let computed = Concurrently.map(files, block: 1) { file -> String? in
      let digest = try? source.sha256(ofFile: file.path)
      return FileSystem.stamp(of: file.path) == file.stamp ? digest : nil
    }
    let found = zip(files, computed).compactMap { file, digest in
      digest.map { (path: file.path, stamp: file.stamp, sha256: $0) }
    }.sorted { $0.path < $1.path }
    if !found.isEmpty { try catalog.recordDigests(found) }
    return found
  }
}
