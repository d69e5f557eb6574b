/// How far a figure of ours may lie from the reference's.
public enum FidelityTolerance: Sendable, Equatable {
  /// By this share of the reference.
  case relative(Double)
  /// By this much, in the figure's unit.
  case absolute(Double)
  /// Not below this, whatever the reference.
  case atLeast(Double)

  func admits(_ ours: Double, _ reference: Double) -> Bool {
    switch self {
    case .relative(let share): abs(ours - reference) <= share * abs(reference)
    case .absolute(let distance): abs(ours - reference) <= distance
    case .atLeast(let bound): ours >= bound
    }
  }

  /// Distance in tolerances: agreement is 1 or less.
  func deviation(_ ours: Double, _ reference: Double) -> Double {
    switch self {
    case .relative(let share):
      ours == reference ? 0 : abs(ours - reference) / (share * abs(reference))
    case .absolute(let distance): abs(ours - reference) / distance
    case .atLeast(let bound): (1 - ours) / (1 - bound)
    }
  }
}

extension FidelityTolerance {
  /// Hits, particles and noise of an event.
  static let yield = relative(0.05)
  static let hitsPerLayer = relative(0.15)
  static let spectrum = relative(0.07)
  /// The share that two histograms of hits per particle have in common.
  static let hitsPerParticle = atLeast(0.92)
  static let displaced = relative(0.20)
  static let withoutHits = absolute(0.03)
  /// 2 % of the field at the centre, which is 2 T: the field passes through 0 at the ends.
  static let curvature = absolute(0.04)
  /// Of the largest turn of the reference on the same side; it passes through 0 on its way around.
  static let slopeTurn = 0.10
  static let hitsPerCrossedLayer = relative(0.05)
  static let residual = relative(0.20)
  static let cellsPerHit = relative(0.15)
  static let graph = relative(0.15)
}
