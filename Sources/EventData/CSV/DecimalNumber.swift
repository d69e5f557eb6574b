import Foundation

/// Numbers in text, read exactly: what `strtod` gives, bit by bit, for every text that it and the
/// format allow.
enum DecimalNumber {
  /// Reads a whole field as a finite decimal number; nil where it is none, or too large for a
  /// double.
  ///
  /// The grammar is `[+-] digits [. digits] [e [+-] digits]` with a digit before or after the
  /// point.
  @inline(never)
  static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var cursor = bytes.startIndex
    let negative = skipSign(bytes, &cursor)
    // The first 19 digits fit in 64 bits; those behind only count as "there is more".
    var mantissa: UInt64 = 0
    var significant = 0
    var exponent = 0
    var digits = 0
    var isExact = true
    func take(afterPoint: Bool) {
      while cursor < bytes.endIndex {
        let digit = bytes[cursor] &- UInt8(ascii: "0")
        guard digit < 10 else { return }
        if significant < 19 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if mantissa != 0 { significant += 1 }
          if afterPoint { exponent -= 1 }
        } else {
          isExact = false
        }
        digits += 1
        cursor += 1
      }
    }
    take(afterPoint: false)
    if cursor < bytes.endIndex, bytes[cursor] == UInt8(ascii: ".") {
      cursor += 1
      take(afterPoint: true)
    }
    guard digits > 0 else { return nil }
    if cursor < bytes.endIndex, bytes[cursor] | 0x20 == UInt8(ascii: "e") {
      cursor += 1
      guard let written = writtenExponent(bytes, &cursor) else { return nil }
      exponent += written
    }
    guard cursor == bytes.endIndex else { return nil }
    // Both factors are exact doubles, so one rounding is all there is (Clinger 1990).
    if isExact, mantissa <= 1 << 53, abs(exponent) <= 22 {
      let power = powersOfTen[abs(exponent)]
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return negative ? -value : value
    }
    return systemDouble(bytes)
  }

  /// Reads a whole field as a whole number; nil where it is none or does not fit.
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var cursor = bytes.startIndex
    let negative = skipSign(bytes, &cursor)
    guard cursor < bytes.endIndex else { return nil }
    var value: Int64 = 0
    while cursor < bytes.endIndex {
      let digit = bytes[cursor] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        negative
        ? product.subtractingReportingOverflow(Int64(digit))
        : product.addingReportingOverflow(Int64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
      cursor += 1
    }
    return value
  }

  /// The powers of ten that a double holds exactly.
  static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private static func skipSign(_ bytes: UnsafeBufferPointer<UInt8>, _ cursor: inout Int) -> Bool {
    guard cursor < bytes.endIndex else { return false }
    let isNegative = bytes[cursor] == UInt8(ascii: "-")
    if isNegative || bytes[cursor] == UInt8(ascii: "+") { cursor += 1 }
    return isNegative
  }

  /// The number behind the e; large ones are cut off where every result is 0 or infinite.
  private static func writtenExponent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ cursor: inout Int
  ) -> Int? {
    let negative = skipSign(bytes, &cursor)
    let start = cursor
    var value = 0
    while cursor < bytes.endIndex {
      let digit = bytes[cursor] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = min(value * 10 + Int(digit), 1_000_000)
      cursor += 1
    }
    guard cursor > start else { return nil }
    return negative ? -value : value
  }

  /// The C library's reading of a text whose grammar is known to be right.
  private static func systemDouble(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { text in
      for (index, byte) in bytes.enumerated() { text[index] = CChar(bitPattern: byte) }
      text[bytes.count] = 0
      return strtod(text.baseAddress!, nil)
    }
    return value.isFinite ? value : nil
  }
}
