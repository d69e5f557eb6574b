import ArgumentParser
import ArtifactStore
import Foundation

/// Which cache a command is about.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cache folder (default: $TRACKFLOW_CACHE, else \"cache\" in this folder).",
      valueName: "dir"), completion: .directory)
  var cache: String?

  /// A cache that must be there.
  ///
  /// - Throws: `CacheCommandError.noCache`.
  func existingStore() throws -> ObjectStore {
    let store = store
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: store.root, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw CacheCommandError.noCache(path: store.root) }
    return store
  }

  var store: ObjectStore {
    let environment = ProcessInfo.processInfo.environment["TRACKFLOW_CACHE"]
    let path = cache ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? "cache"
    return ObjectStore(root: URL(filePath: path).standardized.path)
  }
}
