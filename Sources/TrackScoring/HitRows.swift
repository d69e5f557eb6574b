import EventData

/// Finds the row of a truth table that holds a hit.
struct HitRows {
  private let lowest: Int
  /// Rows where the numbers rise by one from row to row, as they mostly do; else 0.
  private var consecutive = 0
  /// Row + 1 by number above the lowest; empty where the numbers lie too far apart for that.
  private var dense: [Int32] = []
  private var sparse = NumberIndex()

  init(truth: TruthTable) throws(TrackScoringError) {
    if let first = truth.hitID.first, Self.areConsecutive(truth.hitID) {
      lowest = Int(first)
      consecutive = truth.count
      return
    }
    lowest = Int(truth.hitID.min() ?? 0)
    let span = Int(truth.hitID.max() ?? 0) - lowest + 1
    if span <= 8 * truth.count + 1024 {
      dense = [Int32](repeating: 0, count: span)
      for row in 0..<truth.count {
        let place = Int(truth.hitID[row]) - lowest
        guard dense[place] == 0 else { throw .hitTwiceInTruth(hitID: truth.hitID[row]) }
        dense[place] = Int32(row) + 1
      }
    } else {
      sparse = NumberIndex(capacity: truth.count)
      for row in 0..<truth.count where sparse.place(of: Int64(truth.hitID[row])) != row {
        throw .hitTwiceInTruth(hitID: truth.hitID[row])
      }
    }
  }

  /// The row of a hit, nil if the truth does not have it.
  @inline(__always)
  func row(of hitID: Int32) -> Int? {
    if consecutive > 0 {
      let row = Int(hitID) - lowest
      return row >= 0 && row < consecutive ? row : nil
    }
    return rowInTable(of: hitID)
  }

  private static func areConsecutive(_ numbers: [Int32]) -> Bool {
    let first = numbers[0]
    guard Int(first) + numbers.count - 1 <= Int(Int32.max) else { return false }
    // No early end: the loop is done many rows at a time.
    var breaks: Int32 = 0
    for row in numbers.indices {
      breaks |= numbers[row] ^ (first &+ Int32(truncatingIfNeeded: row))
    }
    return breaks == 0
  }

  private func rowInTable(of hitID: Int32) -> Int? {
    guard !dense.isEmpty else { return sparse.find(Int64(hitID)) }
    let place = Int(hitID) - lowest
    guard place >= 0, place < dense.count, dense[place] > 0 else { return nil }
    return Int(dense[place]) - 1
  }
}
