import JSONDocument

/// What differs between two workflows as they were run.
public struct DefinitionDifference: Sendable, Equatable {
  public struct Change: Sendable, Equatable {
    /// `graphs.maxDeltaPhi`, `split.test`, `dataset.path`, `stage cells`.
    public var place: String
    /// Null where there is none.
    public var old: JSONValue
    public var new: JSONValue

    public init(place: String, old: JSONValue, new: JSONValue) {
      self.place = place
      self.old = old
      self.new = new
    }

    /// `graphs.maxDeltaPhi 0.5 -> 0.3`
    public var words: String {
      if place.hasPrefix("stage ") {
        return place + (old == .null ? " is new" : new == .null ? " is gone" : " is another")
      }
      return "\(place) \(Self.text(old)) -> \(Self.text(new))"
    }

    private static func text(_ value: JSONValue) -> String {
      value.stringValue ?? value.compactText
    }
  }

  public let changes: [Change]

  /// - Parameters:
  ///   - old: a workflow in its JSON form, defaults written out.
  ///   - new: another.
  public init(from old: JSONValue, to new: JSONValue) {
    var changes: [Change] = []
    func compare(_ before: JSONValue?, _ after: JSONValue?, _ place: (String) -> String) {
      for name in Self.names(before, after) {
        let (old, new) = (before?[name] ?? .null, after?[name] ?? .null)
        guard old.canonicalText != new.canonicalText else { continue }
        changes.append(Change(place: place(name), old: old, new: new))
      }
    }
    let apart = ["dataset", "split", "stages", "nightly", "executor"]
    let rest = { (json: JSONValue) -> JSONValue in
      .object((json.members ?? []).filter { !apart.contains($0.name) && $0.name != "description" })
    }
    compare(rest(old), rest(new)) { $0 }
    compare(old["dataset"], new["dataset"]) { "dataset.\($0)" }
    compare(old["split"], new["split"]) { "split.\($0)" }
    for name in Self.names(old["stages"], new["stages"]) {
      guard let before = old["stages"]?[name], let after = new["stages"]?[name] else {
        changes.append(
          Change(
            place: "stage \(name)", old: old["stages"]?[name] ?? .null,
            new: new["stages"]?[name] ?? .null))
        continue
      }
      let others = { (json: JSONValue) -> JSONValue in
        let apart = ["parameters", "description", "executor"]
        return .object((json.members ?? []).filter { !apart.contains($0.name) })
      }
      compare(others(before), others(after)) { "\(name).\($0)" }
      compare(before["parameters"], after["parameters"]) { "\(name).\($0)" }
      compare(before["executor"], after["executor"]) { "\(name).executor.\($0)" }
    }
    compare(old["executor"], new["executor"]) { "executor.\($0)" }
    compare(old["nightly"]?["thresholds"], new["nightly"]?["thresholds"]) { "nightly.\($0)" }
    self.changes = changes
  }

  public var json: JSONValue {
    .array(
      changes.map {
        ["place": .string($0.place), "old": $0.old, "new": $0.new, "words": .string($0.words)]
      })
  }

  /// The names of the members of either, in the order of the first and then of the second.
  private static func names(_ left: JSONValue?, _ right: JSONValue?) -> [String] {
    var seen: Set<String> = []
    return ((left?.members ?? []) + (right?.members ?? [])).map(\.name)
      .filter { seen.insert($0).inserted }
  }
}
