import CNumericKernels

/// For every layer pair the true weight that a pair of hits is worth on average, by the curvature of the
/// circle through the beam line and both hits, and by where along the beam line it starts.
///
/// Bins of curvature are even steps of its root up to `mostCurvature`, bins of place even steps of
/// asinh(z0 / 4 mm) from -6.5 to 6.5.
public struct CandidateTable: Sendable, Equatable {
  public static let curvatureBins = Int(TFK_CURVATURE_BINS)
  public static let placeBins = Int(TFK_PLACE_BINS)
  static let cells = curvatureBins * placeBins

  /// In 1/mm.
  public let mostCurvature: Float
  /// Smoothed, [pairs][curvatureBins][placeBins].
  public let values: [Float]

  public init(mostCurvature: Float, values: [Float]) {
    self.mostCurvature = mostCurvature
    self.values = values
  }

  /// From the sums over training events.
  ///
  /// - Parameters:
  ///   - weight: of true pairs, [pairs][cells].
  ///   - pairs: all pairs of hits, for as many events as the weights are of, [pairs][cells].
  init(mostCurvature: Float, weight: [Double], pairs: [Double]) {
    self.mostCurvature = mostCurvature
    let plain = zip(weight, pairs).map { Float($0 / ($1 + 0.3)) }
    var smooth = plain
    for first in stride(from: 0, to: plain.count, by: Self.cells) {
      for curvature in 0..<Self.curvatureBins {
        for place in 0..<Self.placeBins {
          var (sum, count): (Float, Float) = (0, 0)
          for c in max(0, curvature - 1)...min(Self.curvatureBins - 1, curvature + 1) {
            for z in max(0, place - 1)...min(Self.placeBins - 1, place + 1) {
              let share: Float = c == curvature && z == place ? 4 : 1
              sum += share * plain[first + c * Self.placeBins + z]
              count += share
            }
          }
          smooth[first + curvature * Self.placeBins + place] = sum / count
        }
      }
    }
    values = smooth
  }

  /// What a threshold leaves of a pair's table.
  struct Reach {
    /// Highest allowed bin of curvature in 2^level places from each on, [6][placeBins]; -1 for none.
    let levels: [Int32]
    /// Highest of all; -1 where nothing is allowed.
    let highest: Int32
  }

  func reach(pair: Int, threshold: Float) -> Reach {
    let first = pair * Self.cells
    var levels = [Int32](repeating: -1, count: 6 * Self.placeBins)
    for place in 0..<Self.placeBins {
      for curvature in 0..<Self.curvatureBins
      where values[first + curvature * Self.placeBins + place] >= threshold {
        levels[place] = Int32(curvature)
      }
    }
    for level in 1..<6 {
      let half = 1 << (level - 1)
      for place in 0..<Self.placeBins {
        let one = levels[(level - 1) * Self.placeBins + place]
        let other =
          place + half < Self.placeBins ? levels[(level - 1) * Self.placeBins + place + half] : -1
        levels[level * Self.placeBins + place] = max(one, other)
      }
    }
    return Reach(levels: levels, highest: levels[0..<Self.placeBins].max() ?? -1)
  }
}
