/// The weights that the TrackML score gives to hits, computed from truth and particles.
///
/// Source: the challenge's definition; a hit's weight is its order weight times its particle's pT weight.
public enum HitWeights {
  /// The weight of every row of a truth table; all weights add up to 1, or are all 0.
  ///
  /// The order of a particle's hits is that of |tz - vz|; hits at equal distance share the mean rank, truncated.
  /// Noise and hits of particles that are not in the particle table weigh nothing, and neither
  /// does a particle with fewer than 4 hits, nor its 21st hit and those after it.
  public static func weights(truth: TruthTable, particles: ParticleTable) -> [Double] {
    let rowOfParticle = Dictionary(
      zip(particles.particleID, particles.particleID.indices),
      uniquingKeysWith: { first, _ in first })
    var hitsOfParticle = [[Int]](repeating: [], count: particles.count)
    for (hit, particle) in truth.particleID.enumerated() where particle != 0 {
      if let row = rowOfParticle[particle] { hitsOfParticle[row].append(hit) }
    }
    var weights = [Double](repeating: 0, count: truth.count)
    for (row, hits) in hitsOfParticle.enumerated() where hits.count >= minimumHits {
      let pT = hypotenuse(particles.px[row], particles.py[row])
      let orderWeights = orderWeightTable[min(hits.count, maximumHits)]
      let ranked = hits.map { (distance: abs(truth.tz[$0] - particles.vz[row]), hit: $0) }
        .sorted { ($0.distance, $0.hit) < ($1.distance, $1.hit) }
      var first = 0
      while first < ranked.count {
        var last = first
        while last + 1 < ranked.count, ranked[last + 1].distance == ranked[first].distance {
          last += 1
        }
        let rank = (first + last) / 2
        for entry in ranked[first...last] where rank < maximumHits {
          weights[entry.hit] = orderWeights[rank] * weight(pT: pT)
        }
        first = last + 1
      }
    }
    let sum = weights.reduce(0, +)
    return sum > 0 ? weights.map { $0 / sum } : weights
  }

  /// The pT weight in GeV: 0.2 up to 0.5, linear to 1 at 3, flat above, 0 below 0.05.
  public static func weight(pT: Double) -> Double {
    switch pT {
    case ..<0.05: 0
    case ..<0.5: 0.2
    case ..<3: 0.2 + 0.8 * (pT - 0.5) / 2.5
    default: 1
    }
  }

  /// The order weights of a particle's hits, first to last; they add up to 1.
  ///
  /// - Parameter count: number of hits, 4 to 20.
  static func orderWeights(count: Int) -> [Double] {
    let proposal: [Double] = [10, 8, 6, 5, 3, 3, 3, 5, 6]
    let weights = (0..<count).map { index in
      let position = Double(index) * Double(proposal.count - 1) / Double(count - 1)
      let below = min(Int(position), proposal.count - 2)
      let share = position - Double(below)
      return proposal[below] * (1 - share) + proposal[below + 1] * share
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static let minimumHits = 4
  private static let maximumHits = 20
  /// Row n holds the order weights of a particle with n hits.
  private static let orderWeightTable = (0...maximumHits).map {
    $0 < minimumHits ? [] : orderWeights(count: $0)
  }

  private static func hypotenuse(_ x: Double, _ y: Double) -> Double {
    (x * x + y * y).squareRoot()
  }
}
