import JSONDocument

extension LayeredWorkflow {
  /// Puts what `--set` gives over the files; of two for the same place the last counts.
  ///
  /// - Throws: `WorkflowError.override` for a stage, split or key that there is none of.
  mutating func set(_ overrides: [WorkflowOverride], kinds: [any StageKind]) throws(WorkflowError) {
    // A folder given goes before a data set's own, in whatever order the two are given.
    let isFolder = { (override: WorkflowOverride) in override.path == ["dataset", "path"] }
    for override in overrides.filter({ !isFolder($0) }) + overrides.filter(isFolder) {
      set(override, at: try path(of: override, kinds: kinds))
    }
  }

  /// Where in the workflow the value of a `--set` belongs.
  private func path(of override: WorkflowOverride, kinds: [any StageKind])
    throws(WorkflowError) -> [String]
  {
    let (room, name) = (override.path[0], override.path[1])
    let splits = (written(at: ["split"])?.members ?? []).map(\.name)
    let stages = (written(at: ["stages"])?.members ?? []).map(\.name)
    func checked(_ name: String, among known: [String]) throws(WorkflowError) {
      guard known.contains(name) else {
        throw .override(
          text: override.text, message: unknownName("key of \"\(room)\"", name, among: known))
      }
    }
    switch room {
    case "dataset":
      try checked(name, among: WorkflowReader.datasetNames)
      return override.path
    case "split":
      try checked(name, among: splits)
      return override.path
    case "executor":
      try checked(name, among: ExecutorSettings.names)
      return override.path
    case _ where stages.contains(room):
      let parameters = parameters(of: room, kinds: kinds)
      // Of a parameter and a limit of one name the parameter is meant.
      if parameters.contains(name) { return ["stages", room, "parameters", name] }
      try checked(name, among: parameters + StageLimits.names + ["matrix", "executor"])
      return ["stages", room, name]
    default: break
    }
    if let stage = room.dropping(suffix: ".matrix"), stages.contains(stage) {
      try checked(name, among: parameters(of: stage, kinds: kinds))
      return ["stages", stage, "matrix", name]
    }
    if let stage = room.dropping(suffix: ".executor"), stages.contains(stage) {
      try checked(name, among: ExecutorSettings.names)
      return ["stages", stage, "executor", name]
    }
    if let stage = room.dropping(prefix: "stages."), stages.contains(stage) {
      try checked(name, among: StageLimits.names)
      return ["stages", stage, name]
    }
    throw .override(
      text: override.text,
      message: unknownName("stage", room, among: stages + WorkflowReader.roomNames))
  }

  /// The names of the parameters of the kind that a stage uses; empty where that is not known.
  private func parameters(of stage: String, kinds: [any StageKind]) -> [String] {
    let uses = written(at: ["stages", stage, "uses"])?.stringValue
    return kinds.first { $0.name == uses }?.parameters.map(\.name) ?? []
  }
}

extension String {
  fileprivate func dropping(suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }

  fileprivate func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
