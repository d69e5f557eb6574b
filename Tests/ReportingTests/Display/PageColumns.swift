import Foundation
import JSONDocument
import Testing

/// What a display's page carries, read back as its script does.
struct PageColumns {
  let description: JSONValue
  private var bytes: [String: (form: String, count: Int, bytes: ArraySlice<UInt8>)] = [:]

  init(of page: String) throws {
    let json = try #require(Self.element("display-description", of: page))
    description = try JSONDocument(parsing: Array(json.utf8), file: "page").root
    let text = try #require(Self.element("display-data", of: page))
    let data = try #require(Data(base64Encoded: text))
    var start = 0
    for column in try #require(description["columns"]?.arrayValue) {
      let name = try #require(column["name"]?.stringValue)
      let size = try #require(column["bytes"]?.intValue)
      bytes[name] = (
        column["form"]?.stringValue ?? "", column["count"]?.intValue ?? -1,
        Array(data)[start..<start + size]
      )
      start += size
    }
    #expect(start == data.count)
  }

  /// The content of the script element with that id.
  private static func element(_ id: String, of page: String) -> String? {
    guard let open = page.range(of: "id=\"\(id)\">"),
      let close = page.range(of: "</script>", range: open.upperBound..<page.endIndex)
    else { return nil }
    return String(page[open.upperBound..<close.lowerBound])
  }

  func has(_ name: String) -> Bool { bytes[name] != nil }

  func integers(_ name: String) throws -> [Int] {
    let column = try #require(bytes[name])
    if column.form == "byte" { return column.bytes.map(Int.init) }
    #expect(column.form == "delta")
    var values: [Int] = []
    var (code, shift, last) = (0, 0, 0)
    for byte in column.bytes {
      code |= Int(byte & 127) << shift
      shift += 7
      guard byte < 128 else { continue }
      last += code & 1 == 0 ? code >> 1 : -(code >> 1) - 1
      values.append(last)
      (code, shift) = (0, 0)
    }
    #expect(values.count == column.count)
    return values
  }

  func floats(_ name: String) throws -> [Float] {
    let column = try #require(bytes[name])
    #expect(column.form == "float")
    let all = Array(column.bytes)
    let values = stride(from: 0, to: all.count, by: 4).map { at in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(all[at + $1]) << (8 * $1) })
    }
    #expect(values.count == column.count)
    return values
  }
}
