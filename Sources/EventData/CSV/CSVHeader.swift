/// The first line of a CSV file: which field holds which column.
struct CSVHeader {
  struct Field {
    var name: String
    /// The column that the field belongs to; nil for one that nobody asked for.
    var column: CSVColumn?
  }

  var fields: [Field]
  /// Where the second line starts.
  var end: Int
  /// True where the line ends in CR LF.
  var endsInCRLF: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, schema: [CSVColumn]) throws {
    func malformed(_ expected: String, column: String? = nil, found: String? = nil)
      -> EventDataError
    {
      .malformed(file: file, line: 1, column: column, found: found, expected: expected)
    }
    let names = schema.map(\.name).joined(separator: ",")
    guard !bytes.isEmpty else {
      throw malformed("the file is empty; a header line was expected: \(names)")
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lineEnd = bytes[start...].firstIndex(of: CSVByte.lineFeed) ?? bytes.count
    end = min(lineEnd + 1, bytes.count)
    endsInCRLF = lineEnd > start && bytes[lineEnd - 1] == CSVByte.carriageReturn
    if endsInCRLF { lineEnd -= 1 }
    fields = bytes[start..<lineEnd]
      .split(separator: CSVByte.comma, omittingEmptySubsequences: false)
      .map { text in
        let name = String(decoding: text, as: UTF8.self)
        return Field(name: name, column: schema.first { $0.name == name })
      }
    var seen: Set<String> = []
    for field in fields where !seen.insert(field.name).inserted {
      throw malformed("the column is given twice in the header", column: field.name)
    }
    for column in schema where column.isRequired && !seen.contains(column.name) {
      let hasQuotes = seen.contains("\"\(column.name)\"")
      throw malformed(
        "the header lacks this column" + (hasQuotes ? "; quotes are not understood" : ""),
        column: column.name,
        found: CSVByte.quoted(UnsafeBufferPointer(rebasing: bytes[start..<lineEnd])))
    }
  }
}

/// Bytes that mean something in a CSV file, and bytes in the words of a message.
enum CSVByte {
  static let comma = UInt8(ascii: ",")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let minus = UInt8(ascii: "-")

  /// The start of some text in double quotes, with what cannot be printed made visible.
  static func quoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes.prefix(60), as: UTF8.self).unicodeScalars {
      text +=
        scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "\"\(text)\(bytes.count > 60 ? "…" : "")\""
  }
}
