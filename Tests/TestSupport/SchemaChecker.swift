import JSONDocument

/// Holds JSON values against a JSON schema, for the keywords that our schemas use; any other is an error.
public struct SchemaChecker {
  public let root: JSONValue

  public init(root: JSONValue) { self.root = root }

  struct Unknown: Error, CustomStringConvertible {
    var description: String
  }

  /// What is wrong, each with its path; empty for what the schema allows.
  public func complaints(of value: JSONValue) throws -> [String] {
    try check(value, root, at: "$")
  }

  private func check(_ value: JSONValue, _ schema: JSONValue, at path: String) throws -> [String] {
    if let allowed = schema.boolValue { return allowed ? [] : ["\(path): nothing is allowed here"] }
    guard let keywords = schema.members else { throw Unknown(description: "no schema at \(path)") }
    var complaints: [String] = []
    for keyword in keywords {
      complaints += try check(value, keyword.name, keyword.value, of: schema, at: path)
    }
    return complaints
  }

  private func check(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, of schema: JSONValue,
    at path: String
  ) throws -> [String] {
    func holds(_ condition: Bool) -> [String] {
      condition ? [] : ["\(path): \(keyword) \(argument.compactText), not \(value.compactText)"]
    }
    switch keyword {
    case "$schema", "$defs", "title", "description", "default", "then", "else": return []
    case "$ref": return try check(value, definition(argument), at: path)
    case "type":
      let names = argument.arrayValue ?? [argument]
      return holds(names.contains { Self.isOfType(value, $0.stringValue ?? "") })
    case "enum": return holds(argument.arrayValue?.contains { Self.equal($0, value) } ?? false)
    case "const": return holds(Self.equal(argument, value))
    case "minimum": return holds(value.doubleValue.map { $0 >= argument.doubleValue! } ?? true)
    case "maximum": return holds(value.doubleValue.map { $0 <= argument.doubleValue! } ?? true)
    case "minLength":
      return holds(value.stringValue.map { $0.unicodeScalars.count >= argument.intValue! } ?? true)
    case "pattern":
      let pattern = try Regex(argument.stringValue!)
      return holds(try value.stringValue.map { try pattern.firstMatch(in: $0) != nil } ?? true)
    case "minItems": return holds(value.arrayValue.map { $0.count >= argument.intValue! } ?? true)
    case "maxItems": return holds(value.arrayValue.map { $0.count <= argument.intValue! } ?? true)
    case "uniqueItems":
      let texts = value.arrayValue?.map(\.canonicalText) ?? []
      return holds(argument != true || Set(texts).count == texts.count)
    case "minProperties":
      return holds(value.members.map { $0.count >= argument.intValue! } ?? true)
    case "required":
      return holds(
        value.members == nil || argument.arrayValue!.allSatisfy { value[$0.stringValue!] != nil })
    case "items":
      return try (value.arrayValue ?? []).enumerated().flatMap {
        try check($1, argument, at: "\(path)[\($0)]")
      }
    case "properties":
      return try (argument.members ?? []).flatMap { property in
        try value[property.name].map {
          try check($0, property.value, at: "\(path).\(property.name)")
        }
          ?? []
      }
    case "additionalProperties":
      return try (value.members ?? []).filter { schema["properties"]?[$0.name] == nil }.flatMap {
        try check($0.value, argument, at: "\(path).\($0.name)")
      }
    case "propertyNames":
      return try (value.members ?? []).flatMap {
        try check(.string($0.name), argument, at: "\(path).\($0.name)")
      }
    case "allOf": return try argument.arrayValue!.flatMap { try check(value, $0, at: path) }
    case "anyOf":
      let all = try argument.arrayValue!.map { try check(value, $0, at: path) }
      return all.contains { $0.isEmpty } ? [] : all.flatMap(\.self)
    case "not": return holds(try !check(value, argument, at: path).isEmpty)
    case "if":
      let branch = try check(value, argument, at: path).isEmpty ? "then" : "else"
      return try schema[branch].map { try check(value, $0, at: path) } ?? []
    default: throw Unknown(description: "unknown keyword \(keyword) at \(path)")
    }
  }

  private func definition(_ reference: JSONValue) throws -> JSONValue {
    let steps = (reference.stringValue ?? "").split(separator: "/").map(String.init)
    guard steps.first == "#",
      let found = steps.dropFirst().reduce(root as JSONValue?, { $0?[$1] })
    else { throw Unknown(description: "nothing at \(reference.compactText)") }
    return found
  }

  /// Numbers are equal by value, as JSON schema has it.
  private static func equal(_ one: JSONValue, _ other: JSONValue) -> Bool {
    one.canonicalText == other.canonicalText
  }

  private static func isOfType(_ value: JSONValue, _ name: String) -> Bool {
    switch name {
    case "object": value.members != nil
    case "array": value.arrayValue != nil
    case "string": value.stringValue != nil
    case "boolean": value.boolValue != nil
    case "number": value.doubleValue != nil
    case "integer": value.doubleValue.map { $0 == $0.rounded() } ?? false
    case "null": value == .null
    default: false
    }
  }
}
