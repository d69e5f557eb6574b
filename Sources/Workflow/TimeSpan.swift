/// A length of time as workflows write it: a number and s, min, h or d.
public struct TimeSpan: Sendable, Equatable {
  public var seconds: Double

  static let pattern = "^[0-9]+(\\.[0-9]+)? ?(s|min|h|d)$"

  private static let units: [(name: String, seconds: Double)] = [
    ("d", 86400), ("h", 3600), ("min", 60), ("s", 1),
  ]

  public init(seconds: Double) { self.seconds = seconds }

  /// Nil where the text is no length of time, such as "90 s", "10 min", "1.5 h" or "2 d".
  public init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(s|min|h|d)/),
      let number = Double(match.1),
      let unit = Self.units.first(where: { $0.name == match.2 })
    else { return nil }
    seconds = number * unit.seconds
  }

  /// In the largest unit of which it is a whole number.
  public var text: String {
    let unit =
      Self.units.first { seconds >= $0.seconds && seconds.remainder(dividingBy: $0.seconds) == 0 }
      ?? ("s", 1)
    let count = seconds / unit.seconds
    return "\(Int(exactly: count).map(String.init) ?? String(count)) \(unit.name)"
  }
}
