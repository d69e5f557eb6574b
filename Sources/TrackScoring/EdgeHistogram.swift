/// How the scores of true and of false edges are spread over equal bins of [0, 1].
public struct EdgeHistogram: Sendable, Equatable {
  /// True edges in each bin, [bins].
  public private(set) var trueEdges: [Int]
  /// False edges in each bin, [bins].
  public private(set) var falseEdges: [Int]

  /// Counts edges by score; bin i holds i / bins <= score < (i + 1) / bins, the last one 1 as well.
  ///
  /// - Parameters:
  ///   - scores: probabilities, [edges]; those beyond 0 and 1 count in the outer bins, and those that
  ///     are not numbers nowhere.
  ///   - labels: 1 for true edges, [edges].
  public init(scores: [Float], labels: [UInt8], bins: Int = 50) {
    precondition(scores.count == labels.count, "one label an edge")
    precondition(bins > 0, "a histogram has bins")
    // Neighbouring edges are counted in tables of their own, as most fall into the same bin and each
    // count would have to wait for the one before.
    let tables = 4
    var counts = [Int](repeating: 0, count: tables * 2 * bins)
    counts.withUnsafeMutableBufferPointer { counts in
      for edge in scores.indices where !scores[edge].isNaN {
        let score = min(max(Double(scores[edge]), 0), 1)
        let bin = min(Int(score * Double(bins)), bins - 1)
        let table = 2 &* (edge & (tables - 1)) &+ (labels[edge] != 0 ? 1 : 0)
        counts[table &* bins &+ bin] &+= 1
      }
    }
    func sum(of kind: Int) -> [Int] {
      (0..<bins).map { bin in
        (0..<tables).reduce(0) { $0 + counts[(2 * $1 + kind) * bins + bin] }
      }
    }
    trueEdges = sum(of: 1)
    falseEdges = sum(of: 0)
  }

  /// The edges of the bins, one more than bins.
  public var binEdges: [Double] {
    (0...trueEdges.count).map { Double($0) / Double(trueEdges.count) }
  }

  /// Adds the counts of another event, in the same bins.
  public mutating func add(_ other: EdgeHistogram) {
    precondition(other.trueEdges.count == trueEdges.count, "counts in other bins")
    for bin in trueEdges.indices {
      trueEdges[bin] += other.trueEdges[bin]
      falseEdges[bin] += other.falseEdges[bin]
    }
  }
}
