/// A choice of events of a data set: by position (`0-79`, `0,2,5-7`), by shares (`0%-80%`) or by number (`id 21000-21009`).
///
/// Pieces are joined by commas; what follows `id` is numbers of events up to the end: `0-3,id 21009,21011`.
public struct EventPositions: Sendable, Equatable {
  /// The text as written.
  public var text: String
  private var parts: [Part]

  private enum Part: Sendable, Equatable {
    case positions(ClosedRange<Int>)
    /// From and up to a share of the events in hundredths, the end excluded.
    case shares(Int, Int)
    case ids(ClosedRange<Int>)
  }

  /// What the text of a choice looks like, as a regular expression.
  static let pattern: String = {
    let positions = "[0-9]+( *- *[0-9]+)?"
    let piece = "(\(positions)|[0-9]+% *- *[0-9]+%|id +\(positions))"
    return "^ *\(piece)( *, *\(piece))* *$"
  }()

  /// What was expected where a text is no choice.
  static let expectation = """
    a choice of events by position or by number was expected, such as "0-79", "0,4,8-9", \
    "0%-80%", "id 21000-21009" or [0, 4, 8]
    """

  /// - Returns: nil where the text is no such choice.
  public init?(_ text: String) {
    self.text = text
    parts = []
    var byID = false
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      var piece = Substring(piece.trimmingSpaces())
      if piece.hasPrefix("id ") {
        byID = true
        piece = piece.dropFirst(3)
      }
      let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
        .map { $0.trimmingSpaces() }
      if ends.count == 2, let low = Self.share(ends[0]), let high = Self.share(ends[1]) {
        guard low < high, high <= 100, !byID else { return nil }
        parts.append(.shares(low, high))
      } else {
        let most = byID ? 999_999_999_999 : 10_000_000
        guard ends.count <= 2, let low = Self.number(ends[0], most: most),
          let high = Self.number(ends.last!, most: most), low <= high, high - low < 10_000_000
        else { return nil }
        parts.append(byID ? .ids(low...high) : .positions(low...high))
      }
    }
  }

  /// A choice by positions.
  ///
  /// - Returns: nil where there is none, or one is negative or over ten million.
  public init?(positions: [Int]) {
    guard !positions.isEmpty else { return nil }
    self.init(positions.map(String.init).joined(separator: ","))
  }

  /// The chosen ones among these events, in their order.
  ///
  /// - Parameter events: numbers of the events there are, sorted.
  /// - Throws: `NoSuchEvent` with the first position or number that there is no event for.
  public func chosen(from events: [Int]) throws(NoSuchEvent) -> [Int] {
    var chosen: Set<Int> = []
    let known = Set(events)
    for part in parts {
      switch part {
      case .positions(let range):
        guard range.upperBound < events.count else {
          throw NoSuchEvent.position(max(events.count, range.lowerBound))
        }
        chosen.formUnion(events[range])
      case .shares(let low, let high):
        chosen.formUnion(events[events.count * low / 100..<events.count * high / 100])
      case .ids(let range):
        for id in range {
          guard known.contains(id) else { throw NoSuchEvent.id(id) }
          chosen.insert(id)
        }
      }
    }
    return chosen.sorted()
  }

  /// What a choice asks for and the data set does not have.
  public enum NoSuchEvent: Error, Equatable {
    case position(Int)
    case id(Int)

    /// What was asked for in vain, and what there is, as the end of a sentence on a choice of events.
    ///
    /// - Parameters:
    ///   - events: numbers of the events there are, sorted.
    ///   - dataset: what to call the data set.
    func words(among events: [Int], of dataset: String) -> String {
      let count = "\(events.count) event\(events.count == 1 ? "" : "s")"
      guard let first = events.first, let last = events.last else {
        return "asks for events, but \(dataset) has none"
      }
      let numbers = first == last ? "number \(first)" : "numbers \(first) to \(last)"
      switch self {
      case .position(let position):
        return "asks for the event at position \(position), but \(dataset) has \(count)"
          + (events.count == 1
            ? " (position 0, \(numbers))" : " (positions 0 to \(events.count - 1), \(numbers))")
      case .id(let id):
        let before = events.last { $0 < id }
        let after = events.first { $0 > id }
        let gap =
          if let before, let after { "; next to it are \(before) and \(after)" } else { "" }
        return "asks for the event number \(id), but \(dataset) has \(count), \(numbers)\(gap)"
      }
    }
  }

  private static func number(_ text: String, most: Int) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text).flatMap { $0 <= most ? $0 : nil }
  }

  private static func share(_ text: String) -> Int? {
    guard text.hasSuffix("%") else { return nil }
    return number(String(text.dropLast()), most: 1000)
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
