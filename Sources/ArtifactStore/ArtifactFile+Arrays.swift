import Compression
import JSONDocument

extension ArtifactFile {
  /// An array as its entry in the header and its frame.
  static func code(_ array: ArtifactArray) throws -> (entry: JSONValue, frame: [UInt8]) {
    let filter = ArrayFilter.suiting(array)
    let frame: [UInt8]
    if let filter {
      frame = try filter.bytes(of: array).withUnsafeBytes {
        try Zstandard.compress($0, level: 1)
      }
    } else {
      frame = try array.values.withBytes { try Zstandard.compress($0, level: 1) }
    }
    let members = [
      JSONMember(name: "name", value: .string(array.name)),
      JSONMember(name: "type", value: .string(array.values.typeName)),
      JSONMember(name: "shape", value: .array(array.shape.map { .integer($0) })),
      JSONMember(name: "frame", value: .integer(frame.count)),
    ]
    let filtered = filter.map { [JSONMember(name: "filter", value: .string($0.rawValue))] } ?? []
    return (.object(members + filtered), frame)
  }

  /// How many arrays are worth a second core: one where there is much to do, all where there is little.
  static func block(of arrays: [ArtifactArray]) -> Int {
    let isLarge = arrays.reduce(0) { $0 + $1.values.count } > 100_000
    return isLarge ? 1 : max(1, arrays.count)
  }

  static func block(of arrays: [Header.Array]) -> Int {
    let isLarge = arrays.reduce(0) { $0 + $1.frame.count } > 100_000
    return isLarge ? 1 : max(1, arrays.count)
  }

  /// Reads and checks one array.
  static func array(
    _ entry: Header.Array, of bytes: UnsafeRawBufferPointer, path: String
  ) throws(ArtifactError) -> ArtifactArray {
    guard let width = ArtifactArray.Values.width(of: entry.type) else {
      throw .damaged(path: path, reason: "array \(entry.name) has the unknown type \(entry.type)")
    }
    var count = 1
    for axis in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: axis)
      guard !overflow, product <= maximumArray / width else {
        throw .damaged(path: path, reason: "array \(entry.name) has an impossible shape")
      }
      count = product
    }
    let content: [UInt8]
    do {
      content = try Zstandard.decompress(
        UnsafeRawBufferPointer(rebasing: bytes[entry.frame]), limit: count * width)
    } catch {
      throw .damaged(path: path, reason: "array \(entry.name): \(error)")
    }
    guard content.count == count * width,
      let values = entry.filter.map({
        $0.values(typeName: entry.type, shape: entry.shape, bytes: content)
      })
        ?? ArtifactArray.Values(typeName: entry.type, bytes: content)
    else { throw .damaged(path: path, reason: "array \(entry.name) has the wrong size") }
    return ArtifactArray(name: entry.name, shape: entry.shape, values: values)
  }
}
