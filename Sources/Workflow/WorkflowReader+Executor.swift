import JSONDocument

extension WorkflowReader {
  /// What a workflow, or a stage of it, says of where tasks are carried out.
  ///
  /// - Parameter path: that of the stage; empty for the workflow.
  func executor(at path: [String]) throws(WorkflowError) -> ExecutorSettings {
    let place = path + ["executor"]
    var settings = ExecutorSettings()
    guard let members = value(at: place) else { return settings }
    let ofStage = !path.isEmpty
    let refused = ofStage ? ExecutorSettings.workflowNames.filter { members[$0] != nil } : []
    try checkMembers(
      at: place,
      known: ofStage ? ExecutorSettings.stageNames + refused : ExecutorSettings.names,
      required: [], what: "setting of an executor")
    for name in refused where value(at: place + [name]) != nil {
      note(
        invalid(
          name: place + [name],
          "\(name) holds for the whole workflow: say it in the \"executor\" beside \"stages\", or as"
            + " --set executor.\(name)=…"))
    }
    for name in ExecutorSettings.names where !refused.contains(name) {
      guard let value = value(at: place + [name]) else { continue }
      guard !ExecutorSettings.listNames.contains(name) else {
        let texts = collecting(try texts(at: place + [name], name: name))
        if name == "setup" { settings.setup = texts } else { settings.extra = texts }
        continue
      }
      var candidates = [value]
      if case .override(let override) = workflow.layer(at: place + [name]) {
        // On the command line a string needs no quotes.
        candidates.append(.string(override.valueText))
      }
      if !candidates.contains(where: { settings.set(name, to: $0) }) {
        note(invalid(place + [name], unexpected(value, for: name)))
      }
    }
    return settings
  }

  private func unexpected(_ value: JSONValue, for name: String) -> String {
    let nearest =
      switch name {
      case "kind": didYouMean(value, among: ExecutorSettings.Kind.allCases.map(\.rawValue))
      case "instructionSet": didYouMean(value, among: ExecutorSettings.instructionSets)
      default: ""
      }
    return
      "\(name): \(ExecutorSettings.expectation(of: name)) was expected, not \(value.compactText)"
      + nearest
  }

  /// The lines of `setup`, or the arguments of `extra`.
  private func texts(at place: [String], name: String) throws(WorkflowError) -> [String] {
    guard let list = value(at: place)?.arrayValue else {
      throw invalid(place, unexpected(value(at: place) ?? .null, for: name))
    }
    var texts: [String] = []
    for (index, value) in list.enumerated() {
      guard let text = value.stringValue, ExecutorSettings.isLine(text) else {
        let what = name == "setup" ? "one line of shell" : "one argument of sbatch"
        throw invalid(
          place + [String(index)],
          "\(name): \(what) was expected, without line breaks, not \(value.compactText)")
      }
      texts.append(text)
    }
    if name == "extra", let wrong = SubmitArguments.complaint(of: texts) {
      throw invalid(place + [String(wrong.index)], "extra: \(wrong.words)")
    }
    return texts
  }

  /// A job that ran out of memory is given more, up to `maxMemory`: so that may not be less than what it begins with.
  func checkMemory(of stages: [StageDefinition], under workflow: ExecutorSettings) {
    if let memory = workflow.memory, let most = workflow.maxMemory, most.bytes < memory.bytes {
      note(
        invalid(
          ["executor", "maxMemory"],
          "maxMemory: \(most.text) is less than \"memory\", which is \(memory.text)"))
      return
    }
    for stage in stages {
      let settings = stage.executor.over(workflow)
      let scope = stage.kind.scope
      guard let most = settings.maxMemory,
        let memory = settings.jobMemory(limits: stage.limits, scope: scope),
        most.bytes < memory.bytes
      else { continue }
      let path = ["stages", stage.declaredName, "executor"]
      let place =
        stage.executor.maxMemory != nil
        ? path + ["maxMemory"]
        : stage.executor.memory != nil ? path + ["memory"] : ["executor", "maxMemory"]
      let workers = settings.workers(limits: stage.limits, scope: scope)
      let reason =
        settings.memory != nil
        ? "\"memory\", which is \(memory.text)"
        : "the \(memory.text) of a job of \(stage.declaredName): its limit \"memory\""
          + (workers > 1 ? " for each of \(workers) workers" : "")
      note(invalid(place, "maxMemory: \(most.text) is less than \(reason)"))
    }
  }
}
