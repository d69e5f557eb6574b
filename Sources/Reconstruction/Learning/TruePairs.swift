/// The pairs of hits that follow each other on a particle's way.
public struct TruePairs: Sendable, Equatable {
  /// Inner and outer hit, [pairs].
  public var from: [Int32] = []
  public var to: [Int32] = []

  public var count: Int { from.count }

  /// - Parameter used: hits to leave out, [hits]; empty for none.
  public init(_ truth: HitTruth, leavingOut used: [Bool] = []) {
    let order = Self.order(truth, used)
    var next = 0
    for (place, key) in order.enumerated() {
      next = max(next, place)
      // The hits of the step behind this one: past its own.
      while next < order.count, order[next] >> 32 == key >> 32 { next += 1 }
      var other = next
      while other < order.count, order[other] >> 32 == (key >> 32) + 1 {
        from.append(Int32(truncatingIfNeeded: key))
        to.append(Int32(truncatingIfNeeded: order[other]))
        other += 1
      }
    }
  }

  /// Every two hits of a particle on different steps.
  init(everyTwoHitsOf truth: HitTruth, leavingOut used: [Bool]) {
    let order = Self.order(truth, used)
    for (place, key) in order.enumerated() {
      var other = place + 1
      while other < order.count, order[other] >> 40 == key >> 40 {
        if order[other] >> 32 != key >> 32 {
          from.append(Int32(truncatingIfNeeded: key))
          to.append(Int32(truncatingIfNeeded: order[other]))
        }
        other += 1
      }
    }
  }

  /// The particles' hits by particle and step: particle, step and hit in one number each.
  private static func order(_ truth: HitTruth, _ used: [Bool]) -> [UInt64] {
    truth.particle.indices.filter {
      truth.particle[$0] > 0 && (used.isEmpty || !used[$0])
    }.map { hit in
      UInt64(truth.particle[hit]) << 40 | UInt64(truth.step[hit] & 0xff) << 32 | UInt64(hit)
    }.sorted()
  }
}
