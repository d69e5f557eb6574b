import Foundation

/// True and false edges counted by the logit of their probability, in bins so narrow that every curve follows.
///
/// The counts of several events add up, and only then are shares formed. Bin b of the inner ones holds
/// the logits above `(b - 1) / 10 - 20` up to and with `b / 10 - 20`, so that a cut at a bin's edge keeps
/// exactly the bins above it (`EdgeMetrics.cut` keeps what scores above its threshold, strictly). The
/// first bin holds what is lower, -20 included, the last what is higher than 20.
public struct EdgeScoreCounts: Sendable, Equatable {
  /// Bins of one unit of the logit.
  public static let binsPerUnit = 10
  /// The inner bins lie between this and its opposite.
  public static let lowest = -20
  /// Two of them are open.
  public static let binCount = -2 * lowest * binsPerUnit + 2

  /// [bins].
  public private(set) var trueEdges: [Int]
  /// [bins].
  public private(set) var falseEdges: [Int]

  /// None yet.
  public init() {
    trueEdges = Array(repeating: 0, count: Self.binCount)
    falseEdges = trueEdges
  }

  /// Counts that were kept, [bins] each.
  public init(trueEdges: [Int], falseEdges: [Int]) {
    precondition(
      trueEdges.count == Self.binCount && falseEdges.count == Self.binCount,
      "counts in other bins")
    self.trueEdges = trueEdges
    self.falseEdges = falseEdges
  }

  /// Counts edges by the logits that a network gave them.
  ///
  /// - Parameters:
  ///   - logits: [edges]; those that are not numbers count nowhere.
  ///   - labels: 1 for true edges, [edges].
  public init(logits: [Float], labels: [UInt8]) {
    self.init(labels) { Double(logits[$0]) }
    precondition(logits.count == labels.count, "one label an edge")
  }

  /// Counts edges by the logits of their probabilities, [edges].
  public init(probabilities: [Float], labels: [UInt8]) {
    precondition(probabilities.count == labels.count, "one label an edge")
    self.init(labels) { edge in
      let probability = Double(probabilities[edge])
      return log(probability / (1 - probability))
    }
  }

  private init(_ labels: [UInt8], _ logit: (Int) -> Double) {
    self.init()
    for edge in labels.indices {
      let value = logit(edge)
      guard !value.isNaN else { continue }
      let bin = Self.bin(of: value)
      if labels[edge] != 0 { trueEdges[bin] += 1 } else { falseEdges[bin] += 1 }
    }
  }

  /// Adds the counts of another event.
  public mutating func add(_ other: EdgeScoreCounts) {
    for bin in trueEdges.indices {
      trueEdges[bin] += other.trueEdges[bin]
      falseEdges[bin] += other.falseEdges[bin]
    }
  }

  public var trueCount: Int { trueEdges.reduce(0, +) }
  public var falseCount: Int { falseEdges.reduce(0, +) }

  /// The bin of a logit, which may be infinite.
  static func bin(of logit: Double) -> Int {
    let place = (logit * Double(binsPerUnit)).rounded(.up) - Double(lowest * binsPerUnit)
    return Int(min(max(place, 0), Double(binCount - 1)))
  }

  /// The highest logit of a bin; that of the last is infinite.
  static func top(of bin: Int) -> Double {
    bin == binCount - 1 ? .infinity : Double(bin + lowest * binsPerUnit) / Double(binsPerUnit)
  }

  /// The middle of a bin; of the open ones a twentieth from their end.
  static func middle(of bin: Int) -> Double {
    (Double(bin) - 0.5) / Double(binsPerUnit) + Double(lowest)
  }

  static func probability(ofLogit logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
