import JSONDocument

/// A workflow that passed every check: its data set, splits and stages, defaults filled in.
public struct WorkflowDefinition: Sendable {
  public var name: String
  public var description: String?
  public var dataset: DatasetReference
  /// Named choices of events, in the order of the file.
  public var splits: [(name: String, events: EventPositions)]
  /// In an order in which every stage follows those that it needs.
  public var stages: [StageDefinition]
  /// By how much its headline numbers may worsen from night to night; nil where it says nothing of that.
  public var nightly: NightlySettings?
  /// Where its tasks are carried out.
  public var executor = ExecutorSettings()

  public func stage(_ name: String) -> StageDefinition? { stages.first { $0.name == name } }

  /// The workflow as it is run: every default and `--set` written out.
  public var json: JSONValue {
    var members: [JSONMember] = [JSONMember(name: "name", value: .string(name))]
    if let description {
      members.append(JSONMember(name: "description", value: .string(description)))
    }
    members.append(JSONMember(name: "dataset", value: dataset.json))
    members.append(
      JSONMember(
        name: "split",
        value: .object(splits.map { JSONMember(name: $0.name, value: .string($0.events.text)) })))
    members.append(
      JSONMember(
        name: "stages",
        value: .object(stages.map { JSONMember(name: $0.name, value: $0.json) })))
    if let nightly { members.append(JSONMember(name: "nightly", value: nightly.json)) }
    return .object(members + executor.members)
  }
}

/// Which data set a workflow runs on.
public struct DatasetReference: Sendable, Equatable {
  /// Path of the data manifest.
  public var manifest: String?
  /// Name in the manifest.
  public var name: String?
  /// A folder of events, which goes before the manifest's.
  public var path: String?
  /// Those of its events that count; nil for all.
  public var events: EventPositions?

  public init(
    manifest: String? = nil, name: String? = nil, path: String? = nil,
    events: EventPositions? = nil
  ) {
    self.manifest = manifest
    self.name = name
    self.path = path
    self.events = events
  }

  var json: JSONValue {
    .object(
      [("manifest", manifest), ("name", name), ("path", path), ("events", events?.text)].compactMap
      { name, value in
        value.map { JSONMember(name: name, value: .string($0)) }
      })
  }
}

/// One stage of a workflow.
public struct StageDefinition: Sendable {
  public var name: String
  public var kind: any StageKind
  /// Names of the stages whose results it takes, in the order of the file.
  public var needs: [String]
  /// Names of the splits whose events it is on; nil where the kind or the inputs decide.
  public var on: [String]?
  /// Every parameter of the kind.
  public var parameters: [JSONMember]
  /// What its tasks may take, and what becomes of those that fail.
  public var limits = StageLimits()
  /// What is asked of a cluster for it, where that is other than for the whole workflow.
  public var executor = ExecutorSettings()
  /// The values of scanned parameters, its own and those of the stages behind it, by `stage.parameter`; empty without a scan.
  public var point: [JSONMember] = []
  /// The name that the workflow file gives it, which the stages of a scan share.
  public var declaredName: String

  public init(
    name: String, kind: any StageKind, needs: [String], on: [String]?, parameters: [JSONMember],
    limits: StageLimits = StageLimits()
  ) {
    self.name = name
    self.kind = kind
    self.needs = needs
    self.on = on
    self.parameters = parameters
    self.limits = limits
    declaredName = name
  }

  public func parameter(_ name: String) -> JSONValue? {
    parameters.first { $0.name == name }?.value
  }

  var json: JSONValue {
    var members: [JSONMember] = [JSONMember(name: "uses", value: .string(kind.name))]
    if !needs.isEmpty {
      members.append(JSONMember(name: "needs", value: .array(needs.map { .string($0) })))
    }
    if let on { members.append(JSONMember(name: "on", value: .array(on.map { .string($0) }))) }
    members.append(JSONMember(name: "parameters", value: .object(parameters)))
    if !point.isEmpty { members.append(JSONMember(name: "point", value: .object(point))) }
    return .object(members + limits.members + executor.members)
  }
}
