/// How two results differ on the same events: the mean of the differences, with its standard error.
///
/// Events vary far more than two ways to treat them, so differences are taken event by event. The mean
/// over its standard error is Student's t of a paired test, with one degree of freedom less than there are events.
public struct PairedDifference: Sendable, Equatable {
  /// One event's values.
  public struct Event: Sendable, Equatable {
    public var event: Int
    public var first: Double
    public var second: Double
    /// The second less the first.
    public var difference: Double { second - first }
  }

  /// Those that both have a value of, sorted.
  public let events: [Event]
  /// Those that only one of the two has a value of, sorted.
  public let onlyFirst: [Int]
  public let onlySecond: [Int]
  /// The mean of the differences; nil without events.
  public let mean: Double?
  /// The standard error of the mean; nil with fewer than two events.
  public let standardError: Double?

  /// - Parameters:
  ///   - first: values by event; those that are not finite count as missing.
  ///   - second: the other values.
  public init(_ first: [Int: Double], _ second: [Int: Double]) {
    let (first, second) = (first.filter(\.value.isFinite), second.filter(\.value.isFinite))
    events = first.keys.filter { second[$0] != nil }.sorted().map {
      Event(event: $0, first: first[$0]!, second: second[$0]!)
    }
    onlyFirst = first.keys.filter { second[$0] == nil }.sorted()
    onlySecond = second.keys.filter { first[$0] == nil }.sorted()
    let spread = Spread(events.map(\.difference))
    (mean, standardError) = (spread.mean, spread.standardError)
  }

  /// Student's t: the mean over its standard error; nil where that is 0 or does not exist.
  public var t: Double? {
    guard let mean, let standardError, standardError > 0 else { return nil }
    return mean / standardError
  }

  /// The means over the events that both have.
  public var firstMean: Double? { Spread(events.map(\.first)).mean }
  public var secondMean: Double? { Spread(events.map(\.second)).mean }

  /// How many events have a larger second value, and how many a smaller one.
  public var larger: Int { events.count { $0.difference > 0 } }
  public var smaller: Int { events.count { $0.difference < 0 } }

  /// Whether each event has a value of both.
  public var isOfSameEvents: Bool { onlyFirst.isEmpty && onlySecond.isEmpty }
}
