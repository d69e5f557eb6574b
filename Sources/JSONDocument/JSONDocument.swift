/// A parsed JSON text that remembers where every value stands, so that errors can point at it.
///
/// ```swift
/// let document = try JSONDocument(parsing: bytes, file: "workflow.json")
/// document.root["stages"]
/// document.position(of: ["stages", "graphs"])  // line 9, column 15
/// ```
public struct JSONDocument: Sendable {
  /// The name that errors quote.
  public let file: String
  public let root: JSONValue
  /// The byte at which each value starts, by its path from the root; a member's name stands under `path + [nameMark]`.
  private let offsets: [[String]: Int]
  private let bytes: [UInt8]

  /// How deep a text may be nested where nothing else is said.
  public static let maximumDepth = 64

  static let nameMark = "\u{0}name"

  /// Parses a whole JSON text (RFC 8259, UTF-8, an initial byte-order mark allowed).
  ///
  /// - Throws: `JSONError` with the line and column: bad syntax, a name given twice, more than
  ///   `maximumDepth` levels, bytes that are not UTF-8, text after the value.
  public init(
    parsing bytes: [UInt8], file: String, maximumDepth: Int = Self.maximumDepth
  ) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, file: file, maximumDepth: maximumDepth)
    self.file = file
    self.root = try parser.parseDocument()
    self.offsets = parser.offsets
    self.bytes = bytes
  }

  /// Where the value at a path stands; list elements go by their index. The nearest enclosing value's place if there is none.
  public func position(of path: [String]) -> JSONPosition {
    var path = path
    while !path.isEmpty {
      if let offset = offsets[path] { return JSONPosition(of: offset, in: bytes) }
      path.removeLast()
    }
    return JSONPosition(of: offsets[[]] ?? 0, in: bytes)
  }

  /// Where the name of the member at a path stands.
  public func position(ofNameAt path: [String]) -> JSONPosition {
    offsets[path + [Self.nameMark]].map { JSONPosition(of: $0, in: bytes) } ?? position(of: path)
  }
}

extension JSONValue {
  /// The value of a whole JSON text, where nobody asks for the places of its parts; it takes a fifth of a document's time.
  ///
  /// - Throws: as `JSONDocument`.
  public init(parsing text: String, file: String) throws(JSONError) {
    var parser = JSONParser(
      bytes: Array(text.utf8), file: file, maximumDepth: JSONDocument.maximumDepth,
      recordsPlaces: false)
    self = try parser.parseDocument()
  }
}

/// A place in a text; both counts start at 1, columns count characters.
public struct JSONPosition: Sendable, Equatable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The line and column of a byte of a UTF-8 text.
  init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    line = before.count { $0 == 0x0A } + 1
    // Bytes that go on with a character, and a byte-order mark, take no column.
    let text =
      bytes.starts(with: [0xEF, 0xBB, 0xBF]) && lineStart == 0
      ? before.dropFirst(3) : before[lineStart...]
    column = text.count { $0 & 0xC0 != 0x80 } + 1
  }
}

/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  public var file: String
  public var position: JSONPosition
  public var message: String

  public init(file: String, position: JSONPosition, message: String) {
    self.file = file
    self.position = position
    self.message = message
  }

  public var description: String { "\(file):\(position.line):\(position.column): \(message)" }
}
