/// The true edges' scores in order, with the false edges at and between them: all that rank metrics need.
///
/// Only the true edges, mostly a few in a hundred, are sorted; one pass over all edges then finds
/// each false one its place among them.
struct EdgeRanking {
  /// True edges at each of the distinct scores of true edges, from the lowest score on.
  private let trueEdges: [Int]
  /// False edges below the first of those scores, at it, between it and the second, at that, …
  private let falseEdges: [UInt32]
  private let trueCount: Int
  private let falseCount: Int

  /// Nil if a score is not a number.
  init?(scores: [Float], labels: [UInt8]) {
    precondition(scores.count == labels.count, "one label an edge")
    let ladder = ScoreLadder(of: Self.trueKeys(scores: scores, labels: labels))
    var places = [UInt32](repeating: 0, count: 2 * ladder.count + 1)
    let areNumbers = places.withUnsafeMutableBufferPointer { places in
      scores.withUnsafeBufferPointer { scores in
        labels.withUnsafeBufferPointer { labels in
          ladder.withPlaces { place in
            for edge in 0..<scores.count {
              let score = scores[edge]
              if score.isNaN { return false }
              places[place(ScoreLadder.key(score))] &+= labels[edge] == 0 ? 1 : 0
            }
            return true
          }
        }
      }
    }
    guard areNumbers else { return nil }
    trueEdges = ladder.multiplicity
    falseEdges = places
    trueCount = trueEdges.reduce(0, +)
    falseCount = scores.count - trueCount
  }

  var areaUnderROC: Double? {
    guard trueCount > 0, falseCount > 0 else { return nil }
    // Twice the pairs won, so that a tie's half is whole; 64 bits hold 3e9 squared.
    var twiceWon: UInt64 = 0
    var below: UInt64 = 0
    for (place, count) in trueEdges.enumerated() {
      below += UInt64(falseEdges[2 * place])
      let upTo = below + UInt64(falseEdges[2 * place + 1])
      twiceWon += UInt64(count) * (below + upTo)
      below = upTo
    }
    return Double(twiceWon) / (2 * Double(trueCount) * Double(falseCount))
  }

  var averagePrecision: Double? {
    guard trueCount > 0 else { return nil }
    var sum = 0.0
    var keptTrue = 0
    var keptFalse = Int(falseEdges[2 * trueEdges.count])
    for place in trueEdges.indices.reversed() {
      keptTrue += trueEdges[place]
      keptFalse += Int(falseEdges[2 * place + 1])
      sum += Double(trueEdges[place]) * (Double(keptTrue) / Double(keptTrue + keptFalse))
      keptFalse += Int(falseEdges[2 * place])
    }
    return sum / Double(trueCount)
  }

  private static func trueKeys(scores: [Float], labels: [UInt8]) -> [UInt32] {
    let count = labels.reduce(0) { $1 == 0 ? $0 : $0 + 1 }
    return [UInt32](unsafeUninitializedCapacity: count) { keys, filled in
      for edge in labels.indices where labels[edge] != 0 {
        keys[filled] = ScoreLadder.key(scores[edge])
        filled += 1
      }
    }
  }
}
