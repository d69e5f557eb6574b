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

  /// Writes text to a file of the folder and gives its path.
  public func write(_ text: String, to name: String) throws -> String {
    let path = appending(name)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }
}
