import JSONDocument

/// The JSON schema of workflow files, made from the stage kinds, for editors that complete and check.
///
/// A file that extends another may leave things out and take them back with null; the schema tells the
/// two sorts of files apart by `extends`, and a stage's parameters by what it `uses`.
public enum WorkflowSchema {
  public static func schema(kinds: [any StageKind]) -> JSONValue {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "trackflow workflow",
      "type": "object",
      "properties": [
        "$schema": ["type": "string", "description": "Where editors find this schema."],
        "extends": [
          "type": "string", "minLength": 1,
          "description":
            "Path of a workflow file, from this file's folder, that this one says the differences to: objects merge, lists and values replace, null takes back.",
        ],
        "name": [
          "type": "string", "pattern": .string(namePattern),
          "description": "The study's name, in the names of its runs.",
        ],
        "description": ["type": "string", "description": "What the study is about."],
        "dataset": [
          "type": "object", "additionalProperties": false, "properties": .object(dataset),
        ],
        "split": [
          "type": "object",
          "description": "Named choices of events; positions count through the data set's events.",
        ],
        "stages": [
          "type": "object",
          "propertyNames": [
            "pattern": .string(namePattern),
            "not": ["enum": .array(WorkflowReader.roomNames.map { .string($0) })],
          ],
          "description":
            "The stages by name, in any order; a stage comes after those that it names in \"needs\".",
        ],
        "nightly": nullable(nightly(kinds: kinds)),
        "executor": ["type": ["object", "null"]],
      ],
      "required": ["name"],
      "additionalProperties": false,
      "if": ["required": ["extends"]],
      "then": [
        "properties": [
          "split": ["additionalProperties": nullable(["$ref": "#/$defs/choice"])],
          "stages": [
            "additionalProperties": ["$ref": "#/$defs/changedStage"]
          ],
          "executor": ["$ref": "#/$defs/changedExecutor"],
        ]
      ],
      "else": [
        "required": ["dataset", "split", "stages"],
        "properties": [
          "dataset": [
            "anyOf": [["required": ["path"]], ["required": ["manifest", "name"]]]
          ],
          "split": ["minProperties": 1, "additionalProperties": ["$ref": "#/$defs/choice"]],
          "stages": ["minProperties": 1, "additionalProperties": ["$ref": "#/$defs/stage"]],
          "nightly": [
            "type": "object", "required": ["thresholds"],
            "properties": [
              "thresholds": [
                "type": "object", "additionalProperties": ["type": ["number", "string"]],
              ]
            ],
          ],
          "executor": ["$ref": "#/$defs/executor"],
        ],
      ],
      "$defs": .object(
        [
          JSONMember(name: "choice", value: choice),
          JSONMember(name: "stage", value: stage(kinds: kinds)),
          JSONMember(name: "changedStage", value: changedStage(kinds: kinds)),
          JSONMember(
            name: "executor", value: ExecutorSettings.schema(ofStage: false, isChange: false)),
          JSONMember(
            name: "changedExecutor", value: ExecutorSettings.schema(ofStage: false, isChange: true)),
        ] + kinds.map { JSONMember(name: $0.name, value: parameters(of: $0)) }),
    ]
  }

  private static let namePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

  private static let dataset: [JSONMember] = {
    let texts = [
      ("manifest", "Path of the data manifest, from this file's folder."),
      ("name", "Name of a data set in the manifest."),
      ("path", "A folder of events, from this file's folder, instead of the manifest's."),
    ]
    return texts.map { name, description in
      JSONMember(
        name: name,
        value: [
          "type": ["string", "null"], "minLength": 1, "description": .string(description),
        ])
    } + [
      JSONMember(name: "events", value: nullable(["$ref": "#/$defs/choice"]))
    ]
  }()

  private static let choice: JSONValue = [
    "type": ["string", "integer", "array"], "pattern": .string(EventPositions.pattern),
    "minimum": 0, "maximum": 10_000_000, "minItems": 1,
    "items": ["type": "integer", "minimum": 0, "maximum": 10_000_000],
    "description":
      "Events by position (\"0-79\", \"0,4,8-9\", [0, 4]), by shares (\"0%-80%\"), or by number (\"id 21000-21009\").",
  ]

  /// What may be said of the nightly evaluation.
  private static func nightly(kinds: [any StageKind]) -> JSONValue {
    let thresholds = kinds.flatMap(\.watchedNumbers).map { number in
      JSONMember(
        name: number.name,
        value: nullable(NightlySettings.Tolerance.schema(number.description)))
    }
    return [
      "type": "object", "additionalProperties": false,
      "description": "What `trackflow nightly run` watches; it decides no result.",
      "properties": [
        "thresholds": [
          "type": "object", "additionalProperties": false,
          "description":
            "How much worse each headline number may be than on the last good night, in its unit or in per cent of the earlier value (\"20%\"); beyond that the night is a regression.",
          "properties": .object(thresholds),
        ]
      ],
    ]
  }

  static func nullable(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }
}
