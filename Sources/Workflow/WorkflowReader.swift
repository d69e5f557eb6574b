import JSONDocument

/// Turns a workflow file into a checked definition; every complaint names its line, column and remedy.
public struct WorkflowReader {
  let workflow: LayeredWorkflow
  let kinds: [any StageKind]
  let complaints: Complaints

  /// Reads and checks a workflow file, with those that it extends.
  ///
  /// - Parameters:
  ///   - path: the file. Relative paths in it are taken from its folder.
  ///   - kinds: the stage kinds that `uses` may name.
  ///   - overrides: values that go before those of the file, as `--set` gives them.
  /// - Throws: `WorkflowError`.
  public static func read(
    path: String, kinds: [any StageKind], overrides: [WorkflowOverride] = []
  ) throws(WorkflowError) -> WorkflowDefinition {
    let (definition, errors) = check(path: path, kinds: kinds, overrides: overrides)
    guard let definition else { throw errors[0] }
    return definition
  }

  /// Reads and checks a workflow file as `read` does, for all that is wrong with it.
  ///
  /// - Returns: the definition, or nil and at least one error.
  public static func check(
    path: String, kinds: [any StageKind], overrides: [WorkflowOverride] = []
  ) -> (definition: WorkflowDefinition?, errors: [WorkflowError]) {
    let complaints = Complaints()
    do {
      var workflow = try LayeredWorkflow(path: path)
      try workflow.set(overrides, kinds: kinds)
      let reader = WorkflowReader(workflow: workflow, kinds: kinds, complaints: complaints)
      return (try reader.definition(), [])
    } catch {
      return (nil, complaints.errors.isEmpty ? [error] : complaints.errors)
    }
  }

  private func definition() throws(WorkflowError) -> WorkflowDefinition {
    try checkMembers(
      at: [],
      known: [
        "$schema", "extends", "name", "description", "dataset", "split", "stages", "nightly",
        "executor",
      ],
      required: ["name", "dataset", "split", "stages"])
    let name = collecting(try name())
    let description = collecting(try optionalText(at: ["description"]))
    let dataset = collecting(try dataset())
    let splits = collecting(try splits())
    let names = (value(at: ["split"])?.members ?? []).map(\.name)
    let stages = collecting(try scanned(ordered(stages(splitNames: names))))
    let nightly = collecting(try nightly())
    let executor = collecting(try executor(at: [])) ?? ExecutorSettings()
    if let stages { checkMemory(of: stages, under: executor) }
    try throwComplaints()
    guard let name, let dataset, let splits, let stages else { throw invalid([], "no workflow") }
    return WorkflowDefinition(
      name: name, description: description ?? nil, dataset: dataset, splits: splits, stages: stages,
      nightly: nightly ?? nil, executor: executor)
  }

  private func name() throws(WorkflowError) -> String {
    let name = try text(at: ["name"])
    guard Self.isPlainName(name) else {
      throw invalid(
        ["name"],
        "the name \"\(name)\" may hold only letters, digits, dots, dashes and underscores,"
          + " and starts with a letter or digit")
    }
    return name
  }
}
