import JSONDocument

extension ParameterSpec {
  /// The parameter as a JSON schema: type, range, default, and unit in the description.
  var schema: JSONValue {
    let nullable = defaultValue == .null
    var members = typeMembers
    if nullable { members = Self.nullable(members) }
    members.append(JSONMember(name: "default", value: defaultValue))
    members.append(
      JSONMember(
        name: "description", value: .string(description + (unit.map { " Unit: \($0)." } ?? ""))))
    return .object(members)
  }

  private var typeMembers: [JSONMember] {
    switch type {
    case .integer(let range): Self.integer(range).members ?? []
    case .number(let range): Self.number(range).members ?? []
    case .boolean: [JSONMember(name: "type", value: "boolean")]
    case .text, .file: [JSONMember(name: "type", value: "string")]
    case .choice(let names):
      [JSONMember(name: "enum", value: .array(names.map { .string($0) }))]
    case .choices(let names):
      [
        JSONMember(name: "type", value: "array"),
        JSONMember(name: "items", value: ["enum": .array(names.map { .string($0) })]),
        JSONMember(name: "uniqueItems", value: true),
      ]
    case .memory:
      [
        JSONMember(name: "type", value: "string"),
        JSONMember(name: "pattern", value: .string(MemorySize.pattern)),
      ]
    case .integers(let range):
      [
        JSONMember(name: "type", value: "array"),
        JSONMember(name: "items", value: Self.integer(range)),
      ]
    case .interval(let range):
      [
        JSONMember(name: "type", value: "array"),
        JSONMember(name: "items", value: Self.number(range)),
        JSONMember(name: "minItems", value: 2), JSONMember(name: "maxItems", value: 2),
      ]
    }
  }

  private static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    var members = [
      JSONMember(name: "type", value: "integer"),
      JSONMember(name: "minimum", value: .integer(range.lowerBound)),
    ]
    if range.upperBound != .max {
      members.append(JSONMember(name: "maximum", value: .integer(range.upperBound)))
    }
    return .object(members)
  }

  private static func number(_ range: ClosedRange<Double>) -> JSONValue {
    var members = [
      JSONMember(name: "type", value: "number"),
      JSONMember(name: "minimum", value: .number(range.lowerBound)),
    ]
    if range.upperBound != .greatestFiniteMagnitude {
      members.append(JSONMember(name: "maximum", value: .number(range.upperBound)))
    }
    return .object(members)
  }

  /// The same type, or null.
  private static func nullable(_ members: [JSONMember]) -> [JSONMember] {
    members.map { member in
      switch (member.name, member.value) {
      case ("type", let type): JSONMember(name: "type", value: .array([type, "null"]))
      case ("enum", .array(let names)): JSONMember(name: "enum", value: .array(names + [.null]))
      default: member
      }
    }
  }
}
