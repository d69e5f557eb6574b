extension EventReader {
  /// The columns of an event's files, in the challenge's order; a graph is no table and has none.
  static func schema(of file: EventFile) -> [CSVColumn] {
    switch file {
    case .hits:
      [
        CSVColumn("hit_id", .int32, minimum: 1), CSVColumn("x", .double), CSVColumn("y", .double),
        CSVColumn("z", .double), CSVColumn("volume_id", .int32), CSVColumn("layer_id", .int32),
        CSVColumn("module_id", .int32),
      ]
    case .truth:
      [CSVColumn("hit_id", .int32, minimum: 1), CSVColumn("particle_id", .int64, minimum: 0)]
        + ["tx", "ty", "tz", "tpx", "tpy", "tpz"].map { CSVColumn($0, .double) }
        + [CSVColumn("weight", .double, minimum: 0)]
    case .particles:
      [
        CSVColumn("particle_id", .int64, minimum: 1),
        CSVColumn("particle_type", .int32, isRequired: false),
      ] + ["vx", "vy", "vz", "px", "py", "pz"].map { CSVColumn($0, .double) }
        + [CSVColumn("q", .int32), CSVColumn("nhits", .int32, minimum: 0)]
    case .cells:
      [
        CSVColumn("hit_id", .int32, minimum: 1), CSVColumn("ch0", .int32),
        CSVColumn("ch1", .int32), CSVColumn("value", .double),
      ]
    case .graph: []
    }
  }

  static let submissionSchema: [CSVColumn] = [
    CSVColumn("event_id", .int32, minimum: 0, isRequired: false),
    CSVColumn("hit_id", .int32, minimum: 1), CSVColumn("track_id", .int64),
  ]

  static let detectorSchema: [CSVColumn] =
    ["volume_id", "layer_id", "module_id"].map { CSVColumn($0, .int32) }
    + (["cx", "cy", "cz"] + DetectorTable.rotationColumns).map { CSVColumn($0, .double) }
    + ["module_t", "module_minhu", "module_maxhu", "module_hv", "pitch_u", "pitch_v"].map {
      CSVColumn($0, .double, minimum: 0)
    }
}

extension CSVTable {
  func requireRows() throws {
    guard rowCount == 0 else { return }
    throw EventDataError.malformed(
      file: file, line: 2, column: nil, found: nil,
      expected: "the file ends after its header; at least one row was expected")
  }

  /// Throws for the first row whose value an earlier row has too.
  func requireDistinct<Value: Hashable>(_ values: [Value], column: String) throws {
    var firstRows: [Value: Int] = [:]
    firstRows.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      if let first = firstRows.updateValue(row, forKey: value) {
        throw EventDataError.malformed(
          file: self.file, line: CSVTable.line(ofRow: row), column: column, found: "\(value)",
          expected: "line \(CSVTable.line(ofRow: first)) has it already; it must be given once")
      }
    }
  }

  /// The same for numbers, which are in order in nearly every file and then need no table.
  func requireDistinct<Value: FixedWidthInteger>(_ values: [Value], column: String) throws {
    let isAscending = values.withUnsafeBufferPointer { values in
      (1..<max(values.count, 1)).allSatisfy { values[$0 - 1] < values[$0] }
    }
    if isAscending { return }
    var firstRows: [Value: Int] = [:]
    firstRows.reserveCapacity(values.count)
    for (row, value) in values.enumerated() {
      guard let first = firstRows.updateValue(row, forKey: value) else { continue }
      throw EventDataError.malformed(
        file: file, line: CSVTable.line(ofRow: row), column: column, found: "\(value)",
        expected: "line \(CSVTable.line(ofRow: first)) has it already; it must be given once")
    }
  }
}
