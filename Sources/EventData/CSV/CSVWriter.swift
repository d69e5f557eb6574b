import Compression

/// Columns on their way into a CSV file.
struct CSVWriter {
  private var columns: [(name: String, values: CSVValues)] = []

  /// Tables of numbers come out no larger at level 1 than at higher ones, and in half the time.
  private static let compressionLevel: Int32 = 1

  mutating func add(_ name: String, _ values: [Int32]) { columns.append((name, .int32(values))) }
  mutating func add(_ name: String, _ values: [Int64]) { columns.append((name, .int64(values))) }
  mutating func add(_ name: String, _ values: [Double]) { columns.append((name, .double(values))) }

  /// Writes the file as a whole; the suffix .zst compresses it.
  ///
  /// - Throws: `EventDataError.unwritable`, also for columns of unequal length, numbers that are
  /// not
  ///   finite, and the suffix .gz.
  func write(to path: String) throws {
    func unwritable(_ reason: String) -> EventDataError { .unwritable(file: path, reason: reason) }
    guard !path.hasSuffix(".gz") else {
      throw unwritable("gzip files are read only; use the suffix .zst or none")
    }
    let count = columns.first?.values.count ?? 0
    for column in columns {
      guard column.values.count == count else {
        throw unwritable("column \(column.name) has \(column.values.count) rows, not \(count)")
      }
      if case .double(let values) = column.values,
        let row = values.firstIndex(where: { !$0.isFinite })
      {
        throw unwritable("column \(column.name) is \(values[row]) in row \(row + 1)")
      }
    }
    let text = text(rows: count)
    guard path.hasSuffix(".zst") else { return try AtomicFile.write(text, to: path) }
    let packed: [UInt8]
    do {
      packed = try text.withUnsafeBytes { try Zstandard.compress($0, level: Self.compressionLevel) }
    } catch {
      throw unwritable("\(error)")
    }
    try AtomicFile.write(packed, to: path)
  }

  private func text(rows: Int) -> [UInt8] {
    let head = Array(columns.map(\.name).joined(separator: ",").utf8)
    let most = head.count + 1 + rows * columns.count * (NumberText.longest + 1)
    return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      var text = NumberText(buffer)
      for byte in head { text.put(byte) }
      text.put(CSVByte.lineFeed)
      for row in 0..<rows {
        for column in columns.indices {
          if column > 0 { text.put(CSVByte.comma) }
          switch columns[column].values {
          case .int32(let values): text.put(Int64(values[row]))
          case .int64(let values): text.put(values[row])
          case .double(let values): text.put(values[row])
          }
        }
        text.put(CSVByte.lineFeed)
      }
      count = text.count
    }
  }
}

extension CSVValues {
  var count: Int {
    switch self {
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .double(let values): values.count
    }
  }
}
