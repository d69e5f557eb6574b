/// How the bytes of an array are laid out before they are compressed: so that like ones lie together.
///
/// Numbers of several bytes become planes, first the lowest byte of each, then the second, and so on:
/// the highest bytes of neighbours are mostly alike. Whole numbers that rise slowly become their
/// differences first, signs in the lowest bit. A table of a few columns is taken column by column.
enum ArrayFilter: String {
  case planes
  case differences

  /// The filter that suits an array; it follows from it alone. Nil for bytes, which stay as they are.
  static func suiting(_ array: ArtifactArray) -> ArrayFilter? {
    switch array.values {
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
    for start in stride(from: 1, to: numbers.count, by: 1024) {
      for index in start..<min(start + 8, numbers.count) {
        plain += Number.bitWidth - zigzag(numbers[index]).leadingZeroBitCount
        differences +=
          Number.bitWidth - zigzag(numbers[index] &- numbers[index - 1]).leadingZeroBitCount
      }
    }
    return differences < plain ? .differences : .planes
  }

  /// The bytes as they are compressed.
  func bytes(of array: ArtifactArray) -> [UInt8] {
    let columns = Self.columns(of: array.shape)
    return switch array.values {
    case .uint8(let bytes): bytes
    case .int32(let numbers): planes(byColumns(numbers, columns), UInt32.self)
    case .int64(let numbers): planes(byColumns(numbers, columns), UInt64.self)
    case .float32(let numbers): planes(byColumns(numbers, columns), UInt32.self)
    case .float64(let numbers): planes(byColumns(numbers, columns), UInt64.self)
    }
  }

  private func planes<Value, Bits: FixedWidthInteger & UnsignedInteger>(
    _ values: [Value], _: Bits.Type
  ) -> [UInt8] {
    values.withUnsafeBytes { bytes in
      let numbers = bytes.bindMemory(to: Bits.self)
      return self == .differences
        ? zigzagDifferences(numbers).withUnsafeBufferPointer(bytePlanes(of:))
        : bytePlanes(of: numbers)
    }
  }

  /// The values behind such bytes; nil where the filter does not go with the type.
  func values(typeName: String, shape: [Int], bytes: [UInt8]) -> ArtifactArray.Values? {
    let columns = Self.columns(of: shape)
    switch typeName {
    case "i4": return .int32(byRows(numbers(bytes, UInt32.self), columns))
    case "i8": return .int64(byRows(numbers(bytes, UInt64.self), columns))
    case "f4" where self == .planes: return .float32(byRows(numbers(bytes, UInt32.self), columns))
    case "f8" where self == .planes: return .float64(byRows(numbers(bytes, UInt64.self), columns))
    default: return nil
    }
  }

  private func numbers<Value, Bits: FixedWidthInteger & UnsignedInteger>(
    _ bytes: [UInt8], _: Bits.Type
  ) -> [Value] {
    let count = bytes.count / MemoryLayout<Bits>.size
    return [Value](unsafeUninitializedCapacity: count) { target, initialized in
      let numbers = UnsafeMutableRawBufferPointer(target).bindMemory(to: Bits.self)
      bytes.withUnsafeBufferPointer { join($0, into: numbers.prefix(count)) }
      if self == .differences { addUp(numbers.prefix(count)) }
      initialized = count
    }
  }

  /// How many columns an array of that shape is taken by: 1 for all but tables of 2 to 16.
  private static func columns(of shape: [Int]) -> Int {
    shape.count == 2 && (2...16).contains(shape[1]) ? shape[1] : 1
  }
}

// MARK: - Columns

private func byColumns<Number>(_ numbers: [Number], _ columns: Int) -> [Number] {
  columns > 1 ? transposed(numbers, rows: numbers.count / columns, columns: columns) : numbers
}

private func byRows<Number>(_ numbers: [Number], _ columns: Int) -> [Number] {
  columns > 1 ? transposed(numbers, rows: columns, columns: numbers.count / columns) : numbers
}

private func transposed<Number>(_ numbers: [Number], rows: Int, columns: Int) -> [Number] {
  [Number](unsafeUninitializedCapacity: numbers.count) { target, initialized in
    numbers.withUnsafeBufferPointer { numbers in
      for column in 0..<columns {
        for row in 0..<rows {
          target.initializeElement(at: column * rows + row, to: numbers[row * columns + column])
        }
      }
    }
    initialized = numbers.count
  }
}

// MARK: - Planes

private func bytePlanes<Bits: FixedWidthInteger & UnsignedInteger>(
  of numbers: UnsafeBufferPointer<Bits>
) -> [UInt8] {
  let (count, width) = (numbers.count, MemoryLayout<Bits>.size)
  return [UInt8](unsafeUninitializedCapacity: count * width) { bytes, initialized in
    for plane in 0..<(count == 0 ? 0 : width) {
      let target = bytes.baseAddress! + plane * count
      let shift = Bits(8 * plane)
      for index in 0..<count {
        target[index] = UInt8(truncatingIfNeeded: numbers[index] &>> shift)
      }
    }
    initialized = count * width
  }
}

/// Puts numbers together from their planes, four planes at a time.
private func join<Bits: FixedWidthInteger & UnsignedInteger>(
  _ bytes: UnsafeBufferPointer<UInt8>, into numbers: Slice<UnsafeMutableBufferPointer<Bits>>
) {
  let count = numbers.count
  guard count > 0, let first = bytes.baseAddress else { return }
  let target = numbers.base.baseAddress!
  for part in 0..<MemoryLayout<Bits>.size / 4 {
    let planes = first + 4 * part * count
    let (a, b, c, d) = (planes, planes + count, planes + 2 * count, planes + 3 * count)
    for index in 0..<count {
      let word =
        UInt32(a[index]) | UInt32(b[index]) &<< 8 | UInt32(c[index]) &<< 16
        | UInt32(d[index]) &<< 24
      target[index] =
        part == 0
        ? Bits(truncatingIfNeeded: word)
        : target[index] | Bits(truncatingIfNeeded: word) &<< Bits(truncatingIfNeeded: 32)
    }
  }
}

// MARK: - Differences

/// 0, -1, 1, -2, … as 0, 1, 2, 3, …
private func zigzag<Number: FixedWidthInteger & SignedInteger>(_ number: Number)
  -> Number.Magnitude
{
  Number.Magnitude(truncatingIfNeeded: (number &<< 1) ^ (number &>> Number(Number.bitWidth - 1)))
}

/// The same of numbers given as their bits, for the differences of neighbours.
private func zigzagDifferences<Bits: FixedWidthInteger & UnsignedInteger>(
  _ numbers: UnsafeBufferPointer<Bits>
) -> [Bits] {
  let count = numbers.count
  return [Bits](unsafeUninitializedCapacity: count) { target, initialized in
    func code(_ difference: Bits) -> Bits {
      (difference &<< 1) ^ (0 &- (difference &>> Bits(Bits.bitWidth - 1)))
    }
    if count > 0 { target[0] = code(numbers[0]) }
    for index in 1..<max(1, count) { target[index] = code(numbers[index] &- numbers[index - 1]) }
    initialized = count
  }
}

/// Makes numbers of their differences, in place.
private func addUp<Bits: FixedWidthInteger & UnsignedInteger>(
  _ differences: Slice<UnsafeMutableBufferPointer<Bits>>
) {
  guard let target = differences.base.baseAddress else { return }
  var sum: Bits = 0
  for index in 0..<differences.count {
    let code = target[index]
    sum = sum &+ ((code &>> 1) ^ (0 &- (code & 1)))
    target[index] = sum
  }
}
