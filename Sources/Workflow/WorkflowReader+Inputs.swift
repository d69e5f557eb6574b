import JSONDocument

extension WorkflowReader {
  /// Checks that a stage is given what its kind takes.
  func checkInputs(of stage: StageDefinition, among stages: [StageDefinition])
    throws(WorkflowError)
  {
    let path = ["stages", stage.name, "needs"]
    let needed = stage.needs.compactMap { name in stages.first { $0.name == name } }
    for need in needed {
      guard stage.kind.inputs.contains(where: { $0.kind == need.kind.gives }) else {
        let accepted = stage.kind.inputs.flatMap { givers(of: $0.kind) }.joined(separator: ", ")
        throw invalid(
          path,
          "\(stage.kind.name) can't take the results of \"\(need.name)\" (\(need.kind.name)); "
            + (accepted.isEmpty ? "it takes none" : "it takes those of \(accepted)"))
      }
    }
    for input in stage.kind.inputs {
      let given = needed.filter { $0.kind.gives == input.kind }
      if given.isEmpty && input.isRequired {
        throw invalid(
          path,
          "\(stage.kind.name) needs the results of a "
            + "\(givers(of: input.kind).joined(separator: " or ")) stage; name it in \"needs\"")
      }
      if given.count > 1 && !input.takesSeveral {
        throw invalid(
          path,
          "\(stage.kind.name) takes one \(input.kind) stage, not \(given.map(\.name).joined(separator: " and "))"
        )
      }
    }
  }

  /// The names of the kinds whose results are of a kind, that kind itself first.
  private func givers(of kind: String) -> [String] {
    let others = kinds.filter { $0.gives == kind && $0.name != kind }.map(\.name)
    return [kind] + others
  }

  /// The stages so that each follows those that it needs; otherwise in the file's order.
  func ordered(_ stages: [DeclaredStage]) throws(WorkflowError) -> [DeclaredStage] {
    var left = stages
    var done: [DeclaredStage] = []
    while !left.isEmpty {
      let names = Set(done.map(\.definition.name))
      let next = left.firstIndex { $0.definition.needs.allSatisfy(names.contains) }
      guard let next else {
        let circle = left.map(\.definition.name)
        throw invalid(
          ["stages", circle[0], "needs"],
          "the stages \(circle.joined(separator: ", ")) need each other in a circle")
      }
      done.append(left.remove(at: next))
    }
    return done
  }
}
