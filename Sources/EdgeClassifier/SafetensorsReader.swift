import JSONDocument

/// Takes a safetensors file apart and checks every promise of its header.
struct SafetensorsReader {
  let bytes: [UInt8]
  let file: String

  func tensors() throws(EdgeClassifierError) -> [NamedTensor] {
    let dataStart = 8 + (try headerLength())
    let header = try header(length: dataStart - 8)
    var entries: [Entry] = []
    for member in header where member.name != "__metadata__" {
      entries.append(try entry(member, dataLength: bytes.count - dataStart))
    }
    entries.sort { ($0.offset, $0.length) < ($1.offset, $1.length) }
    var end = 0
    for entry in entries {
      guard entry.offset >= end else {
        throw problem("the data of '\(entry.name)' overlaps that of another tensor")
      }
      guard entry.offset == end else {
        throw problem("bytes \(end) to \(entry.offset) of the data belong to no tensor")
      }
      end += entry.length
    }
    guard end == bytes.count - dataStart else {
      throw problem("the last \(bytes.count - dataStart - end) bytes belong to no tensor")
    }
    return entries.map { entry in
      NamedTensor(
        name: entry.name, shape: entry.shape,
        values: floats(at: dataStart + entry.offset, count: entry.length / 4))
    }
  }

  private struct Entry {
    var name: String
    var shape: [Int]
    /// In bytes, from the start of the data.
    var offset: Int
    var length: Int
  }

  private func headerLength() throws(EdgeClassifierError) -> Int {
    guard bytes.count >= 8 else {
      throw problem("it has \(bytes.count) bytes, less than the header's length takes")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Safetensors.maximumHeader) else {
      throw problem("its header would have \(length) bytes, more than the format allows")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw problem("its header should have \(length) bytes, but \(bytes.count - 8) are there")
    }
    return Int(length)
  }

  private func header(length: Int) throws(EdgeClassifierError) -> [JSONMember] {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: Array(bytes[8..<8 + length]), file: "header")
    } catch {
      throw problem(error.description)
    }
    guard let members = document.root.members else {
      throw problem("its header is \(document.root.kindName), not an object")
    }
    return members
  }

  private func entry(
    _ member: JSONMember, dataLength: Int
  ) throws(EdgeClassifierError) -> Entry {
    let name = member.name
    guard let type = member.value["dtype"]?.stringValue else {
      throw problem("'\(name)' has no dtype")
    }
    guard type == "F32" else {
      throw problem("'\(name)' is of type \(type); only F32 is supported, convert or leave it out")
    }
    guard let shape = sizes(member.value["shape"]) else {
      throw problem("the shape of '\(name)' is not a list of sizes")
    }
    guard let offsets = sizes(member.value["data_offsets"]), offsets.count == 2,
      offsets[0] <= offsets[1], offsets[1] <= dataLength
    else {
      throw problem(
        "the data_offsets of '\(name)' are not two places, in order, in \(dataLength) bytes of data"
      )
    }
    var length = 4
    for size in shape {
      let product = length.multipliedReportingOverflow(by: size)
      guard !product.overflow else { throw problem("the shape of '\(name)' is too large") }
      length = product.partialValue
    }
    guard length == offsets[1] - offsets[0] else {
      throw problem(
        "'\(name)' of shape \(shape) takes \(length) bytes, but has \(offsets[1] - offsets[0])")
    }
    return Entry(name: name, shape: shape, offset: offsets[0], length: length)
  }

  private func sizes(_ value: JSONValue?) -> [Int]? {
    guard let list = value?.arrayValue else { return nil }
    let sizes = list.compactMap(\.intValue).filter { $0 >= 0 }
    return sizes.count == list.count ? sizes : nil
  }

  private func floats(at start: Int, count: Int) -> [Float] {
    bytes.withUnsafeBytes { raw in
      (0..<count).map { index in
        let bits = raw.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }

  private func problem(_ text: String) -> EdgeClassifierError {
    .invalidSafetensors(file: file, problem: text)
  }
}
