import Compression

/// Columns on their way into a CSV file.
struct CSVWriter {
  private var columns: [(name: String, values: CSVValues)] = []

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
      packed = try text.withUnsafeBytes { try Zstandard.compress($0) }
    } catch {
      throw unwritable("\(error)")
    }
    try AtomicFile.write(packed, to: path)
  }

  private func text(rows: Int) -> [UInt8] {
    var text = Array(columns.map(\.name).joined(separator: ",").utf8)
    text.reserveCapacity(rows * columns.count * 9 + 256)
    text.append(CSVByte.lineFeed)
    for row in 0..<rows {
      for column in columns.indices {
        if column > 0 { text.append(CSVByte.comma) }
        switch columns[column].values {
        case .int32(let values): text.append(contentsOf: values[row].description.utf8)
        case .int64(let values): text.append(contentsOf: values[row].description.utf8)
        case .double(let values): Self.append(values[row], to: &text)
        }
      }
      text.append(CSVByte.lineFeed)
    }
    return text
  }

  /// The shortest digits that read back as the same double, whole numbers without a point.
  private static func append(_ value: Double, to text: inout [UInt8]) {
    text.append(contentsOf: value.description.utf8)
    if text.last == UInt8(ascii: "0"), text[text.count - 2] == UInt8(ascii: ".") {
      text.removeLast(2)
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
