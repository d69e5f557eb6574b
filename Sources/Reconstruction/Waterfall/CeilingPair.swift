import JSONDocument

/// A share of an event's weight, of primaries and secondaries apart; their sum is in units of the score.
public struct CeilingPair: Sendable, Equatable {
  /// Weight of particles born within `HitTruth.originLimit` of the beam line / all weights.
  public var primary: Double
  /// Weight of particles born farther out / all weights.
  public var secondary: Double

  public init(primary: Double = 0, secondary: Double = 0) {
    self.primary = primary
    self.secondary = secondary
  }

  public var sum: Double { primary + secondary }

  mutating func add(_ weight: Double, isSecondary: Bool) {
    if isSecondary { secondary += weight } else { primary += weight }
  }

  /// Both shares of a whole; 0 where the whole is 0, as the score is.
  func share(of total: Double) -> CeilingPair {
    guard total > 0 else { return CeilingPair() }
    return CeilingPair(primary: primary / total, secondary: secondary / total)
  }
}

extension CeilingPair {
  public var json: JSONValue { ["primary": .number(primary), "secondary": .number(secondary)] }

  /// Reads what `json` wrote; nil where a number is missing.
  public init?(json: JSONValue) {
    guard let primary = json["primary"]?.doubleValue,
      let secondary = json["secondary"]?.doubleValue
    else { return nil }
    self.init(primary: primary, secondary: secondary)
  }
}
