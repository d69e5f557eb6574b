/// A message of Google's protocol buffers on its way into bytes.
///
/// Fields stand in the order in which they are put. Source: the encoding's description at
/// protobuf.dev/programming-guides/encoding; what ONNX needs of it.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// A whole number as a varint.
  mutating func put(_ field: Int, _ value: Int) {
    tag(field, wire: 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// A number of 32 bits.
  mutating func put(_ field: Int, _ value: Float) {
    tag(field, wire: 5)
    for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * place))) }
  }

  mutating func put(_ field: Int, _ value: String) { put(field, Array(value.utf8)) }

  /// Bytes, or whole numbers that are packed.
  mutating func put(_ field: Int, _ value: [UInt8]) {
    tag(field, wire: 2)
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func put(_ field: Int, _ message: ProtocolBuffer) { put(field, message.bytes) }

  mutating func put(_ field: Int, packed values: [Int]) {
    var list = ProtocolBuffer()
    for value in values { list.varint(UInt64(bitPattern: Int64(value))) }
    put(field, list.bytes)
  }

  private mutating func tag(_ field: Int, wire: Int) { varint(UInt64(field << 3 | wire)) }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
