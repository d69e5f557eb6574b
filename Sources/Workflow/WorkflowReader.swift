import Foundation
import JSONDocument

/// Turns a workflow file into a checked definition; every complaint names its line, column and remedy.
public struct WorkflowReader {
  private let document: JSONDocument
  private let kinds: [any StageKind]
  private let overrides: [WorkflowOverride]
  private let folder: String

  /// Reads and checks a workflow file.
  ///
  /// - Parameters:
  ///   - path: the file. Relative paths in it are taken from its folder.
  ///   - kinds: the stage kinds that `uses` may name.
  ///   - overrides: values that go before those of the file, as `--set` gives them.
  /// - Throws: `WorkflowError`.
  public static func read(
    path: String, kinds: [any StageKind], overrides: [WorkflowOverride] = []
  ) throws(WorkflowError) -> WorkflowDefinition {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(filePath: path))
    } catch {
      let reason = (error as NSError).localizedDescription
      throw .unreadable(path: path, reason: reason)
    }
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: Array(bytes), file: path)
    } catch {
      throw .invalid(error)
    }
    let folder = URL(filePath: path).deletingLastPathComponent().path
    return try WorkflowReader(
      document: document, kinds: kinds, overrides: overrides, folder: folder
    ).definition()
  }

  // MARK: - Top level

  private func definition() throws(WorkflowError) -> WorkflowDefinition {
    try checkMembers(
      at: [], known: ["$schema", "name", "description", "dataset", "split", "stages"],
      required: ["name", "dataset", "split", "stages"])
    let name = try text(at: ["name"])
    guard Self.isPlainName(name) else {
      throw invalid(
        ["name"],
        "the name \"\(name)\" may hold only letters, digits, dots, dashes and underscores,"
          + " and starts with a letter or digit")
    }
    let splits = try splits()
    let stages = try ordered(stages(splitNames: splits.map(\.name)))
    try checkOverrides(splits: splits.map(\.name), stages: stages)
    return WorkflowDefinition(
      name: name, description: try optionalText(at: ["description"]), dataset: try dataset(),
      splits: splits, stages: stages)
  }

  private func dataset() throws(WorkflowError) -> DatasetReference {
    try checkMembers(at: ["dataset"], known: ["manifest", "name", "path", "events"], required: [])
    var reference = DatasetReference()
    reference.manifest = try optionalText(at: ["dataset", "manifest"]).map(resolved)
    reference.name = try optionalText(at: ["dataset", "name"])
    reference.path = try optionalText(at: ["dataset", "path"]).map(resolved)
    reference.events = try events(at: ["dataset", "events"])
    for override in overrides
    where override.path.first == "dataset" && override.path.last != "events" {
      guard let value = override.value.stringValue, !value.isEmpty else {
        throw .override(text: override.text, message: "a string was expected")
      }
      switch override.path.last {
      case "manifest": reference.manifest = Self.absolute(value)
      case "name":
        reference.name = value
        reference.path = nil
      default: break
      }
    }
    // A path given beside a name on the command line goes before the name's own folder.
    if let path = overrides.last(where: { $0.path == ["dataset", "path"] })?.value.stringValue {
      reference.path = Self.absolute(path)
    }
    if reference.path == nil, reference.manifest == nil || reference.name == nil {
      throw invalid(
        ["dataset"], "the data set needs a \"path\", or a \"manifest\" and a \"name\" in it")
    }
    return reference
  }

  private func splits() throws(WorkflowError) -> [(name: String, events: EventPositions)] {
    guard let members = value(at: ["split"])?.members, !members.isEmpty else {
      throw invalid(["split"], "an object that names at least one choice of events was expected")
    }
    var splits: [(name: String, events: EventPositions)] = []
    for member in members {
      guard let events = try events(at: ["split", member.name]) else { continue }
      splits.append((member.name, events))
    }
    return splits
  }

  /// A choice of events; nil where there is none.
  private func events(at path: [String]) throws(WorkflowError) -> EventPositions? {
    let override = overrides.last { $0.path == path }
    guard let value = override?.value ?? value(at: path) else { return nil }
    let list = value.arrayValue?.compactMap(\.intValue) ?? []
    let choice =
      list.isEmpty || list.count != value.arrayValue?.count
      ? (value.stringValue ?? value.intValue.map(String.init)).flatMap(EventPositions.init(_:))
      : EventPositions(positions: list)
    guard let choice else {
      let message = "\(EventPositions.expectation), not \(value.compactText)"
      if let override { throw .override(text: override.text, message: message) }
      throw invalid(path, message)
    }
    return choice
  }

  // MARK: - Stages

  private func stages(splitNames: [String]) throws(WorkflowError) -> [StageDefinition] {
    guard let members = value(at: ["stages"])?.members, !members.isEmpty else {
      throw invalid(["stages"], "an object with at least one stage was expected")
    }
    var stages: [StageDefinition] = []
    for member in members {
      let path = ["stages", member.name]
      guard Self.isPlainName(member.name), !["dataset", "split"].contains(member.name) else {
        throw invalid(name: path, "\"\(member.name)\" can't be the name of a stage")
      }
      try checkMembers(
        at: path,
        known: ["uses", "needs", "on", "parameters", "description"] + StageLimits.names,
        required: ["uses"])
      let uses = try text(at: path + ["uses"])
      guard let kind = kinds.first(where: { $0.name == uses }) else {
        throw invalid(
          path + ["uses"],
          unknown("stage kind", uses, among: kinds.map(\.name)))
      }
      let needs = try names(
        at: path + ["needs"], what: "stage", among: members.map(\.name).filter { $0 != member.name }
      )
      let on = try names(at: path + ["on"], what: "split", among: splitNames)
      stages.append(
        StageDefinition(
          name: member.name, kind: kind, needs: needs ?? [], on: on,
          parameters: try parameters(of: kind, at: path),
          limits: try limits(of: kind, at: path)))
    }
    for stage in stages { try checkInputs(of: stage, among: stages) }
    return stages
  }

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
      var accepted = spec.defaultValue
      if let given = value(at: place + [spec.name]) {
        guard var value = spec.accepted(given) else {
          throw invalid(
            place + [spec.name],
            "\(spec.name): \(spec.expectation) was expected, not \(given.compactText)")
        }
        if case .file = spec.type, let file = value.stringValue { value = .string(resolved(file)) }
        accepted = value
      }
      if let override = overrides.last(where: { $0.path == [path[1], spec.name] }) {
        let candidates = [override.value, .string(override.valueText)]
        guard let value = candidates.lazy.compactMap(spec.accepted).first else {
          throw .override(
            text: override.text,
            message: "\(spec.expectation) was expected, not \(override.valueText)")
        }
        accepted = value
        // A path of the command line is taken from where the command was given.
        if case .file = spec.type, let file = value.stringValue {
          accepted = .string(Self.absolute(file))
        }
      }
      parameters.append(JSONMember(name: spec.name, value: accepted))
    }
    if let wrong = kind.contradiction(in: .object(parameters)) {
      let message = "\(wrong.parameter): \(wrong.message)"
      if let override = overrides.last(where: { $0.path == [path[1], wrong.parameter] }) {
        throw .override(text: override.text, message: message)
      }
      throw invalid(
        value(at: place + [wrong.parameter]) == nil ? path : place + [wrong.parameter], message)
    }
    return parameters
  }

  private func limits(of kind: any StageKind, at path: [String]) throws(WorkflowError)
    -> StageLimits
  {
    var limits = StageLimits()
    for name in StageLimits.names {
      let isParameter = kind.parameters.contains { $0.name == name }
      let override = isParameter ? nil : overrides.last { $0.path == [path[1], name] }
      guard let value = override?.value ?? value(at: path + [name]) else { continue }
      guard limits.set(name, to: value) else {
        let message =
          "\(name): \(StageLimits.expectation(of: name)) was expected, not \(value.compactText)"
        if let override { throw .override(text: override.text, message: message) }
        throw invalid(path + [name], message)
      }
    }
    return limits
  }

  private func checkInputs(of stage: StageDefinition, among stages: [StageDefinition])
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
  private func ordered(_ stages: [StageDefinition]) throws(WorkflowError) -> [StageDefinition] {
    var left = stages
    var done: [StageDefinition] = []
    while !left.isEmpty {
      let names = Set(done.map(\.name))
      guard let next = left.firstIndex(where: { $0.needs.allSatisfy(names.contains) }) else {
        throw invalid(
          ["stages", left[0].name, "needs"],
          "the stages \(left.map(\.name).joined(separator: ", ")) need each other in a circle")
      }
      done.append(left.remove(at: next))
    }
    return done
  }

  // MARK: - Values and their checks

  private func value(at path: [String]) -> JSONValue? {
    path.reduce(document.root as JSONValue?) { $0?[$1] }
  }

  private func text(at path: [String]) throws(WorkflowError) -> String {
    guard let value = value(at: path) else {
      throw invalid(path, "\"\(path.last ?? "")\" is missing")
    }
    guard let text = value.stringValue, !text.isEmpty, !text.contains("\0") else {
      throw invalid(path, "a string was expected, not \(value.kindName)")
    }
    return text
  }

  private func optionalText(at path: [String]) throws(WorkflowError) -> String? {
    value(at: path) == nil ? nil : try text(at: path)
  }

  private func names(at path: [String], what: String, among known: [String])
    throws(WorkflowError) -> [String]?
  {
    guard let value = value(at: path) else { return nil }
    guard let names = value.arrayValue?.compactMap(\.stringValue),
      names.count == value.arrayValue?.count
    else { throw invalid(path, "a list of names was expected, not \(value.kindName)") }
    for (index, name) in names.enumerated() {
      let place = path + [String(index)]
      guard known.contains(name) else { throw invalid(place, unknown(what, name, among: known)) }
      guard !names[..<index].contains(name) else {
        throw invalid(place, "\"\(name)\" is named twice")
      }
    }
    return names
  }

  private func checkMembers(
    at path: [String], known: [String], required: [String], what: String = "key"
  ) throws(WorkflowError) {
    guard let value = value(at: path) else {
      throw invalid(path, "\"\(path.last ?? "")\" is missing")
    }
    guard let members = value.members else {
      throw invalid(path, "an object was expected, not \(value.kindName)")
    }
    for member in members where !known.contains(member.name) {
      throw invalid(name: path + [member.name], unknown(what, member.name, among: known))
    }
    for name in required where value[name] == nil {
      throw invalid(path, "the \(what) \"\(name)\" is missing")
    }
  }

  private func checkOverrides(splits: [String], stages: [StageDefinition]) throws(WorkflowError) {
    for override in overrides {
      let (room, name) = (override.path[0], override.path[1])
      let known: [String]
      switch room {
      case "dataset": known = ["manifest", "name", "path", "events"]
      case "split": known = splits
      default:
        guard let stage = stages.first(where: { $0.name == room }) else {
          throw .override(
            text: override.text,
            message: unknown("stage", room, among: stages.map(\.name) + ["dataset", "split"]))
        }
        known = stage.kind.parameters.map(\.name) + StageLimits.names
      }
      guard known.contains(name) else {
        throw .override(
          text: override.text, message: unknown("key of \"\(room)\"", name, among: known))
      }
    }
  }

  private func unknown(_ what: String, _ name: String, among known: [String]) -> String {
    let head = "unknown \(what) \"\(name)\""
    if let nearest = nearest(to: name, among: known) {
      return "\(head); did you mean \"\(nearest)\"?"
    }
    return known.isEmpty
      ? "\(head); there is none" : "\(head); known: \(known.joined(separator: ", "))"
  }

  private func invalid(_ path: [String], _ message: String) -> WorkflowError {
    .invalid(
      JSONError(file: document.file, position: document.position(of: path), message: message))
  }

  private func invalid(name path: [String], _ message: String) -> WorkflowError {
    .invalid(
      JSONError(file: document.file, position: document.position(ofNameAt: path), message: message))
  }

  /// A path of the file, taken from the file's folder.
  private func resolved(_ path: String) -> String {
    path.hasPrefix("/") ? path : URL(filePath: folder).appending(path: path).standardized.path
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/")
      ? path
      : URL(filePath: FileManager.default.currentDirectoryPath).appending(path: path).standardized
        .path
  }

  private static func isPlainName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, name.utf8.count <= 64 else { return false }
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    return isWord(first)
      && name.unicodeScalars.allSatisfy { isWord($0) || "._-".unicodeScalars.contains($0) }
  }
}
