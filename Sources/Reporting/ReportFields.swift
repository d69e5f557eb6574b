import JSONDocument

/// The members of one object of a report, read with errors that name the place.
struct ReportFields {
  let value: JSONValue
  /// Where the object stands, such as `results.tracks[0]`; empty for the root.
  let path: String

  init(_ value: JSONValue, path: String = "") throws(ReportError) {
    self.value = value
    self.path = path
    guard value.members != nil else {
      throw .unexpected(
        path: path.isEmpty ? "the report" : path, expected: "an object", found: value.kindName)
    }
  }

  func string(_ name: String) throws(ReportError) -> String {
    try required(name, "a string") { $0.stringValue }
  }

  func boolean(_ name: String) throws(ReportError) -> Bool {
    try required(name, "true or false") { $0.boolValue }
  }

  func integer(_ name: String) throws(ReportError) -> Int {
    try required(name, "a whole number") { $0.intValue }
  }

  func number(_ name: String) throws(ReportError) -> Double {
    try required(name, "a number") { $0.doubleValue }
  }

  func any(_ name: String) throws(ReportError) -> JSONValue {
    try required(name, "a value") { $0 }
  }

  func optionalString(_ name: String) throws(ReportError) -> String? {
    try optional(name, "a string or null") { $0.stringValue }
  }

  func optionalInteger(_ name: String) throws(ReportError) -> Int? {
    try optional(name, "a whole number or null") { $0.intValue }
  }

  func optionalNumber(_ name: String) throws(ReportError) -> Double? {
    try optional(name, "a number or null") { $0.doubleValue }
  }

  func object(_ name: String) throws(ReportError) -> ReportFields {
    try ReportFields(any(name), path: path(of: name))
  }

  func optionalObject(_ name: String) throws(ReportError) -> ReportFields? {
    guard let value = value[name], value != .null else { return nil }
    return try ReportFields(value, path: path(of: name))
  }

  func numbers(_ name: String) throws(ReportError) -> [Double] {
    try elements(name, "a number") { $0.doubleValue }
  }

  func integers(_ name: String) throws(ReportError) -> [Int] {
    try elements(name, "a whole number") { $0.intValue }
  }

  func strings(_ name: String) throws(ReportError) -> [String] {
    try elements(name, "a string") { $0.stringValue }
  }

  /// Whole numbers, some of which may be null.
  func optionalIntegers(_ name: String) throws(ReportError) -> [Int?] {
    try elements(name, "a whole number or null") { value -> Int?? in
      value == .null ? .some(nil) : value.intValue.map { .some($0) }
    }
  }

  func objects<Element>(
    _ name: String, _ make: (ReportFields) throws(ReportError) -> Element
  ) throws(ReportError) -> [Element] {
    let values = try required(name, "a list") { $0.arrayValue }
    var result: [Element] = []
    for (index, value) in values.enumerated() {
      result.append(try make(ReportFields(value, path: "\(path(of: name))[\(index)]")))
    }
    return result
  }

  /// The objects of a list that earlier reports do not have; none then.
  func optionalObjects<Element>(
    _ name: String, _ make: (ReportFields) throws(ReportError) -> Element
  ) throws(ReportError) -> [Element] {
    guard let value = value[name], value != .null else { return [] }
    return try objects(name, make)
  }

  func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private func required<Value>(
    _ name: String, _ expected: String, _ read: (JSONValue) -> Value?
  ) throws(ReportError) -> Value {
    guard let member = value[name] else {
      throw .missing(path: path(of: name), expected: expected)
    }
    guard let result = read(member) else {
      throw .unexpected(path: path(of: name), expected: expected, found: member.kindName)
    }
    return result
  }

  private func optional<Value>(
    _ name: String, _ expected: String, _ read: (JSONValue) -> Value?
  ) throws(ReportError) -> Value? {
    guard let member = value[name], member != .null else { return nil }
    return try required(name, expected, read)
  }

  private func elements<Value>(
    _ name: String, _ expected: String, _ read: (JSONValue) -> Value?
  ) throws(ReportError) -> [Value] {
    let values = try required(name, "a list") { $0.arrayValue }
    var result: [Value] = []
    for (index, value) in values.enumerated() {
      guard let element = read(value) else {
        throw .unexpected(
          path: "\(path(of: name))[\(index)]", expected: expected, found: value.kindName)
      }
      result.append(element)
    }
    return result
  }
}

extension JSONValue {
  /// A number, or null where there is none or it is not finite.
  static func measured(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }

  static func optional(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
  static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
  static func list(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }
  static func list(_ values: [Double]) -> JSONValue { .array(values.map { .number($0) }) }
}
