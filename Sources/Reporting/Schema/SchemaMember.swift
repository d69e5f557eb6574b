import JSONDocument

/// A member of an object of the report, as the published schema describes it: a line each.
struct SchemaMember: Sendable {
  var name: String
  /// The keywords of its type.
  var type: [JSONMember]
  /// With the unit at its end.
  var description: String
  /// Reports of before there was such a thing do not have it.
  var isRequired = true

  static func text(_ name: String, _ description: String) -> Self {
    Self(name: name, type: type("string"), description: description)
  }

  static func flag(_ name: String, _ description: String) -> Self {
    Self(name: name, type: type("boolean"), description: description)
  }

  /// A whole number from 0 on.
  static func count(_ name: String, _ description: String) -> Self {
    Self(
      name: name, type: type("integer") + [JSONMember(name: "minimum", value: 0)],
      description: description)
  }

  static func number(_ name: String, unit: String, _ description: String) -> Self {
    Self(name: name, type: type("number"), description: "\(description) Unit: \(unit).")
  }

  /// A number from 0 to 1, or null where there is none.
  static func share(_ name: String, _ description: String) -> Self {
    Self(
      name: name,
      type: type("number", "null") + [
        JSONMember(name: "minimum", value: 0), JSONMember(name: "maximum", value: 1),
      ], description: "\(description) Unit: 1, from 0 to 1.")
  }

  /// One of some words.
  static func choice(_ name: String, among words: [String], _ description: String) -> Self {
    Self(
      name: name,
      type: [JSONMember(name: "enum", value: .array(words.map { .string($0) }))],
      description: description)
  }

  /// Whatever JSON can hold.
  static func any(_ name: String, _ description: String) -> Self {
    Self(name: name, type: [], description: description)
  }

  /// An object of members that the workflow decides.
  static func openObject(_ name: String, _ description: String) -> Self {
    Self(name: name, type: type("object"), description: description)
  }

  /// An object that the schema describes by that name.
  static func object(_ name: String, _ definition: String, _ description: String) -> Self {
    Self(
      name: name, type: [JSONMember(name: "$ref", value: reference(to: definition))],
      description: description)
  }

  /// A list of objects that the schema describes by that name.
  static func objects(_ name: String, _ definition: String, _ description: String) -> Self {
    list(name, ["$ref": reference(to: definition)], description)
  }

  static func numbers(_ name: String, unit: String, _ description: String) -> Self {
    list(name, ["type": "number"], "\(description) Unit: \(unit).")
  }

  /// Numbers, with null in the place of those that do not exist.
  static func numbersOrNull(_ name: String, unit: String, _ description: String) -> Self {
    list(name, ["type": ["number", "null"]], "\(description) Unit: \(unit).")
  }

  static func countsOrNull(_ name: String, _ description: String) -> Self {
    list(name, ["type": ["integer", "null"], "minimum": 0], description)
  }

  static func texts(_ name: String, _ description: String) -> Self {
    list(name, ["type": "string"], description)
  }

  static func counts(_ name: String, _ description: String) -> Self {
    list(name, ["type": "integer", "minimum": 0], description)
  }

  static func anything(_ name: String, _ description: String) -> Self {
    list(name, true, description)
  }

  private static func list(_ name: String, _ items: JSONValue, _ description: String) -> Self {
    Self(
      name: name, type: type("array") + [JSONMember(name: "items", value: items)],
      description: description)
  }

  /// The same, or null where there is none.
  var orNull: Self {
    var member = self
    if let place = type.firstIndex(where: { $0.name == "type" }) {
      let names = type[place].value.arrayValue ?? [type[place].value]
      member.type[place].value = .array(names.filter { $0 != "null" } + ["null"])
    } else {
      member.type = [
        JSONMember(name: "anyOf", value: .array([.object(type), ["type": "null"]]))
      ]
    }
    return member
  }

  /// The same, which need not be there.
  var optional: Self {
    var member = self
    member.isRequired = false
    return member
  }

  var schema: JSONValue {
    .object(type + [JSONMember(name: "description", value: .string(description))])
  }

  private static func type(_ names: String...) -> [JSONMember] {
    let value: JSONValue =
      names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) })
    return [JSONMember(name: "type", value: value)]
  }

  private static func reference(to definition: String) -> JSONValue {
    .string("#/$defs/\(definition)")
  }
}

extension JSONValue {
  /// The schema of an object; members that it does not name are allowed, for later versions may have some.
  static func schema(ofObjectWith members: [SchemaMember]) -> JSONValue {
    [
      "type": "object",
      "properties": .object(members.map { JSONMember(name: $0.name, value: $0.schema) }),
      "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
    ]
  }
}
