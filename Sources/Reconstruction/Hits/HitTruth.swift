import EventData

/// Which particle made each hit of an event, and where on the particle's way the hit is.
///
/// Particles are numbered from 1 in the order in which the truth first meets them; 0 stands for noise
/// and for hits that the truth does not name.
public struct HitTruth: Sendable, Equatable {
  /// Number of the particle, [hits].
  public var particle: [Int32]
  /// The hit's place on the particle's way, from 0: hits in a row on one layer have the same, [hits].
  /// -1 where there is no particle.
  public var step: [Int32]
  /// Share of the TrackML score, [hits].
  public var weight: [Float]
  /// Whether a particle was born more than `originLimit` from the beam line, [particles].
  public var isSecondary: [Bool]
  /// Hits of a particle in the event, [particles].
  public var hitCount: [Int32]

  /// In mm, from the beam line.
  public static let originLimit = ParticleTable.secondaryRadius

  public var particleCount: Int { hitCount.count }

  public init(
    particle: [Int32], step: [Int32], weight: [Float], isSecondary: [Bool], hitCount: [Int32]
  ) {
    self.particle = particle
    self.step = step
    self.weight = weight
    self.isSecondary = isSecondary
    self.hitCount = hitCount
  }

  /// Orders every particle's hits by the distance of their true crossing from where it was born.
  ///
  /// - Parameters:
  ///   - hitID: the event's hits.
  ///   - layer: layer of each hit, [hits].
  ///   - truth: rows in any order; hits without one count as noise.
  ///   - particles: where particles are born; the origin for those that are not in it.
  public init(hitID: [Int32], layer: [Int32], truth: TruthTable, particles: ParticleTable?) {
    let rowOfHit = Dictionary(
      truth.hitID.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let rowOfParticle = Dictionary(
      (particles?.particleID ?? []).enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first })
    var numbers: [Int64: Int32] = [:]
    var isSecondary = [false]
    var hitCount: [Int32] = [0]
    var members: [[(distance: Double, hit: Int32)]] = [[]]
    particle = Array(repeating: 0, count: hitID.count)
    step = Array(repeating: -1, count: hitID.count)
    weight = Array(repeating: 0, count: hitID.count)
    for hit in hitID.indices {
      guard let row = rowOfHit[hitID[hit]] else { continue }
      weight[hit] = Float(truth.weight[row])
      let identifier = truth.particleID[row]
      guard identifier != 0 else { continue }
      var origin = SIMD3<Double>.zero
      if let known = rowOfParticle[identifier], let particles {
        origin = SIMD3(particles.vx[known], particles.vy[known], particles.vz[known])
      }
      let number = numbers[identifier] ?? Int32(hitCount.count)
      if Int(number) == hitCount.count {
        numbers[identifier] = number
        hitCount.append(0)
        members.append([])
        isSecondary.append(
          (origin.x * origin.x + origin.y * origin.y).squareRoot() > Self.originLimit)
      }
      particle[hit] = number
      hitCount[Int(number)] += 1
      let way = SIMD3(truth.tx[row], truth.ty[row], truth.tz[row]) - origin
      members[Int(number)].append(((way * way).sum(), Int32(hit)))
    }
    for hits in members.dropFirst() {
      var place: Int32 = -1
      var last: Int32 = -1
      for (_, hit) in hits.sorted(by: { ($0.distance, $0.hit) < ($1.distance, $1.hit) }) {
        if layer[Int(hit)] != last { place += 1 }
        last = layer[Int(hit)]
        step[Int(hit)] = place
      }
    }
    self.isSecondary = isSecondary
    self.hitCount = hitCount
  }

  /// Whether two hits follow each other on a particle's way.
  @inline(__always)
  public func joins(_ from: Int, _ to: Int) -> Bool {
    particle[from] > 0 && particle[from] == particle[to] && step[to] == step[from] + 1
  }

  /// Whether two hits are of the same particle.
  @inline(__always)
  public func isSame(_ a: Int, _ b: Int) -> Bool { particle[a] > 0 && particle[a] == particle[b] }
}
