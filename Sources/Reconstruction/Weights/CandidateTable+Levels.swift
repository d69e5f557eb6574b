import Foundation

/// A candidate table in few bytes: every value is one of 256 levels.
///
/// Level 0 is 0 and stands for all that is below the threshold of the search; the others are even steps of
/// the logarithm from the threshold to the largest value, about 8 % apart.
struct TableLevels: Equatable {
  /// Ascending, [256].
  var levels: [Float]
  /// [pairs][curvatureBins][placeBins].
  var codes: [UInt8]
}

extension CandidateTable {
  /// The table that levels stand for.
  init(mostCurvature: Float, _ table: TableLevels) {
    self.init(mostCurvature: mostCurvature, values: table.codes.map { table.levels[Int($0)] })
  }

  /// The nearest levels, for a search that looks at nothing below the threshold.
  ///
  /// A table made of levels gives the same levels.
  func levels(threshold: Float) -> TableLevels {
    let most = values.max() ?? 0
    var levels = [Float](repeating: 0, count: 256)
    guard most >= threshold, most > 0 else {
      return TableLevels(levels: levels, codes: [UInt8](repeating: 0, count: values.count))
    }
    // A threshold of 0 asks for everything; what is a millionth of the most is as good as nothing.
    let least = max(threshold, most * 1e-6)
    let span = log(Double(most) / Double(least))
    for level in 1...255 {
      levels[level] = Float(Double(least) * exp(span * Double(level - 1) / 254))
    }
    (levels[1], levels[255]) = (least, most)
    let limits = (1...254).map { (levels[$0] * levels[$0 + 1]).squareRoot() }
    let codes = values.map { value -> UInt8 in
      guard value >= least else { return 0 }
      var (low, high) = (0, limits.count)
      while low < high {
        let middle = (low + high) / 2
        if limits[middle] < value { low = middle + 1 } else { high = middle }
      }
      return UInt8(low + 1)
    }
    return TableLevels(levels: levels, codes: codes)
  }
}
