import EventData

/// Finds the row of a truth table that holds a hit.
struct HitRows {
  private let lowest: Int
  /// Row + 1 by number above the lowest; empty where the numbers lie too far apart for that.
  private var dense: [Int32] = []
  private var sparse = NumberIndex()

  init(truth: TruthTable) throws(TrackScoringError) {
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
  func row(of hitID: Int32) -> Int? {
    guard !dense.isEmpty else { return sparse.find(Int64(hitID)) }
    let place = Int(hitID) - lowest
    guard place >= 0, place < dense.count, dense[place] > 0 else { return nil }
    return Int(dense[place]) - 1
  }
}
