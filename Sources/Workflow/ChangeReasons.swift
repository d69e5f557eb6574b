import ArtifactStore
import Foundation
import JSONDocument

/// Says why a task has to run: what differs from the result that the workflow's stage used last.
///
/// Where the workflow never ran that stage, the latest result of the same kind and event is compared with.
struct ChangeReasons {
  private var earlier: [Int?: (text: String, run: String?)] = [:]
  private let needed: [StageDefinition]

  /// - Parameter needed: the stages that it needs, in the order of naming.
  init(
    stage: StageDefinition, needed: [StageDefinition], workflow: String, catalog: Catalog
  ) throws {
    self.needed = needed
    for result in try catalog.resultRecipes(workflow: workflow, stage: stage.name) {
      earlier[result.event] = (result.text, result.run)
    }
    guard earlier.isEmpty else { return }
    for text in try catalog.latestKeyTexts(kind: stage.kind.name, limit: 4000) {
      let event = Self.parsed(text)?["event"]?.intValue
      if earlier[event] == nil { earlier[event] = (text, nil) }
    }
  }

  /// `maxDeltaPhi 0.5 -> 0.3 since run …`, `truth.csv changed`, `no result yet`.
  ///
  /// - Parameters:
  ///   - files: the paths of the event's files, by name.
  ///   - text: what the task's key is made of.
  func reason(for text: String, event: Int?, files: [String: String]) -> String {
    guard let before = earlier[event] else { return "no result yet" }
    guard before.text != text else { return "its artifact is gone" }
    guard let old = Self.parsed(before.text), let new = Self.parsed(text) else { return "changed" }
    var changes: [String] = []
    if let from = old["version"], let to = new["version"], from != to {
      changes.append("stage version \(from.compactText) -> \(to.compactText)")
    }
    changes += Self.changedMembers(old["parameters"], new["parameters"]) { name, from, to in
      guard let from, let to else { return "\(name) is \(from == nil ? "new" : "gone")" }
      if from["sha256"] != nil, to["sha256"] != nil { return "content of \(name) changed" }
      return "\(name) \(from.compactText) -> \(to.compactText)"
    }
    changes += Self.changedMembers(old["files"], new["files"]) { name, from, to in
      let file = files[name].map(Self.fileWords) ?? "\(name) file"
      return from == nil ? "\(file) is new" : to == nil ? "\(file) is gone" : "\(file) changed"
    }
    changes += Self.changedMembers(old["dataset"], new["dataset"]) { name, _, _ in
      "\(name) of the data set changed"
    }
    changes += inputChanges(old["inputs"]?.arrayValue ?? [], new["inputs"]?.arrayValue ?? [])
    return (changes.isEmpty ? "changed" : changes.joined(separator: ", "))
      + (before.run.map { " since run \($0)" } ?? "")
  }

  /// `graphs changed`, `3 of 80 results of graphs changed`, `20 results of graphs are new`.
  private func inputChanges(_ old: [JSONValue], _ new: [JSONValue]) -> [String] {
    func places(_ inputs: [JSONValue]) -> [String: [Int?: JSONValue]] {
      var found: [String: [Int?: JSONValue]] = [:]
      for input in inputs {
        let kind = input["kind"]?.stringValue ?? ""
        let place = kind + (input["position"]?.intValue.map { "/\($0)" } ?? "")
        found[place, default: [:]][input["event"]?.intValue] = input
      }
      return found
    }
    let (before, after) = (places(old), places(new))
    return Set(before.keys).union(after.keys).sorted().compactMap { place in
      let (from, to) = (before[place] ?? [:], after[place] ?? [:])
      let name = stageName(ofPlace: place)
      let added = to.keys.count { from[$0] == nil }
      let gone = from.keys.count { to[$0] == nil }
      let changed = to.count { place in from[place.key].map { $0 != place.value } ?? false }
      if from.isEmpty { return "\(name) is new among what it needs" }
      if to.isEmpty { return "it needs no \(name) any more" }
      if to.count == 1, from.count == 1 { return changed + added > 0 ? "\(name) changed" : nil }
      let words = [
        changed > 0 ? "\(changed) of \(to.count) results of \(name) changed" : nil,
        added > 0 ? "\(Self.results(added, of: name)) new" : nil,
        gone > 0 ? "\(Self.results(gone, of: name)) gone" : nil,
      ].compactMap { $0 }
      return words.isEmpty ? nil : words.joined(separator: ", ")
    }
  }

  /// `1 result of graphs is`, `3 results of graphs are`
  private static func results(_ count: Int, of name: String) -> String {
    count == 1 ? "1 result of \(name) is" : "\(count) results of \(name) are"
  }

  /// The name of the needed stage behind `kind` or `kind/position`.
  private func stageName(ofPlace place: String) -> String {
    let parts = place.split(separator: "/")
    let same = needed.filter { $0.kind.gives == parts.first.map(String.init) }
    let position = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return position < same.count ? same[position].name : String(parts.first ?? "an input")
  }

  private static func changedMembers(
    _ before: JSONValue?, _ after: JSONValue?,
    words: (String, JSONValue?, JSONValue?) -> String
  ) -> [String] {
    let names = Set(((before?.members ?? []) + (after?.members ?? [])).map(\.name)).sorted()
    return names.compactMap { name in
      let (old, new) = (before?[name], after?[name])
      return old?.canonicalText == new?.canonicalText ? nil : words(name, old, new)
    }
  }

  /// `truth.csv` of `…/event000021003-truth.csv.zst`.
  private static func fileWords(_ path: String) -> String {
    let name = (path as NSString).lastPathComponent
    return name.split(separator: "-", maxSplits: 1).last.map(String.init) ?? name
  }

  private static func parsed(_ text: String) -> JSONValue? {
    try? JSONValue(parsing: text, file: "catalog")
  }
}
