import ArtifactStore
import JSONDocument

extension PlannedTask {
  /// A task that nothing is known of yet but what it is on.
  init(event: Int?, dataset: StageDataset) {
    self.init(
      event: event, keyText: .null, key: nil, files: [:], dataset: dataset.given, inputs: [],
      state: .cached)
  }

  /// Makes the key from what decides the result's bits, and nothing else.
  mutating func setKey(
    stage: StageDefinition, digests: [String: String], dataset: StageDataset,
    _ contentOf: (String) -> String?
  ) {
    var parameters: [JSONMember] = []
    for spec in stage.kind.parameters where spec.affectsResult {
      var value = stage.parameter(spec.name) ?? spec.defaultValue
      if case .file = spec.type, let path = value.stringValue {
        guard let digest = contentOf(path) else {
          state = .impossible(reason: "\(spec.name): the file \(path) can't be read")
          return
        }
        value = ["sha256": .string(digest)]
      }
      parameters.append(JSONMember(name: spec.name, value: value))
    }
    var members: [JSONMember] = [
      JSONMember(name: "format", value: 1),
      JSONMember(name: "kind", value: .string(stage.kind.name)),
      JSONMember(name: "version", value: .integer(stage.kind.version)),
      JSONMember(name: "parameters", value: .object(parameters)),
    ]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    if !digests.isEmpty {
      members.append(
        JSONMember(
          name: "files",
          value: .object(
            digests.sorted { $0.key < $1.key }
              .map { JSONMember(name: $0.key, value: .string($0.value)) })))
    }
    if let properties = dataset.keyText {
      members.append(JSONMember(name: "dataset", value: properties))
    }
    let ordered = inputs.map(\.json).sorted { $0.canonicalText < $1.canonicalText }
    members.append(JSONMember(name: "inputs", value: .array(ordered)))
    keyText = .object(members)
    key = ArtifactKey(of: keyText)
  }
}
