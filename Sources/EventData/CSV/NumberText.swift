/// Numbers on their way into a buffer as decimal text.
struct NumberText {
  /// The most bytes that a number takes.
  static let longest = 25

  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// - Parameter buffer: room for all that will be put there.
  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func put(_ value: Int64) {
    if value < 0 { put(UInt8(ascii: "-")) }
    let digits = Self.digitCount(value.magnitude)
    put(value.magnitude, digits: digits)
  }

  /// The shortest digits that read back as the same double, whole numbers without a point.
  @inline(__always)
  mutating func put(_ value: Double) {
    let size = value.magnitude
    // Up to six significant digits are written from a whole number; a number whose digits, read back, give the same
    // double has no shorter form of another value.
    guard size >= 1e-4, size < 1e6 else { return putSlowly(value) }
    var places = 0
    while places < 9, size * Self.powers[places] < 99_999.5 { places += 1 }
    let scaled = (size * Self.powers[places]).rounded()
    guard scaled / Self.powers[places] == size else { return putSlowly(value) }
    if value < 0 { put(UInt8(ascii: "-")) }
    var whole = UInt64(scaled)
    while places > 0, whole % 10 == 0 {
      whole /= 10
      places -= 1
    }
    putDecimal(whole, places: places)
  }

  /// Writes a whole number with the decimal point that many places from its end.
  @inline(__always)
  private mutating func putDecimal(_ whole: UInt64, places: Int) {
    guard places > 0 else { return put(whole, digits: Self.digitCount(whole)) }
    let digits = max(places + 1, Self.digitCount(whole))
    let point = count + digits - places
    put(whole, digits: digits)
    var index = count
    while index > point {
      buffer[index] = buffer[index - 1]
      index -= 1
    }
    buffer[point] = UInt8(ascii: ".")
    count += 1
  }

  private mutating func putSlowly(_ value: Double) {
    let start = count
    for byte in value.description.utf8 { put(byte) }
    if count - start > 2, buffer[count - 1] == UInt8(ascii: "0"),
      buffer[count - 2] == UInt8(ascii: ".")
    {
      count -= 2
    }
  }

  /// Writes a whole number with zeros in front up to a number of digits.
  @inline(__always)
  private mutating func put(_ value: UInt64, digits: Int) {
    var rest = value
    var index = count + digits
    while index > count {
      index -= 1
      let next = rest / 10
      buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - next * 10)
      rest = next
    }
    count += digits
  }

  @inline(__always)
  private static func digitCount(_ value: UInt64) -> Int {
    var (digits, limit) = (1, UInt64(10))
    while digits < 20, value >= limit {
      digits += 1
      if digits < 20 { limit &*= 10 }
    }
    return digits
  }

  /// Exact powers of ten.
  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}
