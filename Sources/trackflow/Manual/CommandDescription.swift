import JSONDocument

/// A command as ArgumentParser describes it.
struct CommandDescription {
  var name: String
  var abstract: String
  var discussion: String
  var isShown: Bool
  var arguments: [ArgumentDescription]
  var subcommands: [CommandDescription]

  init(json: JSONValue) {
    name = json["commandName"]?.stringValue ?? ""
    abstract = json["abstract"]?.stringValue ?? ""
    discussion = json["discussion"]?.stringValue ?? ""
    isShown = json["shouldDisplay"]?.boolValue ?? true
    arguments = (json["arguments"]?.arrayValue ?? []).map(ArgumentDescription.init)
    subcommands = (json["subcommands"]?.arrayValue ?? []).map(CommandDescription.init)
  }
}

/// An argument, option or flag of a command.
struct ArgumentDescription {
  private var kind: String
  private var names: [String]
  private var valueName: String
  private var isOptional: Bool
  private var isRepeating: Bool
  private var abstract: String
  private var discussion: String
  private var defaultValue: String?
  var isShown: Bool

  init(json: JSONValue) {
    kind = json["kind"]?.stringValue ?? ""
    valueName = json["valueName"]?.stringValue ?? ""
    isOptional = json["isOptional"]?.boolValue ?? false
    isRepeating = json["isRepeating"]?.boolValue ?? false
    isShown = json["shouldDisplay"]?.boolValue ?? true
    abstract = json["abstract"]?.stringValue ?? ""
    discussion = json["discussion"]?.stringValue ?? ""
    defaultValue = json["defaultValue"]?.stringValue
    names = (json["names"]?.arrayValue ?? []).map { name in
      let dashes = name["kind"]?.stringValue == "long" ? "--" : "-"
      return dashes + (name["name"]?.stringValue ?? "")
    }
  }

  /// `--set stage.parameter=value`, in roff.
  var term: String {
    let value = kind == "flag" ? "" : Roff.italic(valueName)
    let names = names.sorted { $0.count < $1.count }.map(Roff.bold).joined(separator: ", ")
    return [names, value].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The term as it stands in a synopsis.
  var usage: String {
    let text = kind == "positional" || names.count < 2 ? term : Roff.bold(names.last ?? "")
    return (isOptional ? "[\(text)]" : text) + (isRepeating ? " ..." : "")
  }

  var words: String {
    let isDefaultSaid = defaultValue.map { $0.isEmpty || $0 == "false" } ?? true
    let standard = isDefaultSaid ? "" : "(default: \(defaultValue ?? ""))"
    let examples = discussion.isEmpty ? "" : "Examples: \(discussion)."
    return [abstract, standard, examples].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
