/// The scores of true and of false edges, each in order: all that rank metrics need.
///
/// Sorting the two kinds apart leaves bare 32-bit keys, which three passes of a radix sort put in
/// order, and no labels to carry along.
struct EdgeRanking {
  /// Keys of the true edges' scores, increasing.
  private let trueKeys: [UInt32]
  /// Keys of the false edges' scores, increasing.
  private let falseKeys: [UInt32]

  /// Nil if a score is not a number.
  init?(scores: [Float], labels: [UInt8]) {
    precondition(scores.count == labels.count, "one label an edge")
    var keys: (true: [UInt32], false: [UInt32]) = ([], [])
    keys.false.reserveCapacity(scores.count)
    for edge in scores.indices {
      guard !scores[edge].isNaN else { return nil }
      let key = Self.key(scores[edge])
      if labels[edge] != 0 { keys.true.append(key) } else { keys.false.append(key) }
    }
    trueKeys = Self.sorted(keys.true)
    falseKeys = Self.sorted(keys.false)
  }

  var areaUnderROC: Double? {
    guard !trueKeys.isEmpty, !falseKeys.isEmpty else { return nil }
    // Twice the pairs won, so that a tie's half is whole; 64 bits hold 3e9 squared.
    var twiceWon: UInt64 = 0
    var below = 0
    var upTo = 0
    for key in trueKeys {
      while below < falseKeys.count && falseKeys[below] < key { below += 1 }
      while upTo < falseKeys.count && falseKeys[upTo] <= key { upTo += 1 }
      twiceWon += UInt64(below + upTo)
    }
    return Double(twiceWon) / (2 * Double(trueKeys.count) * Double(falseKeys.count))
  }

  var averagePrecision: Double? {
    guard !trueKeys.isEmpty else { return nil }
    var sum = 0.0
    var high = trueKeys.count
    var falseBelow = falseKeys.count
    while high > 0 {
      let key = trueKeys[high - 1]
      var low = high
      while low > 0 && trueKeys[low - 1] == key { low -= 1 }
      while falseBelow > 0 && falseKeys[falseBelow - 1] >= key { falseBelow -= 1 }
      let keptTrue = trueKeys.count - low
      let kept = keptTrue + falseKeys.count - falseBelow
      sum += Double(high - low) * (Double(keptTrue) / Double(kept))
      high = low
    }
    return sum / Double(trueKeys.count)
  }

  /// A number that orders as the score does; -0 and 0 are equal.
  private static func key(_ score: Float) -> UInt32 {
    let bits = (score + 0).bitPattern
    return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
  }

  /// Radix sort, least digit first: 11, 11 and 10 bits.
  private static func sorted(_ keys: [UInt32]) -> [UInt32] {
    var from = keys
    var to = [UInt32](repeating: 0, count: keys.count)
    for shift in [UInt32(0), 11, 22] {
      var next = [Int](repeating: 0, count: 2049)
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          next.withUnsafeMutableBufferPointer { next in
            for key in from { next[Int(key >> shift & 2047) + 1] += 1 }
            for digit in 0..<2048 { next[digit + 1] += next[digit] }
            for key in from {
              let digit = Int(key >> shift & 2047)
              to[next[digit]] = key
              next[digit] += 1
            }
          }
        }
      }
      swap(&from, &to)
    }
    return from
  }
}
