/// Up to eight characters of a number handled at once in a machine word.
///
/// Words are loaded so that the number's last character is the word's highest byte; what stands
/// before the number is cleared to the digit 0. Source of the multiplications: D. Lemire, "Quickly
/// parsing eight digits".
struct EightDigits {
  static let zeros: UInt64 = 0x3030_3030_3030_3030
  private static let tops: UInt64 = 0x8080_8080_8080_8080
  /// A decimal point after `zeros` has been taken off.
  private static let points: UInt64 = 0x1E1E_1E1E_1E1E_1E1E

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

  /// Closes the gap of a decimal point and tells how many digits follow it, 0 where there is none.
  ///
  /// A second point stays in the word and so is found by `areDigits`.
  @inline(__always)
  static func withoutPoint(_ word: UInt64) -> (word: UInt64, decimals: Int) {
    let marked = word ^ points
    let flags = ~(((marked & ~tops) &+ ~tops) | marked) & tops
    // The point at byte i sets bit 8 i + 7 alone: all bits up to there, and the number 7 - i of
    // bytes above.
    let upToPoint = (flags &<< 1) &- (flags == 0 ? 0 : 1)
    let decimals = Int(truncatingIfNeeded: ((flags >> 7) &* 0x7060_5040_3020_1000) >> 60)
    return ((word & ~upToPoint) | ((word & (upToPoint >> 8)) << 8), decimals)
  }
}
