/// A choice of events by their position in the data set: `0-79`, `0,2,5-7`, or shares such as `0%-80%`.
public struct EventPositions: Sendable, Equatable {
  /// The text as written.
  public var text: String
  private var parts: [Part]

  private enum Part: Sendable, Equatable {
    case positions(ClosedRange<Int>)
    /// From and up to a share of the events in hundredths, the end excluded.
    case shares(Int, Int)
  }

  /// - Returns: nil where the text is no such choice.
  public init?(_ text: String) {
    self.text = text
    parts = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
        .map { $0.trimmingSpaces() }
      if ends.count == 2, let low = Self.share(ends[0]), let high = Self.share(ends[1]) {
        guard low < high, high <= 100 else { return nil }
        parts.append(.shares(low, high))
      } else {
        guard let low = Self.position(ends[0]), ends.count <= 2,
          let high = Self.position(ends.last!), low <= high
        else { return nil }
        parts.append(.positions(low...high))
      }
    }
  }

  /// The positions among so many events, sorted.
  ///
  /// - Throws: `OutOfRange` with the first position that there is no event for.
  public func positions(count: Int) throws(OutOfRange) -> [Int] {
    var chosen: Set<Int> = []
    for part in parts {
      switch part {
      case .positions(let range):
        guard range.upperBound < count else { throw OutOfRange(position: range.upperBound) }
        chosen.formUnion(range)
      case .shares(let low, let high):
        chosen.formUnion(count * low / 100..<count * high / 100)
      }
    }
    return chosen.sorted()
  }

  public struct OutOfRange: Error {
    public var position: Int
  }

  private static func position(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text).flatMap { $0 <= 10_000_000 ? $0 : nil }
  }

  private static func share(_ text: String) -> Int? {
    guard text.hasSuffix("%") else { return nil }
    return position(String(text.dropLast()))
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
