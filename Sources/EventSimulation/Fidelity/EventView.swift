import EventData

/// An event as it is counted: the hits of some volumes, each with its truth and its particle.
struct EventView {
  let hits: HitTable
  let truth: TruthTable?
  let particles: ParticleTable?
  /// The rows of the hits looked at.
  let rows: [Int]
  /// Row of the truth of each of `rows`; empty without truth.
  let truthRows: [Int]
  /// Particle of each of `rows`, 0 for noise; empty without truth.
  let particleIDs: [Int64]
  /// For each row of the particles its places in `rows`, in the order of flight.
  let hitsOfParticle: [[Int32]]

  /// - Parameter volumes: empty for all.
  init(_ event: Event, volumes: Set<Int32>) {
    hits = event.hits
    truth = event.truth
    particles = event.particles
    let volumeID = event.hits.volumeID
    rows = (0..<event.hits.count).filter { volumes.isEmpty || volumes.contains(volumeID[$0]) }
    if let truth = event.truth {
      truthRows = Self.rows(of: truth, for: event.hits, rows)
      particleIDs = truthRows.map { truth.particleID[$0] }
    } else {
      truthRows = []
      particleIDs = []
    }
    hitsOfParticle = Self.hits(of: event.particles, particleIDs, event.truth, truthRows)
  }

  private static func rows(of truth: TruthTable, for hits: HitTable, _ rows: [Int]) -> [Int] {
    if truth.hitID == hits.hitID { return rows }
    let place = Dictionary(
      zip(truth.hitID, truth.hitID.indices), uniquingKeysWith: { first, _ in first })
    // Readers promise a truth row for every hit.
    return rows.map { place[hits.hitID[$0]] ?? 0 }
  }

  private static func hits(
    of particles: ParticleTable?, _ particleIDs: [Int64], _ truth: TruthTable?, _ truthRows: [Int]
  ) -> [[Int32]] {
    guard let particles, let truth else { return [] }
    let rowOfParticle = Dictionary(
      zip(particles.particleID, particles.particleID.indices),
      uniquingKeysWith: { first, _ in first })
    var result = [[Int32]](repeating: [], count: particles.count)
    for (index, id) in particleIDs.enumerated() where id != 0 {
      if let row = rowOfParticle[id] { result[row].append(Int32(index)) }
    }
    for row in result.indices where result[row].count > 1 {
      let start = SIMD3(particles.vx[row], particles.vy[row], particles.vz[row])
      // By the way from the start; the number decides between equals.
      let keyed = result[row].map { index in
        let at = truthRows[Int(index)]
        let way = SIMD3(truth.tx[at], truth.ty[at], truth.tz[at]) - start
        return (distance: (way * way).sum(), index: index)
      }
      result[row] = keyed.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
        .map(\.index)
    }
    return result
  }
}
