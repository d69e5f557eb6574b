import Foundation

/// A folder of its own for one test, removed when the value goes away.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "trackflow-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  public func appending(_ name: String) -> String { path + "/" + name }

  /// Writes text to a file of the folder, makes the folders above it, and gives its path.
  public func write(_ text: String, to name: String) throws -> String {
    let path = appending(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }
}
