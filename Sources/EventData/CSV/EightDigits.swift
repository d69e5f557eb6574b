/// Up to eight characters of a number handled at once in a machine word.
///
/// Words are loaded so that the number's last character is the word's highest byte; what stands
/// before the number is cleared to the digit 0. Source of the multiplications: D. Lemire, "Quickly
/// parsing eight digits".
struct EightDigits {
  static let zeros: UInt64 = 0x3030_3030_3030_3030
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The word that ends before an offset, cut to `length` characters (1...8), characters less "0".
  @inline(__always)
  static func load(_ bytes: UnsafeRawPointer, endingAt end: Int, length: Int) -> UInt64 {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self))
    return (word ^ zeros) & (UInt64.max &<< UInt64(truncatingIfNeeded: 64 &- 8 &* length))
  }

  /// True where each byte is a digit's value.
  @inline(__always)
  static func areDigits(_ word: UInt64) -> Bool {
    ((word &+ 0x7676_7676_7676_7676) | word) & tops == 0
  }

  /// The number that eight digits write, the lowest byte being the first.
  @inline(__always)
  static func value(_ word: UInt64) -> UInt64 {
    let pairs = word &* 10 &+ (word >> 8)
    let high = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let low = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (high &+ low) >> 32
  }
}
