import ArtifactStore
import JSONDocument

/// What differs between two artifacts of one key.
public struct ArtifactDifference: Sendable, Equatable {
  /// A sentence each; empty where the two say the same.
  public let words: [String]

  public init(from old: Artifact, to new: Artifact) {
    var words: [String] = []
    if old.kind != new.kind { words.append("kind \(old.kind) -> \(new.kind)") }
    if old.keyText.canonicalText != new.keyText.canonicalText { words.append("the key's text") }
    Self.compare(old.summary, new.summary, place: "summary", into: &words)
    for array in old.arrays {
      guard let other = new.arrays.first(where: { $0.name == array.name }) else {
        words.append("array \(array.name) is gone")
        continue
      }
      if let difference = Self.words(array, other) {
        words.append("array \(array.name): \(difference)")
      }
    }
    for array in new.arrays where !old.arrays.contains(where: { $0.name == array.name }) {
      words.append("array \(array.name) is new")
    }
    if words.isEmpty, old.summary != new.summary { words.append("the order within the summary") }
    if words.isEmpty, old.arrays.map(\.name) != new.arrays.map(\.name) {
      words.append("the order of the arrays")
    }
    self.words = words
  }

  private static func compare(
    _ old: JSONValue, _ new: JSONValue, place: String, into words: inout [String]
  ) {
    guard old.canonicalText != new.canonicalText else { return }
    if let before = old.members, let after = new.members {
      var seen: Set<String> = []
      for name in (before + after).map(\.name) where seen.insert(name).inserted {
        compare(old[name] ?? .null, new[name] ?? .null, place: "\(place).\(name)", into: &words)
      }
      return
    }
    if let before = old.arrayValue, let after = new.arrayValue {
      guard before.count == after.count else {
        words.append("\(place): \(before.count) -> \(after.count) elements")
        return
      }
      let differing = zip(before, after).enumerated().filter {
        $0.element.0.canonicalText != $0.element.1.canonicalText
      }
      if let first = differing.first {
        compare(
          first.element.0, first.element.1, place: "\(place)[\(first.offset)]", into: &words)
        if differing.count > 1 {
          words.append("\(place): \(differing.count - 1) further elements")
        }
      }
      return
    }
    words.append("\(place) \(short(old)) -> \(short(new))")
  }

  private static func short(_ value: JSONValue) -> String {
    let text = value.compactText
    return text.count > 60 ? "\(text.prefix(60))…" : text
  }

  /// `3 of 1200 values differ, by up to 1.2e-07`
  private static func words(_ old: ArtifactArray, _ new: ArtifactArray) -> String? {
    guard old.shape == new.shape else { return "shape \(old.shape) -> \(new.shape)" }
    func compare<Value>(
      _ left: [Value], _ right: [Value], bits: (Value) -> UInt64, number: (Value) -> Double
    ) -> String? {
      var (count, largest) = (0, 0.0)
      for (a, b) in zip(left, right) where bits(a) != bits(b) {
        count += 1
        let difference = abs(number(a) - number(b))
        largest = max(largest, difference.isNaN ? .infinity : difference)
      }
      return count == 0
        ? nil : "\(count) of \(left.count) values differ, by up to \(Float(largest))"
    }
    switch (old.values, new.values) {
    case (.uint8(let a), .uint8(let b)):
      return compare(a, b, bits: { UInt64($0) }, number: { Double($0) })
    case (.int32(let a), .int32(let b)):
      return compare(a, b, bits: { UInt64(UInt32(bitPattern: $0)) }, number: { Double($0) })
    case (.int64(let a), .int64(let b)):
      return compare(a, b, bits: { UInt64(bitPattern: $0) }, number: { Double($0) })
    case (.float32(let a), .float32(let b)):
      return compare(a, b, bits: { UInt64($0.bitPattern) }, number: { Double($0) })
    case (.float64(let a), .float64(let b)):
      return compare(a, b, bits: { $0.bitPattern }, number: { $0 })
    default: return "the type of its values"
    }
  }
}
