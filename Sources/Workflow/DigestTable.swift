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

  /// The SHA-256 of a file; nil where it can't be read.
  func digest(of path: String) throws -> String? { try digests(of: [path])[0] }

  /// The SHA-256 of each file, in their order; nil for those that can't be read.
  func digests(of paths: [String]) throws -> [String?] {
    let stamps = Concurrently.map(paths) { FileSystem.stamp(of: $0) }
    var found = [String?](repeating: nil, count: paths.count)
    var unknown: [Int] = []
    known.withLock { known in
      for (index, stamp) in stamps.enumerated() {
        guard let stamp else { continue }
        if let entry = known[paths[index]], entry.stamp == stamp {
          found[index] = entry.sha256
        } else {
          unknown.append(index)
        }
      }
    }
    guard !unknown.isEmpty else { return found }
    let files = unknown.map { (path: paths[$0], stamp: stamps[$0]!) }
    var digests = try catalog.digestsInOrder(of: files)
    let toCompute = digests.indices.filter { digests[$0] == nil }
    for (index, digest) in zip(toCompute, try compute(toCompute.map { files[$0] })) {
      digests[index] = digest
    }
    known.withLock { known in
      known.reserveCapacity(known.count + files.count)
      for (file, digest) in zip(files, digests) {
        if let digest { known[file.path] = (file.stamp, digest) }
      }
    }
    for (index, digest) in zip(unknown, digests) { found[index] = digest }
    return found
  }

  /// Hashes files on all cores and remembers what did not change meanwhile; nil for those that did, or can't be read.
  private func compute(_ files: [(path: String, stamp: FileSystem.Stamp)]) throws -> [String?] {
    let computed = Concurrently.map(files, block: 1) { file -> String? in
      let digest = try? source.sha256(ofFile: file.path)
      return FileSystem.stamp(of: file.path) == file.stamp ? digest : nil
    }
    let found = zip(files, computed).compactMap { file, digest in
      digest.map { (path: file.path, stamp: file.stamp, sha256: $0) }
    }.sorted { $0.path < $1.path }
    if !found.isEmpty { try catalog.recordDigests(found) }
    return computed
  }
}
