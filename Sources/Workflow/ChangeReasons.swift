import ArtifactStore
import JSONDocument

/// Says why a task has to run: what differs from the latest result of the same kind and event.
struct ChangeReasons {
  private var latest: [Int?: JSONValue] = [:]

  init(kind: String, catalog: Catalog) throws {
    for text in try catalog.latestKeyTexts(kind: kind, limit: 4000) {
      guard let value = try? JSONDocument(parsing: Array(text.utf8), file: "catalog").root else {
        continue
      }
      let event = value["event"]?.intValue
      if latest[event] == nil { latest[event] = value }
    }
  }

  /// `maxDeltaPhi 0.5 -> 0.3`, `truth file changed`, `new`.
  func reason(for keyText: JSONValue, event: Int?) -> String {
    guard let before = latest[event] else { return "no result yet" }
    var changes: [String] = []
    if let old = before["version"], let new = keyText["version"], old != new {
      changes.append("stage version \(old.compactText) -> \(new.compactText)")
    }
    changes += Self.changedMembers(before["parameters"], keyText["parameters"]) {
      "\($0) \($1) -> \($2)"
    }
    changes += Self.changedMembers(before["files"], keyText["files"]) { name, _, _ in
      "\(name) file changed"
    }
    changes += Self.changedMembers(before["dataset"], keyText["dataset"]) { name, _, _ in
      "\(name) of the data set changed"
    }
    let old = before["inputs"]?.arrayValue ?? []
    let new = keyText["inputs"]?.arrayValue ?? []
    if Self.canonical(old) != Self.canonical(new) {
      changes.append(
        old.count == new.count ? "an input changed" : "\(old.count) inputs -> \(new.count)")
    }
    return changes.isEmpty ? "its artifact is gone" : changes.joined(separator: ", ")
  }

  private static func changedMembers(
    _ before: JSONValue?, _ after: JSONValue?, words: (String, String, String) -> String
  ) -> [String] {
    let names = Set(((before?.members ?? []) + (after?.members ?? [])).map(\.name)).sorted()
    return names.compactMap { name in
      let old = before?[name]?.canonicalText ?? "none"
      let new = after?[name]?.canonicalText ?? "none"
      return old == new ? nil : words(name, old, new)
    }
  }

  private static func canonical(_ values: [JSONValue]) -> Set<String> {
    Set(values.map(\.canonicalText))
  }
}
