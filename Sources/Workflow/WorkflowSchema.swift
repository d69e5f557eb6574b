import JSONDocument

/// The JSON schema of workflow files, made from the stage kinds, for editors that complete and check.
public enum WorkflowSchema {
  public static func schema(kinds: [any StageKind]) -> JSONValue {
    let names: JSONValue = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
    let stages = kinds.map { kind -> JSONValue in
      let properties: JSONValue = [
        "uses": ["const": .string(kind.name), "description": .string(kind.summary)],
        "needs": names, "on": names, "description": ["type": "string"],
        "parameters": [
          "type": "object", "additionalProperties": false,
          "properties": .object(
            kind.parameters.map { JSONMember(name: $0.name, value: $0.schema) }),
        ],
      ]
      return [
        "properties": .object((properties.members ?? []) + StageLimits.schemas),
        "required": ["uses"], "additionalProperties": false,
      ]
    }
    let choice: JSONValue = [
      "type": ["string", "integer", "array"], "pattern": .string(EventPositions.pattern),
      "minimum": 0, "minItems": 1, "items": ["type": "integer", "minimum": 0],
      "description": .string(
        "Events by position (\"0-79\", \"0,4,8-9\", [0, 4]), shares (\"0%-80%\") or number (\"id 21000-21009\")."
      ),
    ]
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "trackflow workflow",
      "type": "object",
      "required": ["name", "dataset", "split", "stages"],
      "additionalProperties": false,
      "properties": [
        "$schema": ["type": "string"],
        "name": ["type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"],
        "description": ["type": "string"],
        "dataset": [
          "type": "object", "additionalProperties": false,
          "properties": [
            "manifest": [
              "type": "string",
              "description": "Path of the data manifest, from this file's folder.",
            ],
            "name": ["type": "string", "description": "Name of a data set in the manifest."],
            "path": [
              "type": "string", "description": "A folder of events, instead of the manifest's.",
            ],
            "events": choice,
          ],
        ],
        "split": [
          "type": "object", "minProperties": 1,
          "description":
            "Named choices of events by position: \"0-79\", \"0,4,8-9\", or shares \"0%-80%\".",
          "additionalProperties": choice,
        ],
        "stages": [
          "type": "object", "minProperties": 1,
          "additionalProperties": [
            "type": "object", "required": ["uses"], "oneOf": .array(stages),
          ],
        ],
      ],
    ]
  }
}
