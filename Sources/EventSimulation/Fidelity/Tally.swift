/// A count per event: its mean, and how well so many events know it.
struct Tally: Sendable, Equatable {
  private(set) var sum = 0
  private(set) var squares = 0

  /// Adds one event's count; events without any need not be added.
  mutating func add(_ count: Int) {
    sum += count
    squares += count * count
  }

  mutating func add(_ other: Tally) {
    sum += other.sum
    squares += other.squares
  }

  func mean(over events: Int) -> Double { Double(sum) / Double(max(events, 1)) }

  /// Variance of the mean, from the spread between events.
  ///
  /// One event shows no spread. Then twice that of independent counts is taken, as particles come in groups, and
  /// that of the collisions' number and sizes, about 11 %.
  func variance(over events: Int) -> Double {
    guard events > 1 else { return 2 * Double(sum) + 0.012 * Double(sum * sum) }
    let mean = mean(over: events)
    let spread = (Double(squares) - Double(events) * mean * mean) / Double(events - 1)
    return max(spread, 0) / Double(events)
  }
}
