import Foundation

/// Numbers as text for people, the same on every machine and in every locale.
public enum NumberText {
  /// What stands where there is no number.
  static let none = "–"

  /// A number with that many decimals, such as 0.1250; scientific where it is too large for that.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return none }
    let scaled = (abs(value) * powerOfTen(decimals)).rounded()
    guard scaled < 1e15 else { return scientific(value, digits: 3) }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = padded.dropLast(decimals)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
  }

  /// A number with that many significant digits, such as 12.3 or 0.00123.
  public static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return none }
    guard value != 0 else { return "0" }
    let exponent = decimalExponent(of: value)
    guard (-5..<7).contains(exponent) else { return scientific(value, digits: digits) }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// A number such as 2.5×10⁶.
  static func scientific(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return none }
    guard value != 0 else { return "0" }
    var exponent = decimalExponent(of: value)
    // In two steps, so that no power of ten is out of a double's range.
    var mantissa = value / powerOfTen(exponent / 2) / powerOfTen(exponent - exponent / 2)
    if abs(mantissa) * powerOfTen(digits - 1) + 0.5 >= powerOfTen(digits) {
      mantissa /= 10
      exponent += 1
    }
    let text = fixed(mantissa, decimals: digits - 1)
    return (text == "1" ? "" : text + "×") + "10" + superscript(exponent)
  }

  /// A whole number in groups of three digits, such as 520,346.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A number without its fraction, in groups of three digits.
  static func grouped(rounding value: Double) -> String {
    Int(exactly: value.rounded()).map { grouped($0) } ?? significant(value)
  }

  /// A number as it was set, such as 0.5.
  static func asSet(_ value: Double?) -> String {
    guard let value, value.isFinite else { return none }
    return Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// A score or another number up to 1, with four decimals or, if small, two significant digits.
  public static func score(_ value: Double?) -> String {
    guard let value, value.isFinite else { return none }
    return abs(value) < 0.01 && value != 0
      ? significant(value, digits: 2) : fixed(value, decimals: 4)
  }

  /// A share of the weight with four decimals, so that numbers stand under each other.
  static func share(_ value: Double?) -> String { value.map { fixed($0, decimals: 4) } ?? none }

  /// A score with its uncertainty, such as "0.9450 ± 0.0012".
  public static func score(_ value: Double?, uncertainty: Double?) -> String {
    guard let value, value.isFinite, let uncertainty, uncertainty.isFinite else {
      return score(value)
    }
    let smallest = min(abs(value), uncertainty > 0 ? uncertainty : abs(value))
    let wanted = smallest > 0 ? 1 - decimalExponent(of: smallest) : 4
    let decimals = min(8, max(4, wanted))
    return fixed(value, decimals: decimals) + " ± " + fixed(uncertainty, decimals: decimals)
  }

  /// A fraction in per cent, without the sign.
  static func percent(_ value: Double?) -> String {
    guard let value, value.isFinite else { return none }
    return fixed(value * 100, decimals: 2)
  }

  /// A time for people, such as "4.2 s", "3 min 20 s" or "2 h 05 min".
  public static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, abs(seconds) < 1e12 else { return none }
    if seconds < 59.95 { return significant(seconds, digits: seconds < 10 ? 2 : 3) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    let minutes = Int((seconds / 60).rounded())
    let rest = minutes % 60
    return "\(minutes / 60) h \(rest < 10 ? "0" : "")\(rest) min"
  }

  /// The power of ten of a number's leading digit; 0 for 0.
  static func decimalExponent(of value: Double) -> Int {
    let size = abs(value)
    guard size > 0, size.isFinite else { return 0 }
    let guess = Int(log10(size).rounded(.down))
    // The logarithm may be off by a bit at a power of ten.
    if size >= powerOfTen(guess + 1) { return guess + 1 }
    return size < powerOfTen(guess) ? guess - 1 : guess
  }

  /// 10 to that power, correctly rounded.
  static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .infinity }

  static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (number < 0 ? "⁻" : "")
      + String(String(number.magnitude).map { digits[$0.wholeNumberValue ?? 0] })
  }
}
