/// The checksum that gzip and ZIP files carry of their content (RFC 1952, section 8).
public enum CRC32 {
  /// The checksum of bytes.
  public static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}
