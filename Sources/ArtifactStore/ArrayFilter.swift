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
  func bytes(of array: ArtifactArray) -> [UInt8] {
    let columns = Self.columns(of: array.shape)
    return switch array.values {
    case .uint8(let bytes): bytes
    case .int32(let numbers): bytes(of: byColumns(numbers, columns), unsigned)
    case .int64(let numbers): bytes(of: byColumns(numbers, columns), unsigned)
    case .float32(let numbers): bytePlanes(of: bits(byColumns(numbers, columns)) as [UInt32])
    case .float64(let numbers): bytePlanes(of: bits(byColumns(numbers, columns)) as [UInt64])
    }
  }

  private func bytes<Number: FixedWidthInteger & SignedInteger>(
    of numbers: [Number], _ unsigned: ([Number]) -> [Number.Magnitude]
  ) -> [UInt8] where Number.Magnitude: FixedWidthInteger {
    bytePlanes(of: self == .differences ? zigzagDifferences(numbers) : unsigned(numbers))
  }

  /// The values behind such bytes; nil where the filter does not go with the type.
  func values(typeName: String, shape: [Int], bytes: [UInt8]) -> ArtifactArray.Values? {
    let columns = Self.columns(of: shape)
    switch (typeName, self) {
    case ("i4", .planes): return .int32(byRows(bits(numbers32(bytes)), columns))
    case ("i4", .differences): return .int32(byRows(sums(numbers32(bytes)), columns))
    case ("i8", .planes): return .int64(byRows(bits(numbers64(bytes)), columns))
    case ("i8", .differences): return .int64(byRows(sums(numbers64(bytes)), columns))
    case ("f4", .planes): return .float32(byRows(bits(numbers32(bytes)), columns))
    case ("f8", .planes): return .float64(byRows(bits(numbers64(bytes)), columns))
    default: return nil
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

private func bytePlanes<Number: FixedWidthInteger & UnsignedInteger>(of numbers: [Number])
  -> [UInt8]
{
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
      for index in 1..<max(1, count) {
        target[index] = zigzag(numbers[index] &- numbers[index - 1])
      }
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
