import JSONDocument

extension WorkflowReader {
  /// The parameters of a stage that are scanned, with their values.
  func axes(of kind: any StageKind, at path: [String]) throws(WorkflowError) -> [ScanAxis] {
    let place = path + ["matrix"]
    guard let members = value(at: place)?.members else {
      if let value = value(at: place) {
        throw invalid(
          place,
          "an object that names parameters with lists of their values was expected, not \(value.kindName)"
        )
      }
      return []
    }
    guard kind.scope != .report || members.isEmpty else {
      throw invalid(name: place, "a report takes all points of a scan and has none of its own")
    }
    try checkMembers(
      at: place, known: kind.parameters.map(\.name), required: [],
      what: "parameter of \(kind.name)")
    var axes: [ScanAxis] = []
    for member in members {
      guard let spec = kind.parameters.first(where: { $0.name == member.name }),
        value(at: place + [spec.name]) != nil
      else { continue }
      guard value(at: path + ["parameters", spec.name]) == nil else {
        throw invalid(
          name: place + [spec.name],
          "\(spec.name) stands in \"parameters\" too; a parameter is either fixed there or scanned in \"matrix\""
        )
      }
      axes.append(
        ScanAxis(
          stage: path[1], parameter: spec.name, values: try values(of: spec, at: place)))
    }
    let count = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard count <= Double(StageScan.mostStages) else {
      throw invalid(name: place, StageScan.complaint(points: count, of: path[1]))
    }
    return axes
  }

  private func values(of spec: ParameterSpec, at matrix: [String]) throws(WorkflowError)
    -> [JSONValue]
  {
    let place = matrix + [spec.name]
    guard let list = value(at: place)?.arrayValue, !list.isEmpty else {
      throw invalid(
        place,
        "\(spec.name): a list of the values to try was expected, such as [\(spec.defaultValue.compactText)],"
          + " not \(value(at: place)?.compactText ?? "")")
    }
    var values: [JSONValue] = []
    for (index, given) in list.enumerated() {
      let element = place + [String(index)]
      guard var value = spec.accepted(given) else {
        throw invalid(element, "\(spec.name): \(spec.complaint(of: given))")
      }
      if case .file = spec.type, let file = value.stringValue {
        value = .string(workflow.resolved(file, at: element))
      }
      guard !values.contains(value) else {
        throw invalid(element, "\(spec.name): \(given.compactText) is named twice")
      }
      values.append(value)
    }
    return values
  }

  /// The stages with one in the place of each point of their scans.
  func scanned(_ stages: [DeclaredStage]) throws(WorkflowError) -> [StageDefinition] {
    var scan = StageScan(stages)
    for stage in stages {
      let count = scan.count(of: stage)
      guard Double(scan.stages.count) + count <= Double(StageScan.mostStages) else {
        let axis = scan.axes(of: stage).max { $0.values.count < $1.values.count }
        throw invalid(
          name: ["stages", axis?.stage ?? stage.definition.name, "matrix"],
          StageScan.complaint(points: count, of: stage.definition.name))
      }
      scan.add(stage)
    }
    return scan.stages
  }
}
