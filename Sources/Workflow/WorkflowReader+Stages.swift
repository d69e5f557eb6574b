import JSONDocument

extension WorkflowReader {
  /// The keys of a stage.
  static let stageNames =
    ["uses", "needs", "on", "parameters", "matrix", "description", "executor"] + StageLimits.names

  /// What `--set` means by these, so that no stage is called so.
  static let roomNames = ["dataset", "split", "executor"]

  /// The stages as the file names them, scans not yet laid out.
  func stages(splitNames: [String]) throws(WorkflowError) -> [DeclaredStage] {
    guard let members = value(at: ["stages"])?.members, !members.isEmpty else {
      throw invalid(["stages"], "an object with at least one stage was expected")
    }
    try refuseNothingTakenBack(at: ["stages"], what: "stage")
    var stages: [DeclaredStage] = []
    let names = members.map(\.name)
    for name in names {
      let stage = collecting(try stage(name, among: names, splitNames: splitNames))
      if let stage { stages.append(stage) }
    }
    try throwComplaints()
    for stage in stages {
      collecting(try checkInputs(of: stage.definition, among: stages.map(\.definition)))
    }
    try throwComplaints()
    return stages
  }

  private func stage(_ name: String, among names: [String], splitNames: [String])
    throws(WorkflowError) -> DeclaredStage
  {
    let path = ["stages", name]
    guard Self.isPlainName(name), !Self.roomNames.contains(name) else {
      throw invalid(name: path, "\"\(name)\" can't be the name of a stage")
    }
    try checkMembers(at: path, known: Self.stageNames, required: ["uses"])
    let uses = try text(at: path + ["uses"])
    guard let kind = kinds.first(where: { $0.name == uses }) else {
      throw invalid(path + ["uses"], unknownName("stage kind", uses, among: kinds.map(\.name)))
    }
    var definition = StageDefinition(
      name: name, kind: kind,
      needs: try self.names(
        at: path + ["needs"], what: "stage", among: names.filter { $0 != name }) ?? [],
      on: try self.names(at: path + ["on"], what: "split", among: splitNames),
      parameters: try parameters(of: kind, at: path), limits: limits(at: path))
    definition.executor = collecting(try executor(at: path)) ?? ExecutorSettings()
    let stage = DeclaredStage(definition: definition, axes: try axes(of: kind, at: path))
    if complaints.errors.isEmpty { try checkContradictions(of: stage, at: path) }
    return stage
  }

  /// Every parameter of a kind: what the workflow says, or the default.
  private func parameters(of kind: any StageKind, at path: [String]) throws(WorkflowError)
    -> [JSONMember]
  {
    let place = path + ["parameters"]
    if value(at: place) != nil {
      try checkMembers(
        at: place, known: kind.parameters.map(\.name), required: [],
        what: "parameter of \(kind.name)")
    }
    var parameters: [JSONMember] = []
    for spec in kind.parameters {
      let given = collecting(try accepted(spec, at: place + [spec.name]))
      let value = (given ?? nil) ?? spec.defaultValue
      parameters.append(JSONMember(name: spec.name, value: value))
    }
    return parameters
  }

  /// The value of a parameter at a path in its canonical form; nil where none is given.
  func accepted(_ spec: ParameterSpec, at place: [String]) throws(WorkflowError) -> JSONValue? {
    guard let given = value(at: place) else { return nil }
    var candidates = [given]
    if case .override(let override) = workflow.layer(at: place) {
      // On the command line a string needs no quotes.
      candidates.append(.string(override.valueText))
    }
    guard let value = candidates.lazy.compactMap(spec.accepted).first else {
      throw invalid(place, "\(spec.name): \(spec.complaint(of: given))")
    }
    // A file of the workflow is taken from its folder, one of the command line from that of the command.
    if case .file = spec.type, let file = value.stringValue {
      return .string(workflow.resolved(file, at: place))
    }
    return value
  }

  private func limits(at path: [String]) -> StageLimits {
    var limits = StageLimits()
    for name in StageLimits.names {
      guard let value = value(at: path + [name]) else { continue }
      guard !limits.set(name, to: value) else { continue }
      let nearest =
        name == "onError"
        ? didYouMean(value, among: StageLimits.ErrorPolicy.allCases.map(\.rawValue)) : ""
      note(
        invalid(
          path + [name],
          "\(name): \(StageLimits.expectation(of: name)) was expected, not \(value.compactText)"
            + nearest))
    }
    return limits
  }

  /// Parameters may be right one by one and wrong together, at one point of a scan or at all.
  private func checkContradictions(of stage: DeclaredStage, at path: [String])
    throws(WorkflowError)
  {
    for point in StageScan.points(of: stage.axes) {
      let parameters = stage.definition.parameters(at: point)
      guard let wrong = stage.definition.kind.contradiction(in: .object(parameters)) else {
        continue
      }
      var place = path + ["parameters", wrong.parameter]
      if let scanned = point.first(where: { $0.axis.parameter == wrong.parameter }) {
        place = path + ["matrix", wrong.parameter, String(scanned.index)]
      } else if value(at: place) == nil {
        place = path
      }
      let at = point.isEmpty ? "" : " (at \(StageScan.words(of: point)))"
      throw invalid(place, "\(wrong.parameter): \(wrong.message)\(at)")
    }
  }
}
