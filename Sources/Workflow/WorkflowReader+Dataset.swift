import JSONDocument

extension WorkflowReader {
  /// The keys of `dataset`.
  static let datasetNames = ["manifest", "name", "path", "events"]

  func dataset() throws(WorkflowError) -> DatasetReference {
    try checkMembers(at: ["dataset"], known: Self.datasetNames, required: [])
    let reference = DatasetReference(
      manifest: try optionalPath(at: ["dataset", "manifest"]),
      name: try optionalText(at: ["dataset", "name"]),
      path: try optionalPath(at: ["dataset", "path"]),
      events: try events(at: ["dataset", "events"]))
    if reference.path == nil, reference.manifest == nil || reference.name == nil {
      throw invalid(
        ["dataset"], "the data set needs a \"path\", or a \"manifest\" and a \"name\" in it")
    }
    return reference
  }

  private func optionalPath(at place: [String]) throws(WorkflowError) -> String? {
    try optionalText(at: place).map { workflow.resolved($0, at: place) }
  }

  func splits() throws(WorkflowError) -> [(name: String, events: EventPositions)] {
    guard let members = value(at: ["split"])?.members, !members.isEmpty else {
      throw invalid(["split"], "an object that names at least one choice of events was expected")
    }
    try refuseNothingTakenBack(at: ["split"], what: "split")
    var splits: [(name: String, events: EventPositions)] = []
    for member in members {
      let events = collecting(try events(at: ["split", member.name]))
      if let events, let events { splits.append((member.name, events)) }
    }
    return splits
  }

  /// A choice of events; nil where there is none.
  private func events(at path: [String]) throws(WorkflowError) -> EventPositions? {
    guard let value = value(at: path) else { return nil }
    guard let choice = EventPositions(json: value) else {
      throw invalid(path, "\(EventPositions.expectation), not \(value.compactText)")
    }
    return choice
  }
}

extension EventPositions {
  /// A choice as workflows write it: a text, one position or a list of positions.
  init?(json: JSONValue) {
    switch json {
    case .string(let text): self.init(text)
    case .integer(let position): self.init(positions: [position])
    case .array(let values):
      let positions = values.compactMap(\.intValue)
      guard positions.count == values.count else { return nil }
      self.init(positions: positions)
    default: return nil
    }
  }
}
