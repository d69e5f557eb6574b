/// A column that files of some kind have or may have.
struct CSVColumn: Sendable {
  enum Kind: Sendable { case int32, int64, double }

  let name: String
  let kind: Kind
  let isRequired: Bool
  /// The least value allowed.
  let minimum: Double?

  init(_ name: String, _ kind: Kind, minimum: Double? = nil, isRequired: Bool = true) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.minimum = minimum
  }
}

/// The values of one column.
enum CSVValues {
  case int32([Int32])
  case int64([Int64])
  case double([Double])
}

/// The columns of a file by name; a column that is absent gives an empty array.
struct CSVTable {
  let file: String
  let rowCount: Int
  let columns: [String: CSVValues]

  func int32(_ name: String) -> [Int32] {
    if case .int32(let values) = columns[name] { values } else { [] }
  }

  func int64(_ name: String) -> [Int64] {
    if case .int64(let values) = columns[name] { values } else { [] }
  }

  func double(_ name: String) -> [Double] {
    if case .double(let values) = columns[name] { values } else { [] }
  }

  /// The file's line that holds a row.
  static func line(ofRow row: Int) -> Int { row + 2 }
}
