extension CSVTable {
  /// Reads a CSV file's columns by the names in its header.
  ///
  /// - Throws: `EventDataError`.
  init(path: String, schema: [CSVColumn]) throws {
    let content = try FileContent(path: path)
    self = try content.withBytes { try CSVTable($0, file: path, schema: schema) }
  }

  /// Reads the columns of a CSV text of less than 4 GiB.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, schema: [CSVColumn]) throws {
    let header = try CSVHeader(bytes, file: file, schema: schema)
    // Rows tend to get longer down the file, so the first ones give an estimate that is rarely too
    // low.
    let sample = bytes[header.end...].prefix(1 << 16)
    let lines = sample.count { $0 == CSVByte.lineFeed } + 1
    let estimate = (bytes.count - header.end) / max(sample.count / lines, 1)
    let reading =
      try Reading(bytes, file, header, capacity: estimate + estimate / 8 + 64)
      ?? Reading(bytes, file, header, capacity: bytes.count { $0 == CSVByte.lineFeed } + 1)
    guard let reading else { preconditionFailure("more rows than lines") }
    self.init(file: file, rowCount: reading.rowCount, columns: reading.columns)
    for column in schema { try check(column) }
  }

  private func check(_ column: CSVColumn) throws {
    guard let minimum = column.minimum, let values = columns[column.name] else { return }
    let found: (row: Int, text: String)? =
      switch values {
      case .int32(let values):
        values.firstIndex { Double($0) < minimum }.map { ($0, "\(values[$0])") }
      case .int64(let values):
        values.firstIndex { Double($0) < minimum }.map { ($0, "\(values[$0])") }
      case .double(let values):
        values.firstIndex { $0 < minimum }.map { ($0, "\(values[$0])") }
      }
    guard let found else { return }
    throw EventDataError.malformed(
      file: file, line: CSVTable.line(ofRow: found.row), column: column.name, found: found.text,
      expected: "a number of at least \(Int(minimum)) was expected")
  }
}

/// The filling of columns: each array is made while those after it are, and the innermost step
/// reads the rows.
private struct Reading {
  var rowCount = 0
  var columns: [String: CSVValues] = [:]

  /// Nil where the file has more rows than `capacity`.
  init?(
    _ bytes: UnsafeBufferPointer<UInt8>, _ file: String, _ header: CSVHeader, capacity: Int
  ) throws {
    var destinations = [UnsafeMutableRawPointer?](repeating: nil, count: header.fields.count)
    var isComplete = false
    try fill(header.fields[...], &destinations, capacity: capacity) { destinations in
      try DecimalNumber.powersOfTen.withUnsafeBufferPointer { powers in
        var rows = CSVRows(
          bytes, file: file, header: header, destinations: destinations,
          powersOfTen: powers.baseAddress!, capacity: capacity)
        defer { rows.ends.deallocate() }
        if let count = CSVHalves.read(rows, of: bytes) {
          isComplete = true
          return count
        }
        isComplete = try rows.read()
        return rows.count
      }
    }
    guard isComplete else { return nil }
  }

  private mutating func fill(
    _ fields: ArraySlice<CSVHeader.Field>, _ destinations: inout [UnsafeMutableRawPointer?],
    capacity: Int, read: ([UnsafeMutableRawPointer?]) throws -> Int
  ) throws {
    guard let field = fields.first else {
      rowCount = try read(destinations)
      return
    }
    func values<Value>(of: Value.Type) throws -> [Value] {
      try [Value](unsafeUninitializedCapacity: capacity) { buffer, count in
        destinations[fields.startIndex] = UnsafeMutableRawPointer(buffer.baseAddress)
        try fill(fields.dropFirst(), &destinations, capacity: capacity, read: read)
        count = rowCount
      }
    }
    switch field.column?.kind {
    case .int32: columns[field.name] = .int32(try values(of: Int32.self))
    case .int64: columns[field.name] = .int64(try values(of: Int64.self))
    case .double: columns[field.name] = .double(try values(of: Double.self))
    case nil: try fill(fields.dropFirst(), &destinations, capacity: capacity, read: read)
    }
  }
}
