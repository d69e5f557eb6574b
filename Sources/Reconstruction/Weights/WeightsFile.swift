import Compression
import JSONDocument

/// The bytes of a file of trained weights (`.tfw`).
///
/// ```
/// offset  bytes
///      0      8  "TFWEIGHT"
///      8      4  format version, little-endian
///     12         one zstd frame with a checksum, of
///                  4  H, length of the header, little-endian
///                  H  JSON header: what `ReconstructionWeights` says, and arrays (name, type, shape)
///                     the arrays in the header's order, little-endian
/// ```
/// The bytes are a function of the content alone.
struct WeightsFile {
  /// All but the arrays.
  var header: [JSONMember]
  var arrays: [WeightsArray]

  static let magic = Array("TFWEIGHT".utf8)
  static let version = 1
  /// Far more than any set has, unpacked.
  static let sizeLimit = 256 << 20

  func encoded() throws -> [UInt8] {
    let described = arrays.map { array -> JSONValue in
      [
        "name": .string(array.name), "type": .string(array.values.typeName),
        "shape": .array(array.shape.map { .integer($0) }),
      ]
    }
    let json = JSONValue.object(header + [JSONMember(name: "arrays", value: .array(described))])
    let text = Array(json.compactText.utf8)
    let content = Self.bytes(UInt32(text.count)) + text + arrays.flatMap(\.values.bytes)
    return Self.magic + Self.bytes(UInt32(Self.version))
      + (try content.withUnsafeBytes { try Zstandard.compress($0, level: 19) })
  }

  /// Reads and checks all of a file.
  ///
  /// - Parameter file: the name that errors quote.
  init(_ bytes: some Collection<UInt8>, file: String) throws(WeightsError) {
    let bytes = Array(bytes)
    guard bytes.starts(with: Self.magic) else { throw .notWeights(file: file) }
    func damaged(_ reason: String) -> WeightsError { .damaged(file: file, reason: reason) }
    guard let version = Self.number(bytes, at: Self.magic.count) else {
      throw damaged("the file is cut off")
    }
    guard version <= Self.version else {
      throw .newerFormat(file: file, found: version, known: Self.version)
    }
    let content: [UInt8]
    do {
      content = try bytes.withUnsafeBytes { raw throws(CompressionError) in
        try Zstandard.decompress(
          UnsafeRawBufferPointer(rebasing: raw[(Self.magic.count + 4)...]), limit: Self.sizeLimit)
      }
    } catch {
      throw damaged("\(error)")
    }
    guard let length = Self.number(content, at: 0), length <= content.count - 4,
      let json = try? JSONDocument(parsing: Array(content[4..<4 + length]), file: file).root,
      let members = json.members, let described = json["arrays"]?.arrayValue
    else { throw damaged("the header is not that of weights") }
    header = members.filter { $0.name != "arrays" }
    arrays = []
    var offset = 4 + length
    for entry in described {
      let shape = (entry["shape"]?.arrayValue ?? []).compactMap(\.intValue)
      guard let name = entry["name"]?.stringValue, let type = entry["type"]?.stringValue,
        let width = WeightsArray.Values.width(of: type),
        let size = Self.product(shape + [width]), size <= content.count - offset,
        let values = WeightsArray.Values(
          typeName: type, bytes: content[offset..<offset + size])
      else { throw damaged("an array is cut off or not described") }
      arrays.append(WeightsArray(name, shape: shape, values))
      offset += size
    }
    guard offset == content.count else {
      throw damaged("\(content.count - offset) bytes too many at its end")
    }
  }

  init(header: [JSONMember], arrays: [WeightsArray]) {
    self.header = header
    self.arrays = arrays
  }

  private static func product(_ sizes: [Int]) -> Int? {
    var product = 1
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      product = next
    }
    return product
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> Int? {
    guard bytes.count >= offset + 4 else { return nil }
    return bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
