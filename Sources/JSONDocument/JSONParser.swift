/// A recursive-descent JSON parser over bytes that can record the place of every value.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private let maximumDepth: Int
  private let recordsPlaces: Bool
  private var offset = 0
  private var path: [String] = []
  private(set) var offsets: [[String]: Int] = [:]

  init(bytes: [UInt8], file: String, maximumDepth: Int, recordsPlaces: Bool = true) {
    self.bytes = bytes
    self.file = file
    self.maximumDepth = maximumDepth
    self.recordsPlaces = recordsPlaces
  }

  mutating func parseDocument() throws(JSONError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
    }
    skipSpace()
    if offset == bytes.count { throw failure("the file is empty; a JSON value was expected") }
    let value = try parseValue(depth: 0)
    skipSpace()
    if offset < bytes.count { throw failure("unexpected text after the end of the JSON value") }
    return value
  }

  // MARK: - Values

  private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
    if recordsPlaces { offsets[path] = offset }
    guard depth < maximumDepth else {
      throw failure("nested more than \(maximumDepth) levels deep")
    }
    guard let byte = peek else { throw failure("the file ends where a value was expected") }
    switch byte {
    case UInt8(ascii: "{"): return try parseObject(depth: depth)
    case UInt8(ascii: "["): return try parseArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: return try parseWord()
    }
  }

  private mutating func parseObject(depth: Int) throws(JSONError) -> JSONValue {
    offset += 1
    var members: [JSONMember] = []
    // Small objects, which are the most, are looked through faster than a set is made.
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      let nameOffset = offset
      guard peek == UInt8(ascii: "\"") else {
        throw failure("a member's name in double quotes was expected")
      }
      let name = try parseString()
      let isNew: Bool
      if members.count < 16 {
        isNew = !members.contains { $0.name == name }
      } else {
        if names.isEmpty { names = Set(members.map(\.name)) }
        isNew = names.insert(name).inserted
      }
      guard isNew else {
        throw failure("the name \"\(name)\" is given twice", at: nameOffset)
      }
      skipSpace()
      guard take(":") else { throw failure("a colon was expected after \"\(name)\"") }
      skipSpace()
      if recordsPlaces {
        path.append(name)
        offsets[path + [JSONDocument.nameMark]] = nameOffset
      }
      members.append(JSONMember(name: name, value: try parseValue(depth: depth + 1)))
      if recordsPlaces { path.removeLast() }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw failure("a comma or } was expected in the object") }
    }
  }

  private mutating func parseArray(depth: Int) throws(JSONError) -> JSONValue {
    offset += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    while true {
      skipSpace()
      if recordsPlaces { path.append(String(values.count)) }
      values.append(try parseValue(depth: depth + 1))
      if recordsPlaces { path.removeLast() }
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw failure("a comma or ] was expected in the list") }
    }
  }

  private mutating func parseWord() throws(JSONError) -> JSONValue {
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[offset...].starts(with: word.utf8) {
      offset += word.utf8.count
      return value
    }
    throw failure("a JSON value was expected")
  }

  private mutating func parseNumber() throws(JSONError) -> JSONValue {
    let start = offset
    _ = take("-")
    let digits = skipDigits()
    let leadingZero = digits > 1 && bytes[offset - digits] == UInt8(ascii: "0")
    var isWhole = true
    var malformed = digits == 0 || leadingZero
    if take(".") {
      isWhole = false
      malformed = skipDigits() == 0 || malformed
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      malformed = skipDigits() == 0 || malformed
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if malformed { throw failure("\(text) is not a JSON number", at: start) }
    if isWhole {
      guard let value = Int(text) else {
        throw failure("the whole number \(text) does not fit in 64 bits", at: start)
      }
      return .integer(value)
    }
    guard let value = Double(text), value.isFinite else {
      throw failure("the number \(text) is out of range", at: start)
    }
    return .number(value)
  }

  // MARK: - Strings

  private mutating func parseString() throws(JSONError) -> String {
    let opening = offset
    offset += 1
    // Most strings have no escape.
    var end = offset
    while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      offset = end + 1
      return String(decoding: bytes[opening + 1..<end], as: UTF8.self)
    }
    var content: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        guard let text = String(validating: content, as: UTF8.self) else {
          throw failure("the string is not valid UTF-8", at: opening)
        }
        return text
      case UInt8(ascii: "\\"):
        try parseEscape(into: &content)
      case 0..<0x20:
        throw failure("a string may not contain a line break or control character unescaped")
      default:
        content.append(byte)
        offset += 1
      }
    }
    throw failure("the string is not closed", at: opening)
  }

  /// Whether a byte stands for itself in a string, and is a character of its own.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func parseEscape(into content: inout [UInt8]) throws(JSONError) {
    offset += 1
    guard let byte = peek else { throw failure("the file ends inside a string") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var code = try parseHex()
      if (0xD800..<0xDC00).contains(code) {
        guard take("\\"), take("u") else { throw failure("half a surrogate pair") }
        let low = try parseHex()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
      content.append(contentsOf: String(scalar).utf8)
    default: throw failure("unknown escape in a string", at: offset - 2)
    }
  }

  private mutating func parseHex() throws(JSONError) -> UInt32 {
    guard offset + 4 <= bytes.count,
      bytes[offset..<offset + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits were expected after \\u") }
    offset += 4
    return code
  }

  // MARK: - Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      offset += 1
    }
  }

  private func failure(_ message: String, at offset: Int? = nil) -> JSONError {
    JSONError(
      file: file, position: JSONPosition(of: offset ?? self.offset, in: bytes), message: message)
  }
}
