/// Columns of numbers as bytes that a page carries, small without a compressor.
///
/// Three forms, one after another in one run of bytes:
///
///     "delta"   the difference to the number before, zigzag, seven bits a byte, lowest first (LEB128)
///     "float"   four bytes, IEEE 754 single, lowest byte first
///     "byte"    one byte
///
/// Neighbouring hits lie near each other and edges come sorted, so that a difference takes one or two bytes.
struct PackedColumns {
  struct Column {
    var name: String
    var form: String
    var count: Int
    var bytes: Int
  }

  private(set) var columns: [Column] = []
  private(set) var bytes: [UInt8] = []

  mutating func add(_ name: String, deltas values: some Sequence<Int>) {
    append(name, form: "delta") { bytes in
      var last = 0
      var count = 0
      for value in values {
        let step = value &- last
        var rest = UInt64(bitPattern: Int64((step << 1) ^ (step >> (Int.bitWidth - 1))))
        while rest >= 0x80 {
          bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
          rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
        last = value
        count += 1
      }
      return count
    }
  }

  mutating func add(_ name: String, floats values: some Sequence<Float>) {
    append(name, form: "float") { bytes in
      var count = 0
      for value in values {
        let bits = value.bitPattern
        for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * byte))) }
        count += 1
      }
      return count
    }
  }

  mutating func add(_ name: String, bytes values: some Sequence<UInt8>) {
    append(name, form: "byte") { bytes in
      let first = bytes.count
      bytes.append(contentsOf: values)
      return bytes.count - first
    }
  }

  private mutating func append(
    _ name: String, form: String, _ body: (inout [UInt8]) -> Int
  ) {
    let first = bytes.count
    let count = body(&bytes)
    columns.append(Column(name: name, form: form, count: count, bytes: bytes.count - first))
  }
}
