/// An amount of memory as workflows write it: a number and kB, MB, GB or TB, in powers of 1000.
public struct MemorySize: Sendable, Equatable {
  public var bytes: Int

  static let pattern = "^[0-9]+(\\.[0-9]+)? ?(kB|MB|GB|TB)$"

  /// Nil where the text is no amount of memory.
  public init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(kB|MB|GB|TB)/),
      let number = Double(match.1)
    else { return nil }
    let units: [Substring: Double] = ["kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12]
    let unit = units[match.2] ?? 1
    guard number * unit < 1e18 else { return nil }
    bytes = Int(number * unit)
  }
}
