import CNumericKernels

extension CSVRows {
  /// Reads rows whose field ends are known, column by column.
  ///
  /// - Returns: the number of rows before the first that is not plain.
  func readPlainRows(_ rows: Int) -> Int {
    var plain = rows
    for (index, field) in fields.enumerated() {
      let ends = UnsafePointer(ends.places + (ends.first + 1 + index))
      let column = Column(
        ends: ends, stride: stride, terminator: terminators[index], raw: raw,
        powersOfTen: powersOfTen)
      guard let kind = field.column?.kind, let destination = destinations[index] else {
        plain = column.pass(over: plain)
        continue
      }
      switch kind {
      case .int32:
        plain = column.read32(plain, to: destination.assumingMemoryBound(to: Int32.self) + count)
      case .int64:
        plain = column.read64(plain, to: destination.assumingMemoryBound(to: Int64.self) + count)
      case .double:
        plain = column.readDoubles(
          plain, to: destination.assumingMemoryBound(to: Double.self) + count)
      }
    }
    if stride > fields.count {
      // The line feed must follow its carriage return at once.
      let ends = ends.places + (ends.first + stride)
      for row in 0..<plain {
        let end = Int(ends[row * stride])
        guard bytes[end] == CSVByte.lineFeed, Int(ends[row * stride - 1]) + 1 == end else {
          return row
        }
      }
    }
    return plain
  }
}

/// One column of a block of plain rows; each reading gives the number of rows before one that is
/// not plain.
private struct Column {
  /// The end of the column's field in the first row; that of the next row is `stride` further.
  let ends: UnsafePointer<UInt32>
  let stride: Int
  let terminator: UInt8
  let raw: UnsafeRawPointer
  let powersOfTen: UnsafePointer<Double>

  @inline(__always)
  private func byte(_ offset: Int) -> UInt8 { raw.load(fromByteOffset: offset, as: UInt8.self) }

  @inline(__always)
  private func text(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: (raw + start).assumingMemoryBound(to: UInt8.self), count: end &- start)
  }

  /// Where the field of a row starts and ends; nil where it does not end as it must.
  @inline(__always)
  private func field(_ row: Int) -> (start: Int, end: Int)? {
    let place = row &* stride
    let end = Int(ends[place])
    guard byte(end) == terminator else { return nil }
    return (Int(ends[place &- 1]) &+ 1, end)
  }

  func pass(over rows: Int) -> Int {
    for row in 0..<rows where field(row) == nil { return row }
    return rows
  }

  func read32(_ rows: Int, to values: UnsafeMutablePointer<Int32>) -> Int {
    read(
      rows, to: values, with: { TextKernels.best.pointee.read_integers($0, $1, $2, $3, $4) },
      odd: { start, end in
        DecimalNumber.integer(text(start, end)).flatMap(Int32.init(exactly:))
      })
  }

  func read64(_ rows: Int, to values: UnsafeMutablePointer<Int64>) -> Int {
    for row in 0..<rows {
      guard let (start, end) = field(row) else { return row }
      let negative = byte(start) == CSVByte.minus
      let length = end &- start &- (negative ? 1 : 0)
      if length > 0, length <= 18 {
        let word = EightDigits.load(raw, endingAt: end, length: min(length, 8))
        guard EightDigits.areDigits(word) else { return row }
        var value = EightDigits.value(word)
        if length > 8 {
          let word = EightDigits.load(raw, endingAt: end &- 8, length: min(length &- 8, 8))
          guard EightDigits.areDigits(word) else { return row }
          value &+= EightDigits.value(word) &* 100_000_000
          if length > 16 {
            let ones = UInt64(byte(end &- 17) ^ 0x30)
            let tens = length > 17 ? UInt64(byte(end &- 18) ^ 0x30) : 0
            guard max(ones, tens) < 10 else { return row }
            value &+= (tens &* 10 &+ ones) &* 10_000_000_000_000_000
          }
        }
        let signed = Int64(truncatingIfNeeded: value)
        values[row] = negative ? 0 &- signed : signed
      } else {
        guard let value = DecimalNumber.integer(text(start, end)) else { return row }
        values[row] = value
      }
    }
    return rows
  }

  func readDoubles(_ rows: Int, to values: UnsafeMutablePointer<Double>) -> Int {
    read(
      rows, to: values, with: { TextKernels.best.pointee.read_doubles($0, $1, $2, $3, $4) },
      odd: { start, end in
        let negative = byte(start) == CSVByte.minus
        guard let magnitude = smallFraction(start &+ (negative ? 1 : 0), end) else {
          return DecimalNumber.double(text(start, end))
        }
        return negative ? -magnitude : magnitude
      })
  }

  /// Reads a column with a kernel, and the few numbers that are nothing for it one by one.
  @inline(__always)
  private func read<Value>(
    _ rows: Int, to values: UnsafeMutablePointer<Value>,
    with kernel: (
      UnsafePointer<tfk_text_column>, Int64, UnsafeMutablePointer<Value>,
      UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Int64>
    ) -> Int64,
    odd value: (_ start: Int, _ end: Int) -> Value?
  ) -> Int {
    var column = tfk_text_column(
      text: raw.assumingMemoryBound(to: UInt8.self), ends: ends, stride: Int64(stride),
      terminator: terminator)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(rows, 1)) { odd in
      var oddCount: Int64 = 0
      let plain = Int(kernel(&column, Int64(rows), values, odd.baseAddress!, &oddCount))
      for index in 0..<Int(oddCount) {
        let row = Int(odd[index])
        let place = row &* stride
        guard let read = value(Int(ends[place &- 1]) &+ 1, Int(ends[place])) else { return row }
        values[row] = read
      }
      return plain
    }
  }

  /// A number 0.0xxxxxx of nine or ten characters, which "%g" gives as well; nil for others.
  @inline(__always)
  private func smallFraction(_ start: Int, _ end: Int) -> Double? {
    let length = end &- start
    guard length > 8, length <= 10, byte(start) == UInt8(ascii: "0"),
      byte(start &+ 1) == UInt8(ascii: ".")
    else { return nil }
    let word = EightDigits.load(raw, endingAt: end, length: length &- 2)
    guard EightDigits.areDigits(word) else { return nil }
    return Double(Int64(bitPattern: EightDigits.value(word))) / powersOfTen[length &- 2]
  }
}
