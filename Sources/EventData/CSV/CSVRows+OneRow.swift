extension CSVRows {
  /// Reads the row at `start` by itself; anything wrong with it is told here.
  ///
  /// - Returns: false where only line ends are left.
  mutating func nextRow() throws -> Bool {
    let lineEnd = bytes[start...].firstIndex(of: CSVByte.lineFeed) ?? bytes.count
    var end = lineEnd
    if end > start, bytes[end - 1] == CSVByte.carriageReturn { end -= 1 }
    guard end > start else {
      guard bytes[start...].contains(where: { $0 != 0x0A && $0 != 0x0D }) else {
        start = bytes.count
        return false
      }
      throw malformed(column: nil, found: nil, "the line is blank; a row was expected")
    }
    guard count < capacity else { return true }
    var fieldStart = start
    for index in fields.indices {
      let fieldEnd = bytes[fieldStart..<end].firstIndex(of: CSVByte.comma) ?? end
      let text = UnsafeBufferPointer(rebasing: bytes[fieldStart..<fieldEnd])
      if let column = fields[index].column, let destination = destinations[index] {
        try store(text, column, destination)
      }
      let isLast = index == fields.count - 1
      guard isLast == (fieldEnd == end) else {
        let row = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let given = row.count { $0 == CSVByte.comma } + 1
        throw malformed(
          column: isLast ? nil : fields[index + 1].name, found: CSVByte.quoted(row),
          "the row has \(given) field\(given == 1 ? "" : "s") where the header has \(fields.count)")
      }
      fieldStart = fieldEnd + 1
    }
    count += 1
    start = min(lineEnd + 1, bytes.count)
    return true
  }

  private func store(
    _ text: UnsafeBufferPointer<UInt8>, _ column: CSVColumn,
    _ destination: UnsafeMutableRawPointer
  ) throws {
    func failure(_ expected: String) -> EventDataError {
      malformed(column: column.name, found: CSVByte.quoted(text), expected)
    }
    switch column.kind {
    case .int32:
      guard let value = DecimalNumber.integer(text).flatMap(Int32.init(exactly:)) else {
        throw failure("a whole number that fits in 32 bits was expected")
      }
      destination.assumingMemoryBound(to: Int32.self)[count] = value
    case .int64:
      guard let value = DecimalNumber.integer(text) else {
        throw failure("a whole number that fits in 64 bits was expected")
      }
      destination.assumingMemoryBound(to: Int64.self)[count] = value
    case .double:
      guard let value = DecimalNumber.double(text) else {
        throw failure("a finite number was expected")
      }
      destination.assumingMemoryBound(to: Double.self)[count] = value
    }
  }

  private func malformed(column: String?, found: String?, _ expected: String) -> EventDataError {
    .malformed(
      file: file, line: CSVTable.line(ofRow: count), column: column, found: found,
      expected: expected)
  }
}
