/// How the bytes of an array are laid out before they are compressed: so that like ones lie together.
///
/// Numbers of several bytes become planes, first the lowest byte of each, then the second, and so on:
/// the highest bytes of neighbours are mostly alike. Whole numbers that rise slowly become their
/// differences first, signs in the lowest bit.
enum ArrayFilter: String {
  case planes
  case differences

  /// The filter that suits some values; it follows from them alone. Nil for bytes, which stay as they are.
  static func suiting(_ values: ArtifactArray.Values) -> ArrayFilter? {
    switch values {
    case .uint8: nil
    case .int32(let numbers): suiting(numbers)
    case .int64(let numbers): suiting(numbers)
    case .float32, .float64: .planes
    }
  }

  /// Differences where they need fewer bits than the numbers, as far as a sample tells.
  private static func suiting<Number: FixedWidthInteger & SignedInteger>(
    _ numbers: [Number]
  ) -> ArrayFilter {
    var (plain, differences) = (0, 0)
    for start in stride(from: 1, to: numbers.count, by: 64) {
      for index in start..<min(start + 8, numbers.count) {
        plain += Number.bitWidth - zigzag(numbers[index]).leadingZeroBitCount
        differences +=
          Number.bitWidth - zigzag(numbers[index] &- numbers[index - 1]).leadingZeroBitCount
      }
    }
    return differences < plain ? .differences : .planes
  }

  /// The bytes as they are compressed.
  func bytes(of values: ArtifactArray.Values) -> [UInt8] {
    switch values {
    case .uint8(let bytes): bytes
    case .int32(let numbers): bytePlanes(of: self == .differences ? zigzagDifferences(numbers) : unsigned(numbers))
    case .int64(let numbers): bytePlanes(of: self == .differences ? zigzagDifferences(numbers) : unsigned(numbers))
    case .float32(let numbers): bytePlanes(of: bits(numbers) as [UInt32])
    case .float64(let numbers): bytePlanes(of: bits(numbers) as [UInt64])
    }
  }

  /// The values behind such bytes; nil for an unknown type.
  func values(typeName: String, bytes: [UInt8]) -> ArtifactArray.Values? {
    switch typeName {
    case "i4":
      .int32(self == .differences ? sums(numbers32(bytes)) : bits(numbers32(bytes)))
    case "i8":
      .int64(self == .differences ? sums(numbers64(bytes)) : bits(numbers64(bytes)))
    case "f4": self == .planes ? .float32(bits(numbers32(bytes))) : nil
    case "f8": self == .planes ? .float64(bits(numbers64(bytes))) : nil
    default: nil
    }
  }
}

// MARK: - Planes

private func bytePlanes<Number: FixedWidthInteger & UnsignedInteger>(of numbers: [Number]) -> [UInt8] {
  let (count, width) = (numbers.count, Number.bitWidth / 8)
  return [UInt8](unsafeUninitializedCapacity: count * width) { bytes, initialized in
    numbers.withUnsafeBufferPointer { numbers in
      for plane in 0..<width {
        let target = bytes.baseAddress! + plane * count
        let shift = Number(8 * plane)
        for index in 0..<count {
          target[index] = UInt8(truncatingIfNeeded: numbers[index] &>> shift)
        }
      }
    }
    initialized = count * width
  }
}

private func numbers32(_ bytes: [UInt8]) -> [UInt32] {
  let count = bytes.count / 4
  return [UInt32](unsafeUninitializedCapacity: count) { numbers, initialized in
    bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return }
      let (a, b, c, d) = (first, first + count, first + 2 * count, first + 3 * count)
      for index in 0..<count {
        numbers[index] =
          UInt32(a[index]) | UInt32(b[index]) &<< 8 | UInt32(c[index]) &<< 16
          | UInt32(d[index]) &<< 24
      }
    }
    initialized = count
  }
}

private func numbers64(_ bytes: [UInt8]) -> [UInt64] {
  let half = bytes.count / 2
  let low = numbers32(Array(bytes[..<half]))
  let high = numbers32(Array(bytes[half...]))
  return zip(low, high).map { UInt64($0) | UInt64($1) &<< 32 }
}

// MARK: - Bits and differences

private func unsigned(_ numbers: [Int32]) -> [UInt32] { bits(numbers) }
private func unsigned(_ numbers: [Int64]) -> [UInt64] { bits(numbers) }

/// The same bits as another type of the same size.
private func bits<From: BitwiseCopyable, To: BitwiseCopyable>(_ values: [From]) -> [To] {
  [To](unsafeUninitializedCapacity: values.count) { target, initialized in
    values.withUnsafeBytes { UnsafeMutableRawBufferPointer(target).copyMemory(from: $0) }
    initialized = values.count
  }
}

/// 0, -1, 1, -2, … as 0, 1, 2, 3, …
private func zigzag<Number: FixedWidthInteger & SignedInteger>(_ number: Number)
  -> Number.Magnitude
{
  Number.Magnitude(truncatingIfNeeded: (number &<< 1) ^ (number &>> Number(Number.bitWidth - 1)))
}

private func zigzagDifferences<Number: FixedWidthInteger & SignedInteger>(_ numbers: [Number])
  -> [Number.Magnitude] where Number.Magnitude: FixedWidthInteger
{
  let count = numbers.count
  return [Number.Magnitude](unsafeUninitializedCapacity: count) { target, initialized in
    numbers.withUnsafeBufferPointer { numbers in
      if count > 0 { target[0] = zigzag(numbers[0]) }
      for index in 1..<max(1, count) { target[index] = zigzag(numbers[index] &- numbers[index - 1]) }
    }
    initialized = count
  }
}

private func sums<Number: FixedWidthInteger & SignedInteger>(_ differences: [Number.Magnitude])
  -> [Number] where Number.Magnitude: FixedWidthInteger
{
  let count = differences.count
  return [Number](unsafeUninitializedCapacity: count) { target, initialized in
    differences.withUnsafeBufferPointer { differences in
      var sum: Number = 0
      for index in 0..<count {
        let code = differences[index]
        let number = Number(truncatingIfNeeded: code &>> 1)
        sum = sum &+ (number ^ -Number(truncatingIfNeeded: code & 1))
        target[index] = sum
      }
    }
    initialized = count
  }
}
