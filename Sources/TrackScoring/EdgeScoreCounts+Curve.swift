/// What a cut on the logit keeps of counted edges: a point of every curve.
public struct EdgeCurvePoint: Sendable, Equatable {
  /// Edges of a higher logit are kept.
  public var logit: Double
  public var keptTrueEdges: Int
  public var keptFalseEdges: Int

  public init(logit: Double, keptTrueEdges: Int, keptFalseEdges: Int) {
    self.logit = logit
    self.keptTrueEdges = keptTrueEdges
    self.keptFalseEdges = keptFalseEdges
  }
}

extension EdgeScoreCounts {
  /// What cuts at the bins' edges keep, from the lowest on; those that keep all or nothing only at the ends.
  ///
  /// Each point is exact. Where there are more than `limit`, every second, third, … of them is taken.
  public func curve(limit: Int = 100) -> [EdgeCurvePoint] {
    var points: [EdgeCurvePoint] = []
    var kept = (true: 0, false: 0)
    for bin in trueEdges.indices.reversed().dropLast() {
      kept.true += trueEdges[bin]
      kept.false += falseEdges[bin]
      points.append(
        EdgeCurvePoint(
          logit: Self.top(of: bin - 1), keptTrueEdges: kept.true, keptFalseEdges: kept.false))
    }
    points.reverse()
    let isLow = { (point: EdgeCurvePoint) in
      point.keptTrueEdges == kept.true && point.keptFalseEdges == kept.false
    }
    let isHigh = { (point: EdgeCurvePoint) in
      point.keptTrueEdges == 0 && point.keptFalseEdges == 0
    }
    // Of the cuts that keep all the highest, of those that keep nothing the lowest.
    let first = points.lastIndex(where: isLow) ?? 0
    let last = points.firstIndex(where: isHigh) ?? points.count - 1
    guard first <= last else { return [] }
    let step = max(1, (last - first + limit) / limit)
    return stride(from: first, to: last, by: step).map { points[$0] } + [points[last]]
  }

  /// The occupied bins, put together in equal groups so that there are at most `limit`; nil where all are empty.
  ///
  /// The open bins count in the outermost of the others.
  public func histogram(limit: Int = 60) -> (
    binEdges: [Double], trueEdges: [Int], falseEdges: [Int]
  )? {
    let occupied = trueEdges.indices.filter { trueEdges[$0] + falseEdges[$0] > 0 }
      .map { min(max($0, 1), Self.binCount - 2) }
    guard let first = occupied.first, let last = occupied.last else { return nil }
    let width = [1, 2, 5, 10].first { (last - first) / $0 + 2 <= limit } ?? 10
    // Groups begin at multiples of their width, counted from the first inner bin.
    func group(_ bin: Int) -> Int { (min(max(bin, 1), Self.binCount - 2) - 1) / width }
    let groups = group(first)...group(last)
    var counts = (
      [Int](repeating: 0, count: groups.count), [Int](repeating: 0, count: groups.count)
    )
    for bin in trueEdges.indices where groups.contains(group(bin)) {
      counts.0[group(bin) - groups.lowerBound] += trueEdges[bin]
      counts.1[group(bin) - groups.lowerBound] += falseEdges[bin]
    }
    let edges = (groups.lowerBound...groups.upperBound + 1).map {
      Double($0 * width + Self.lowest * Self.binsPerUnit) / Double(Self.binsPerUnit)
    }
    return (edges, counts.0, counts.1)
  }

  /// A group of bins in which predicted probabilities are held against what was found.
  public struct Reliability: Sendable, Equatable {
    public var edges: Int
    public var trueEdges: Int
    /// The mean of the probabilities, each taken as that of its bin's middle.
    ///
    /// It is off by less than 0.0125 at worst, and by some 0.0001 where a group is well filled.
    public var meanProbability: Double

    /// Share of the edges that are true.
    public var fraction: Double { Double(trueEdges) / Double(edges) }
  }

  /// Groups one unit of the logit wide from -10 to 10, the outer ones open; empty ones are left out.
  public var reliability: [Reliability] {
    let groups = Dictionary(grouping: trueEdges.indices) { bin in
      let unit = (Self.middle(of: bin)).rounded(.down)
      return Int(min(max(unit, -11), 10))
    }
    return groups.keys.sorted().compactMap { unit in
      let bins = groups[unit] ?? []
      let trueCount = bins.reduce(0) { $0 + trueEdges[$1] }
      let count = trueCount + bins.reduce(0) { $0 + falseEdges[$1] }
      guard count > 0 else { return nil }
      let sum = bins.reduce(0.0) {
        $0 + Double(trueEdges[$1] + falseEdges[$1]) * Self.probability(ofLogit: Self.middle(of: $1))
      }
      return Reliability(
        edges: count, trueEdges: trueCount, meanProbability: sum / Double(count))
    }
  }

  /// The expected calibration error: mean over the edges of how far a group's mean probability is
  /// from its fraction of true edges (Guo et al. 2017, with the groups of `reliability`).
  ///
  /// - Returns: nil where there is no edge.
  public var expectedCalibrationError: Double? {
    let groups = reliability
    let count = groups.reduce(0) { $0 + $1.edges }
    guard count > 0 else { return nil }
    let sum = groups.reduce(0.0) { $0 + Double($1.edges) * abs($1.meanProbability - $1.fraction) }
    return sum / Double(count)
  }
}
