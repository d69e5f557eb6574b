import ArtifactStore
import JSONDocument

/// Where a file that a result goes back to lies now, as far as the digest table knows.
public struct FileTrace: Sendable, Equatable {
  public enum State: String, Sendable {
    /// It has that content.
    case same
    /// It has other content now.
    case changed
    /// It is not there any more, or can't be read.
    case gone
  }

  public var sha256: String
  /// The paths under which that content was once read, with what is there now.
  public var paths: [(path: String, state: State)]

  public init(sha256: String, paths: [(path: String, state: State)]) {
    self.sha256 = sha256
    self.paths = paths
  }

  /// Looks for files by their content.
  ///
  /// - Parameter digest: computes the SHA-256 of a file, where its stamp is not the one it had.
  public static func traces(
    of digests: [String], catalog: Catalog, digest: (String) throws -> String
  ) throws -> [String: FileTrace] {
    var traces: [String: FileTrace] = [:]
    for sha256 in digests where traces[sha256] == nil {
      let paths = try catalog.paths(ofDigest: sha256)
      traces[sha256] = FileTrace(
        sha256: sha256,
        paths: try paths.map { path in
          (path, try state(of: path, sha256: sha256, catalog: catalog, digest: digest))
        })
    }
    return traces
  }

  private static func state(
    of path: String, sha256: String, catalog: Catalog, digest: (String) throws -> String
  ) throws -> State {
    guard let stamp = FileSystem.stamp(of: path) else { return .gone }
    if let known = try catalog.digests(of: [(path, stamp)])[path] {
      return known == sha256 ? .same : .changed
    }
    guard let found = try? digest(path) else { return .gone }
    return found == sha256 ? .same : .changed
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.sha256 == right.sha256 && left.paths.elementsEqual(right.paths) { $0 == $1 }
  }

  /// A path where the content still is.
  public var path: String? { paths.first { $0.state == .same }?.path }
}
