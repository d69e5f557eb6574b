import JSONDocument

/// What a stage kind says of one of its parameters; the schema, the checks and the defaults come from it.
public struct ParameterSpec: Sendable {
  public enum ValueType: Sendable {
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case boolean
    case text
    case choice([String])
    /// A list of some of these names, none twice.
    case choices([String])
    /// An amount of memory, such as "2 GB".
    case memory
    /// A path; its content, not its name, decides whether results are taken from the cache.
    case file
    /// A list of whole numbers.
    case integers(ClosedRange<Int>)
    /// Two numbers of a range, the lower first.
    case interval(ClosedRange<Double>)
  }

  public var name: String
  public var type: ValueType
  /// Taken when the workflow says nothing; null where the parameter may be left out.
  public var defaultValue: JSONValue
  public var unit: String?
  /// One sentence on what it does.
  public var description: String
  /// False for what changes how a result is computed but not its bits (threads); such a parameter is in no key.
  public var affectsResult: Bool

  public init(
    _ name: String, _ type: ValueType, default defaultValue: JSONValue, unit: String? = nil,
    affectsResult: Bool = true, _ description: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.unit = unit
    self.description = description
    self.affectsResult = affectsResult
  }
}

extension ParameterSpec {
  /// The value in its canonical form; nil where it isn't of the parameter's type and range.
  func accepted(_ value: JSONValue) -> JSONValue? {
    if value == .null { return defaultValue == .null ? .null : nil }
    switch type {
    case .integer(let range):
      guard let whole = Self.whole(value), range.contains(whole) else { return nil }
      return .integer(whole)
    case .number(let range):
      guard let number = value.doubleValue, range.contains(number) else { return nil }
      return .number(number)
    case .boolean: return value.boolValue.map { .bool($0) }
    case .text, .file: return value.stringValue.map { .string($0) }
    case .choice(let names):
      guard let name = value.stringValue, names.contains(name) else { return nil }
      return value
    case .choices(let known):
      guard let values = value.arrayValue else { return nil }
      let names = values.compactMap(\.stringValue)
      guard names.count == values.count, names.allSatisfy(known.contains),
        Set(names).count == names.count
      else { return nil }
      return value
    case .memory: return value.stringValue.flatMap(MemorySize.init).map { _ in value }
    case .integers(let range):
      guard let values = value.arrayValue else { return nil }
      let whole = values.compactMap(Self.whole)
      guard whole.count == values.count, whole.allSatisfy(range.contains) else { return nil }
      return .array(whole.map { .integer($0) })
    case .interval(let range):
      guard let values = value.arrayValue?.compactMap(\.doubleValue), values.count == 2,
        value.arrayValue?.count == 2, values[0] < values[1], values.allSatisfy(range.contains)
      else { return nil }
      return .array(values.map { .number($0) })
    }
  }

  private static func whole(_ value: JSONValue) -> Int? {
    value.intValue ?? value.doubleValue.flatMap(Int.init(exactly:))
  }

  /// What a value should have been, in words.
  var expectation: String {
    let words =
      switch type {
      case .integer(let range): "a whole number \(Self.words(range.lowerBound, range.upperBound))"
      case .number(let range): "a number \(Self.words(range.lowerBound, range.upperBound))"
      case .boolean: "true or false"
      case .text: "a string"
      case .choice(let names): "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
      case .file: "the path of a file"
      case .choices(let names):
        "a list of names among " + names.map { "\"\($0)\"" }.joined(separator: ", ")
      case .memory: "an amount of memory such as \"2 GB\" or \"800 MB\""
      case .integers(let range):
        "a list of whole numbers \(Self.words(range.lowerBound, range.upperBound))"
      case .interval(let range):
        "a list of two numbers \(Self.words(range.lowerBound, range.upperBound)), the lower first"
      }
    return words + (unit.map { " (\($0))" } ?? "") + (defaultValue == .null ? " or null" : "")
  }

  /// What to say of a value that is not accepted.
  func complaint(of value: JSONValue) -> String {
    var words = "\(expectation) was expected, not \(value.compactText)"
    switch type {
    case .choice(let names): words += didYouMean(value, among: names)
    case .choices(let names):
      let wrong = (value.arrayValue ?? [value]).first {
        $0.stringValue.map { !names.contains($0) } ?? true
      }
      words += didYouMean(wrong ?? .null, among: names)
    default: break
    }
    return words
  }

  private static func words(_ lower: Int, _ upper: Int) -> String {
    upper == .max ? "of at least \(lower)" : "from \(lower) to \(upper)"
  }

  private static func words(_ lower: Double, _ upper: Double) -> String {
    upper == .greatestFiniteMagnitude ? "of at least \(lower)" : "from \(lower) to \(upper)"
  }
}
