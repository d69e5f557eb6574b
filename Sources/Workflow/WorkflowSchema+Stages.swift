import JSONDocument

extension WorkflowSchema {
  /// A stage of a file that stands by itself.
  static func stage(kinds: [any StageKind]) -> JSONValue {
    [
      "type": "object",
      "properties": .object(keys(kinds: kinds, isChange: false)),
      "required": ["uses"],
      "additionalProperties": false,
      "allOf": .array(
        kinds.map { kind in
          perKind(
            kind, parameters: ["$ref": .string("#/$defs/\(kind.name)")],
            matrix: matrix(of: kind, isChange: false))
        }),
    ]
  }

  /// A stage of a file that extends another: some of a stage, or null.
  static func changedStage(kinds: [any StageKind]) -> JSONValue {
    [
      "type": ["object", "null"],
      "properties": .object(
        keys(kinds: kinds, isChange: true).map { member in
          JSONMember(
            name: member.name,
            value: member.name == "uses" ? member.value : nullable(member.value))
        }),
      "additionalProperties": false,
      "allOf": .array(
        kinds.map { kind in
          perKind(
            kind, parameters: changedParameters(of: kind), matrix: matrix(of: kind, isChange: true))
        }),
    ]
  }

  /// The parameters of a kind, which the other parts of the schema refer to.
  static func parameters(of kind: any StageKind) -> JSONValue {
    [
      "type": "object",
      "description": .string("Parameters of \(kind.name). \(kind.summary)"),
      "additionalProperties": false,
      "properties": .object(
        kind.parameters.map { JSONMember(name: $0.name, value: $0.schema) }),
    ]
  }

  /// What a stage may say whatever it uses.
  private static func keys(kinds: [any StageKind], isChange: Bool) -> [JSONMember] {
    func names(_ description: String) -> JSONValue {
      [
        "type": "array", "items": ["type": "string"], "uniqueItems": true,
        "description": .string(description),
      ]
    }
    let keys: [(String, JSONValue)] = [
      (
        "uses",
        [
          "enum": .array(kinds.map { .string($0.name) }),
          "description": .string(
            "The kind of stage.\n"
              + kinds.map { "\($0.name): \($0.summary)" }
              .joined(separator: "\n")),
        ]
      ),
      ("needs", names("The stages whose results it takes.")),
      (
        "on",
        names(
          "The splits on whose events it is; by default those that its inputs have in common.")
      ),
      ("description", ["type": "string", "description": "What the stage is for."]),
      (
        "parameters",
        ["type": "object", "description": "What is not given is at its default."]
      ),
      (
        "matrix",
        [
          "type": "object",
          "description":
            "Parameters with lists of values: the stage, and those that need it, come once for every combination.",
        ]
      ),
    ]
    return keys.map { JSONMember(name: $0.0, value: $0.1) } + StageLimits.schemas + [
      JSONMember(
        name: "executor", value: ExecutorSettings.schema(ofStage: true, isChange: isChange))
    ]
  }

  /// What holds for a stage that uses a kind.
  private static func perKind(_ kind: any StageKind, parameters: JSONValue, matrix: JSONValue)
    -> JSONValue
  {
    [
      "if": ["properties": ["uses": ["const": .string(kind.name)]], "required": ["uses"]],
      "then": ["properties": ["parameters": parameters, "matrix": matrix]],
    ]
  }

  /// The parameters of a kind where null takes back what the extended file says.
  private static func changedParameters(of kind: any StageKind) -> JSONValue {
    [
      "type": ["object", "null"], "additionalProperties": false,
      "properties": .object(
        kind.parameters.map { spec in
          JSONMember(
            name: spec.name,
            value: spec.defaultValue == .null
              ? reference(to: spec, of: kind) : nullable(reference(to: spec, of: kind)))
        }),
    ]
  }

  /// Lists of the values of a kind's parameters that change its results; a report has no scan of its own.
  private static func matrix(of kind: any StageKind, isChange: Bool) -> JSONValue {
    let scanned = kind.scope == .report ? [] : kind.parameters.filter(\.affectsResult)
    return [
      "type": isChange ? ["object", "null"] : "object", "additionalProperties": false,
      "properties": .object(
        scanned.map { spec in
          JSONMember(
            name: spec.name,
            value: [
              "type": isChange ? ["array", "null"] : "array", "minItems": 1, "uniqueItems": true,
              "items": reference(to: spec, of: kind),
            ])
        }),
    ]
  }

  private static func reference(to spec: ParameterSpec, of kind: any StageKind) -> JSONValue {
    ["$ref": .string("#/$defs/\(kind.name)/properties/\(spec.name)")]
  }
}
