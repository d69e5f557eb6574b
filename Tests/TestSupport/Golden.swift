import Foundation
import Testing

/// Texts kept in the folder `Golden/` beside the tests that use them; `make golden` writes them anew.
public enum Golden {
  /// Whether the files are written, not compared with.
  public static let isUpdating =
    ProcessInfo.processInfo.environment["TRACKFLOW_UPDATE_GOLDEN"] == "1"

  /// Expects that a text is, byte for byte, what the file of that name holds.
  public static func expect(
    _ text: String, is name: String, fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
  ) throws {
    let location = SourceLocation(
      fileID: fileID, filePath: filePath, line: line, column: column)
    let file = URL(filePath: filePath).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
    if isUpdating { try Data(text.utf8).write(to: file) }
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("there is no Golden/\(name); make golden writes it", sourceLocation: location)
      return
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, pair) in zip(lines, goldenLines).enumerated() where pair.0 != pair.1 {
      Issue.record(
        "\(name):\(number + 1) is\n\(pair.0)\nand was\n\(pair.1)", sourceLocation: location)
      return
    }
    if lines.count != goldenLines.count {
      Issue.record(
        "\(name) has \(lines.count) lines and had \(goldenLines.count)", sourceLocation: location)
    }
  }
}
