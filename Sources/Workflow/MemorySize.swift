/// An amount of memory as workflows write it: a number and kB, MB, GB or TB, in powers of 1000.
public struct MemorySize: Sendable, Equatable {
  public var bytes: Int

  static let pattern = "^[0-9]+(\\.[0-9]+)? ?(kB|MB|GB|TB)$"

  private static let units: [(name: String, bytes: Double)] = [
    ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3),
  ]

  public init(bytes: Int) { self.bytes = bytes }

  /// Nil where the text is no amount of memory.
  public init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(kB|MB|GB|TB)/),
      let number = Double(match.1),
      let unit = Self.units.first(where: { $0.name == match.2 }), number * unit.bytes < 1e18
    else { return nil }
    bytes = Int((number * unit.bytes).rounded())
  }

  /// In the largest unit that it reaches, at least kB.
  public var text: String {
    let unit = Self.units.first { Double(bytes) >= $0.bytes } ?? ("kB", 1e3)
    let count = Double(bytes) / unit.bytes
    return "\(Int(exactly: count).map(String.init) ?? String(count)) \(unit.name)"
  }
}
