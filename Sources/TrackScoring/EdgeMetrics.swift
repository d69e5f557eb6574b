/// How well scores tell the true edges of a graph from the false ones.
///
/// Scores are of any finite size, higher for edges that look true; labels are 1 for true edges and
/// 0 for false ones, one of each an edge. All results are exact and do not depend on the edges' order.
public enum EdgeMetrics {
  /// The chance that a true edge scores above a false one, where equal scores count half.
  ///
  /// The area under the curve of (true edges kept / true edges) over (false edges kept / false
  /// edges). Its denominator is the number of pairs of a true and a false edge.
  /// - Returns: nil if there is no true or no false edge, or a score is not a number.
  public static func areaUnderROC(scores: [Float], labels: [UInt8]) -> Double? {
    EdgeRanking(scores: scores, labels: labels)?.areaUnderROC
  }

  /// The mean purity over the true edges: of each, that of all edges scored as high or higher.
  ///
  /// The sum over thresholds t of (R(t) - R(next higher t)) P(t), R the efficiency and P the
  /// purity at t; nothing is interpolated.
  /// - Returns: nil if there is no true edge, or a score is not a number.
  public static func averagePrecision(scores: [Float], labels: [UInt8]) -> Double? {
    EdgeRanking(scores: scores, labels: labels)?.averagePrecision
  }

  /// What a cut keeps: the edges that score above a threshold, strictly.
  public static func cut(scores: [Float], labels: [UInt8], above threshold: Float) -> EdgeCut {
    precondition(scores.count == labels.count, "one label an edge")
    var cut = EdgeCut(threshold: threshold)
    for edge in scores.indices {
      cut.count(isTrue: labels[edge] != 0, isKept: scores[edge] > threshold)
    }
    return cut
  }
}

/// What a cut on the score of edges keeps, with the shares that follow from it.
public struct EdgeCut: Sendable, Equatable {
  /// Edges that score above this are kept.
  public var threshold: Float
  public var trueEdges = 0
  public var falseEdges = 0
  public var keptTrueEdges = 0
  public var keptFalseEdges = 0

  public init(threshold: Float) { self.threshold = threshold }

  /// Counts one more edge.
  @inline(__always)
  mutating func count(isTrue: Bool, isKept: Bool) {
    if isTrue { trueEdges += 1 } else { falseEdges += 1 }
    guard isKept else { return }
    if isTrue { keptTrueEdges += 1 } else { keptFalseEdges += 1 }
  }

  /// True edges kept / all edges kept; nil if none is kept.
  public var purity: Double? {
    let kept = keptTrueEdges + keptFalseEdges
    return kept == 0 ? nil : Double(keptTrueEdges) / Double(kept)
  }

  /// True edges kept / true edges of the graph; nil if it has none.
  public var efficiency: Double? {
    trueEdges == 0 ? nil : Double(keptTrueEdges) / Double(trueEdges)
  }

  /// False edges dropped / false edges of the graph; nil if it has none.
  public var rejection: Double? {
    falseEdges == 0 ? nil : Double(falseEdges - keptFalseEdges) / Double(falseEdges)
  }

  /// Edges judged rightly / edges of the graph; nil if it has none.
  public var accuracy: Double? {
    let edges = trueEdges + falseEdges
    return edges == 0 ? nil : Double(keptTrueEdges + falseEdges - keptFalseEdges) / Double(edges)
  }
}
