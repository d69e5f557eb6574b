import Crypto
import Foundation
import JSONDocument

/// The name of an artifact: the SHA-256 of the canonical JSON that says how it is made.
///
/// The text names the stage kind and its version, the parameters and the keys or content digests
/// of the inputs, and nothing else: no path, time, host or worker count.
public struct ArtifactKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The digest's 32 bytes as four numbers, the first byte the highest. A plan holds keys by the hundred thousand,
  /// and a vector's alignment would cost each of them as much again.
  private let first, second, third, fourth: UInt64

  public init(of text: JSONValue) { self.init(ofCanonicalText: text.canonicalText) }

  /// The key of a text that is canonical already.
  public init(ofCanonicalText text: String) {
    var text = text
    self = text.withUTF8 { Self(hashing: UnsafeRawBufferPointer($0)) }
  }

  /// The key that is the digest of some bytes.
  init(hashing bytes: some DataProtocol) {
    self = SHA256.hash(data: bytes).withUnsafeBytes { Self(bytes: $0)! }
  }

  /// A key from its hexadecimal text; nil unless it is 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, digit) in hex.utf8.enumerated() {
      let value: UInt64
      switch digit {
      case 0x30...0x39: value = UInt64(digit - 0x30)
      case 0x61...0x66: value = UInt64(digit - 0x61 + 10)
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | value
    }
    self.init(words)
  }

  /// A key from its 32 bytes; nil for any other number of bytes.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    var words = SIMD4<UInt64>()
    for index in 0..<4 {
      words[index] = UInt64(
        bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    self.init(words)
  }

  private init(_ words: SIMD4<UInt64>) {
    (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
  }

  private var words: SIMD4<UInt64> { SIMD4(first, second, third, fourth) }

  /// Calls the body with the key's 32 bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    var bytes = words
    for index in 0..<4 { bytes[index] = words[index].bigEndian }
    return try withUnsafeBytes(of: &bytes, body)
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String {
    withBytes { bytes in
      String(unsafeUninitializedCapacity: 64) { text in
        for (index, byte) in bytes.enumerated() {
          text[2 * index] = Self.digit(byte >> 4)
          text[2 * index + 1] = Self.digit(byte & 15)
        }
        return 64
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// A number that hardly any other key has, for the byte of a file that stands for this key.
  var position: Int64 { Int64(first >> 2) }

  public var description: String { hex }
  /// The first digits, enough for a person to tell artifacts apart.
  public var short: String { String(hex.prefix(12)) }

  public static func < (left: Self, right: Self) -> Bool {
    (left.first, left.second, left.third, left.fourth)
      < (right.first, right.second, right.third, right.fourth)
  }
}
