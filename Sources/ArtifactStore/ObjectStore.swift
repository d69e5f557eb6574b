import Foundation
import JSONDocument

/// The artifacts of a cache: one file each, `objects/ab/ab12….tfz` under the cache's root.
///
/// Publishing and loading need no lock: files appear whole under their final name, and the same key
/// always stands for the same bytes.
public struct ObjectStore: Sendable {
  public let root: String

  public init(root: String) { self.root = root }

  public var objectsFolder: String { root + "/objects" }
  public var damagedFolder: String { root + "/damaged" }

  public func path(of key: ArtifactKey) -> String {
    "\(objectsFolder)/\(key.hex.prefix(2))/\(key.hex).tfz"
  }

  /// Writes an artifact under its key and gives the size of its file in bytes.
  @discardableResult
  public func publish(_ artifact: Artifact) throws -> Int {
    let bytes = try ArtifactFile.encode(artifact)
    // One that a power cut takes is made again.
    try FileSystem.publish(bytes, to: path(of: artifact.key), syncsFolder: false)
    return bytes.count
  }

  /// Reads an artifact, checking all of it.
  ///
  /// - Throws: `ArtifactError`: `.notFound`, `.damaged`, `.newerFormat`.
  public func load(_ key: ArtifactKey) throws(ArtifactError) -> Artifact {
    let path = path(of: key)
    let data = try FileSystem.read(path)
    let artifact = try Self.parse(data, path: path, as: ArtifactFile.decode)
    guard artifact.key == key else {
      throw .damaged(path: path, reason: "it holds the artifact \(artifact.key.short)")
    }
    return artifact
  }

  /// Checks all of an artifact, with no more than one of its arrays in memory, and says what it says of itself.
  ///
  /// - Throws: as `load`.
  public func check(_ key: ArtifactKey) throws(ArtifactError) -> ArtifactDescription {
    let path = path(of: key)
    let data = try FileSystem.read(path)
    let header = try Self.parse(data, path: path, as: ArtifactFile.check)
    guard header.key == key else {
      throw .damaged(path: path, reason: "it holds the artifact \(header.key.short)")
    }
    return ArtifactDescription(header, size: data.count)
  }

  /// Reads what an artifact says of itself, without its arrays.
  public func description(of key: ArtifactKey) throws(ArtifactError) -> ArtifactDescription {
    let path = path(of: key)
    let description = try Self.description(ofFile: path)
    guard description.key == key else {
      throw .damaged(path: path, reason: "it holds the artifact \(description.key.short)")
    }
    return description
  }

  /// Reads what the artifact in a file, wherever it lies, says of itself; its arrays are not read.
  public static func description(ofFile path: String) throws(ArtifactError)
    -> ArtifactDescription
  {
    let (data, size) = try ArtifactFile.leadingBytes(of: path)
    let header = try parse(data, path: path) { (bytes, path) throws(ArtifactError) in
      try ArtifactFile.header(of: bytes, fileSize: size, path: path)
    }
    return ArtifactDescription(header, size: size)
  }

  private static func parse<Result>(
    _ data: Data, path: String,
    as body: (UnsafeRawBufferPointer, String) throws(ArtifactError) -> Result
  ) throws(ArtifactError) -> Result {
    let result = data.withUnsafeBytes { bytes in
      Swift.Result { () throws(ArtifactError) in try body(bytes, path) }
    }
    return try result.get()
  }

  /// The keys of all files that stand under an artifact's name.
  public func keys() -> [ArtifactKey] { CacheFiles.artifacts(of: self).map(\.key).sorted() }

  /// Moves an artifact that can't be believed out of the way and gives its new path.
  @discardableResult
  public func setAside(_ key: ArtifactKey) throws(ArtifactError) -> String {
    try FileSystem.createFolder(damagedFolder)
    let target = "\(damagedFolder)/\(key.hex)-\(UUID().uuidString).tfz"
    guard rename(path(of: key), target) == 0 else {
      throw FileSystem.failure("it could not be set aside", path(of: key))
    }
    return target
  }

  /// Removes what killed writers left half-written; what others are writing stays.
  public func removePartialFiles() {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: objectsFolder)) ?? []
    for folder in folders.map({ "\(objectsFolder)/\($0)" }) {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      where name.hasPrefix(FileSystem.temporaryPrefix) {
        FileSystem.removeIfAbandoned("\(folder)/\(name)")
      }
    }
  }
}

extension ArtifactDescription {
  fileprivate init(_ header: ArtifactFile.Header, size: Int) {
    self.init(
      kind: header.kind, key: header.key, keyText: header.keyText, summary: header.summary,
      arrays: header.arrays.map { .init(name: $0.name, type: $0.type, shape: $0.shape) },
      size: size)
  }
}

/// What an artifact says of itself.
public struct ArtifactDescription: Sendable, Equatable {
  public var kind: String
  public var key: ArtifactKey
  public var keyText: JSONValue
  public var summary: JSONValue
  public var arrays: [Array]
  /// Size of its file, in bytes.
  public var size: Int

  /// One of its arrays: the element type is `u1`, `i4`, `i8`, `f4` or `f8`.
  public struct Array: Sendable, Equatable {
    public var name: String
    public var type: String
    public var shape: [Int]
  }
}
