import Reconstruction

/// Small events made by hand: particles with their hits' steps and weights, and noise.
struct WaterfallEvent {
  private(set) var truth = HitTruth(
    particle: [], step: [], weight: [], isSecondary: [false], hitCount: [0])

  /// Adds a particle with a hit of that weight at each step, and returns its hits.
  mutating func particle(
    steps: [Int32], weight: Float = 1, isSecondary: Bool = false
  ) -> [Int32] {
    let number = Int32(truth.particleCount)
    let first = Int32(truth.particle.count)
    truth.isSecondary.append(isSecondary)
    truth.hitCount.append(Int32(steps.count))
    truth.particle += steps.map { _ in number }
    truth.step += steps
    truth.weight += steps.map { _ in weight }
    return Array(first..<first + Int32(steps.count))
  }

  /// Adds hits of no particle, and returns them.
  mutating func noise(_ count: Int) -> [Int32] {
    let first = Int32(truth.particle.count)
    truth.particle += Array(repeating: 0, count: count)
    truth.step += Array(repeating: -1, count: count)
    truth.weight += Array(repeating: 0, count: count)
    return Array(first..<first + Int32(count))
  }

  /// The chain of some hits, each joined with the next.
  static func chain(_ hits: [Int32]) -> JoinedPairs {
    JoinedPairs(from: Array(hits.dropLast()), to: Array(hits.dropFirst()))
  }
}
