/// Numbers of events for people.
public enum EventRanges {
  /// `event 7`, `events 0-79, 85`; empty for none.
  public static func words(_ events: [Int]) -> String {
    guard let first = events.first else { return "" }
    return events.count == 1 ? "event \(first)" : "events \(text(events))"
  }

  /// `0-79, 85`, numbers that follow each other drawn together.
  public static func text(_ events: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for event in events.sorted() {
      if let last = parts.last, event <= last.upperBound &+ 1 {
        parts[parts.count - 1] = last.lowerBound...max(event, last.upperBound)
      } else {
        parts.append(event...event)
      }
    }
    return parts.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }.joined(separator: ", ")
  }
}
