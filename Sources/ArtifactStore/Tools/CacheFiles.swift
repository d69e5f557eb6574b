import Foundation

/// The files of a cache, by what they are.
public struct CacheFiles: Sendable {
  /// A file that is no artifact in its place.
  public struct Item: Sendable, Equatable {
    public var path: String
    public var size: Int64
  }

  /// The files that stand under an artifact's name.
  public var artifacts: [(key: ArtifactKey, stamp: FileSystem.Stamp)]
  /// What was damaged and moved out of the way.
  public var setAside: [Item] = []
  /// Half-written files whose writers are dead.
  public var partial: [Item] = []
  /// Files among the artifacts that are none and belong to nothing.
  public var foreign: [Item] = []

  /// Looks through the folders of a cache.
  public init(of store: ObjectStore) {
    artifacts = Self.artifacts(of: store)
    for folder in Self.names(in: store.objectsFolder) {
      let path = "\(store.objectsFolder)/\(folder)"
      guard Self.isFolder(path) else {
        foreign.append(Self.item(path))
        continue
      }
      for name in Self.names(in: path) where Self.key(ofFile: name, in: folder) == nil {
        if name.hasPrefix(FileSystem.temporaryPrefix) {
          addPartial("\(path)/\(name)")
        } else {
          foreign.append(Self.item("\(path)/\(name)"))
        }
      }
    }
    for name in Self.names(in: store.root + "/runs")
    where name.hasPrefix(FileSystem.temporaryPrefix) {
      addPartial("\(store.root)/runs/\(name)")
    }
    setAside = Self.names(in: store.damagedFolder).map { Self.item("\(store.damagedFolder)/\($0)") }
    // Where earlier programs put damaged catalogs.
    setAside += Self.names(in: store.root).filter { $0.hasPrefix("catalog.sqlite.damaged-") }
      .map { Self.item("\(store.root)/\($0)") }
  }

  /// All bytes of the artifacts.
  public var size: Int64 { artifacts.reduce(0) { $0 + $1.stamp.size } }

  static func artifacts(of store: ObjectStore) -> [(key: ArtifactKey, stamp: FileSystem.Stamp)] {
    let found = Concurrently.map(names(in: store.objectsFolder), block: 4) { folder in
      let path = "\(store.objectsFolder)/\(folder)"
      return names(in: path).compactMap { name -> (key: ArtifactKey, stamp: FileSystem.Stamp)? in
        guard let key = key(ofFile: name, in: folder),
          let stamp = FileSystem.stamp(of: "\(path)/\(name)")
        else { return nil }
        return (key, stamp)
      }
    }
    return found.flatMap { $0 }.sorted { $0.key < $1.key }
  }

  private static func key(ofFile name: String, in folder: String) -> ArtifactKey? {
    guard name.hasSuffix(".tfz"), name.hasPrefix(folder), folder.utf8.count == 2 else {
      return nil
    }
    return ArtifactKey(hex: String(name.dropLast(4)))
  }

  private mutating func addPartial(_ path: String) {
    if FileSystem.isAbandoned(path) { partial.append(Self.item(path)) }
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func item(_ path: String) -> Item {
    Item(path: path, size: FileSystem.stamp(of: path)?.size ?? 0)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return isThere && isFolder.boolValue
  }
}
