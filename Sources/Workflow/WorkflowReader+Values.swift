import JSONDocument

extension WorkflowReader {
  func value(at path: [String]) -> JSONValue? { workflow.value(at: path) }

  func text(at path: [String]) throws(WorkflowError) -> String {
    guard let value = value(at: path) else {
      throw invalid(path, "\"\(path.last ?? "")\" is missing")
    }
    var text = value.stringValue
    if text == nil, case .override(let override) = workflow.layer(at: path) {
      text = override.valueText
    }
    guard let text, !text.isEmpty, !text.contains("\0") else {
      throw invalid(path, "a string was expected, not \(value.kindName)")
    }
    return text
  }

  func optionalText(at path: [String]) throws(WorkflowError) -> String? {
    value(at: path) == nil ? nil : try text(at: path)
  }

  /// A list of names; unknown ones are noted.
  func names(at path: [String], what: String, among known: [String])
    throws(WorkflowError) -> [String]?
  {
    guard let value = value(at: path) else { return nil }
    guard let names = value.arrayValue?.compactMap(\.stringValue),
      names.count == value.arrayValue?.count
    else { throw invalid(path, "a list of names was expected, not \(value.kindName)") }
    for (index, name) in names.enumerated() {
      let place = path + [String(index)]
      if !known.contains(name) { note(invalid(place, unknownName(what, name, among: known))) }
      if names[..<index].contains(name) {
        note(invalid(place, "\"\(name)\" is named twice"))
      }
    }
    return names
  }

  /// Checks the names of an object's members; unknown ones are noted.
  func checkMembers(
    at path: [String], known: [String], required: [String], what: String = "key"
  ) throws(WorkflowError) {
    guard let value = value(at: path) else {
      throw invalid(path, "\"\(path.last ?? "")\" is missing")
    }
    guard let members = value.members else {
      throw invalid(path, "an object was expected, not \(value.kindName)")
    }
    for member in members where !known.contains(member.name) {
      note(invalid(name: path + [member.name], unknownName(what, member.name, among: known)))
    }
    for name in required where self.value(at: path + [name]) == nil {
      throw invalid(path, "the \(what) \"\(name)\" is missing")
    }
  }

  /// A null that takes out a member of another layer must have one to take out.
  func refuseNothingTakenBack(at path: [String], what: String) throws(WorkflowError) {
    let members = value(at: path)?.members ?? []
    for member in members where member.value == .null && value(at: path + [member.name]) == nil {
      let known = members.filter { $0.value != .null }.map(\.name)
      throw invalid(
        name: path + [member.name],
        "null takes a \(what) out of the workflow that is extended, which has none: "
          + unknownName(what, member.name, among: known))
    }
  }

  func invalid(_ path: [String], _ message: String) -> WorkflowError {
    workflow.error(at: path, message)
  }

  func invalid(name path: [String], _ message: String) -> WorkflowError {
    workflow.error(at: path, isName: true, message)
  }

  static func isPlainName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, name.utf8.count <= 64 else { return false }
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    return isWord(first)
      && name.unicodeScalars.allSatisfy { isWord($0) || "._-".unicodeScalars.contains($0) }
  }
}

/// What to say of a name that is not known: the nearest that is, or all.
func unknownName(_ what: String, _ name: String, among known: [String]) -> String {
  let head = "unknown \(what) \"\(name)\""
  if let nearest = nearest(to: name, among: known) {
    return "\(head); did you mean \"\(nearest)\"?"
  }
  return known.isEmpty
    ? "\(head); there is none" : "\(head); known: \(known.joined(separator: ", "))"
}

/// The end of a complaint about a value that is none of some names: the nearest, if one is near.
func didYouMean(_ value: JSONValue, among names: [String]) -> String {
  guard let text = value.stringValue, let nearest = nearest(to: text, among: names) else {
    return ""
  }
  return "; did you mean \"\(nearest)\"?"
}
