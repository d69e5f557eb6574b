import Compression
import Testing

struct ZstandardTests {
  private func compress(_ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try Zstandard.compress($0) }
  }

  private func decompress(_ bytes: [UInt8], limit: Int = 1 << 24) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try Zstandard.decompress($0, limit: limit) }
  }

  @Test(arguments: [0, 1, 1000, 131_071, 131_072, 131_073, 1_000_000])
  func bytesComeBack(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    #expect(try decompress(compress(bytes)) == bytes)
  }

  @Test func framesThatFollowEachOtherAreJoined() throws {
    #expect(try decompress(compress([1, 2, 3]) + compress([4, 5])) == [1, 2, 3, 4, 5])
  }

  @Test func everyTruncationIsRefused() throws {
    let packed = try compress(Array("some text that is long enough to have a body".utf8))
    for length in 1..<packed.count {
      #expect(throws: CompressionError.self) { try decompress(Array(packed.prefix(length))) }
    }
  }

  @Test func flippedBitsAreRefused() throws {
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 3) }
    let packed = try compress(bytes)
    for place in stride(from: 0, to: packed.count, by: 7) {
      var damaged = packed
      damaged[place] ^= 0x04
      // A few header bits say nothing about the content; what does come out must be right.
      if let result = try? decompress(damaged) { #expect(result == bytes) }
    }
  }

  @Test func theLimitIsTheLastByteAllowed() throws {
    let packed = try compress([UInt8](repeating: 7, count: 100_000))
    #expect(try decompress(packed, limit: 100_000).count == 100_000)
    #expect(throws: CompressionError.tooLarge(limit: 99_999)) {
      try decompress(packed, limit: 99_999)
    }
  }
}
