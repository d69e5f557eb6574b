import Compression
import Foundation
import TestSupport
import Testing

struct GzipTests {
  /// A small file.
  private static let packed: [UInt8] = stored(Array("hello, hello, hello\n".utf8))

  /// A gzip file with one stored block (RFC 1951, 3.2.4).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let length = UInt32(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1] + littleEndian(length, 2)
      + littleEndian(~length, 2) + bytes + littleEndian(~crc, 4) + littleEndian(length, 4)
  }

  private func decompress(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.appending("file.gz")
    try Data(bytes).write(to: URL(filePath: path))
    return try Gzip.decompress(fileAt: path, limit: limit)
  }

  @Test func filesAndFilesInARowAreUnpacked() throws {
    #expect(try decompress(Self.packed) == Array("hello, hello, hello\n".utf8))
    #expect(try decompress(Self.packed + Self.packed).count == 40)
    let long = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    #expect(try decompress(Self.stored(long)) == long)
  }

  @Test func damagedFilesAreRefusedInWords() throws {
    for length in [3, 12, Self.packed.count - 1] {
      #expect(throws: CompressionError.damaged("unexpected end of file")) {
        try decompress(Array(Self.packed.prefix(length)))
      }
    }
    var wrongSum = Self.packed
    wrongSum[Self.packed.count - 6] ^= 1
    #expect(throws: CompressionError.self) { try decompress(wrongSum) }
    #expect(throws: CompressionError.damaged("not in gzip format")) {
      try decompress(Array("just text".utf8))
    }
    #expect(throws: CompressionError.self) {
      try Gzip.decompress(fileAt: "/nowhere/file.gz", limit: 1)
    }
  }

  @Test func theLimitIsTheLastByteAllowed() throws {
    #expect(try decompress(Self.packed, limit: 20).count == 20)
    #expect(throws: CompressionError.tooLarge(limit: 19)) {
      try decompress(Self.packed, limit: 19)
    }
  }
}
