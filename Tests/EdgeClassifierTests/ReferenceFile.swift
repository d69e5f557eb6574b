import Foundation
import JSONDocument

/// What the scripts in Fixtures wrote.
enum ReferenceFile {
  /// The root of a file; null where it can't be read.
  static func root(_ name: String) -> JSONValue {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)")
    let bytes = (try? Data(contentsOf: path)).map { [UInt8]($0) } ?? []
    return (try? JSONDocument(parsing: bytes, file: path.path).root) ?? .null
  }
}

extension JSONValue {
  /// The list of numbers at a path; empty where there is none.
  func numbers(_ path: [String]) -> [Double] {
    let value = path.reduce(self) { $0[$1] ?? .null }
    return (value.arrayValue ?? []).compactMap(\.doubleValue)
  }
}
