import EventData
import Foundation

/// What is counted of particles: how many, how fast, where from, and what they leave.
struct ParticleStatistics: Sendable, Equatable {
  /// Bounds of the intervals of |eta| in which particles without hits are counted.
  static let etaBounds = Array(stride(from: 0.0, through: 4.0, by: 0.5))
  /// Slower particles are known to leave no hits, and say nothing about the detector; GeV.
  static let slowest = 0.15
  /// The last entry of the histogram of hits counts particles with that many or more.
  static let mostHits = 24

  /// Particles, those without hits included.
  var all = Tally()
  var withHits = Tally()
  /// Particles with 1 hit, 2 hits, and so on.
  var hitCounts = [Int](repeating: 0, count: Self.mostHits)
  /// Transverse momentum of primaries with hits, in GeV.
  var primaryPT: [Float] = []
  /// The same of displaced particles.
  var displacedPT: [Float] = []
  /// |eta| of particles with hits.
  var eta: [Float] = []
  /// Displaced particles with hits.
  var displaced: [OriginRegion: Tally] = [:]
  /// Primaries above `slowest`, and those among them without hits, by |eta|.
  var fastPrimaries = [Int](repeating: 0, count: Self.etaBounds.count - 1)
  var fastWithoutHits = [Int](repeating: 0, count: Self.etaBounds.count - 1)
  /// Hits, and layers with any, summed over particles, by volume.
  var hitsPerVolume: [Int32: Int] = [:]
  var layersPerVolume: [Int32: Int] = [:]

  mutating func add(_ view: EventView) {
    guard let particles = view.particles else { return }
    all.add(particles.count)
    var displaced: [OriginRegion: Int] = [:]
    for row in 0..<particles.count {
      let hits = view.hitsOfParticle[row]
      let pT = hypot(particles.px[row], particles.py[row])
      let eta = asinh(abs(particles.pz[row]) / max(pT, 1e-9))
      let radius = hypot(particles.vx[row], particles.vy[row])
      let isPrimary = radius < OriginRegion.minimumRadius
      if isPrimary, pT > Self.slowest { countReach(eta: eta, hasHits: !hits.isEmpty) }
      guard !hits.isEmpty else { continue }
      hitCounts[min(hits.count, Self.mostHits) - 1] += 1
      self.eta.append(Float(eta))
      if isPrimary {
        primaryPT.append(Float(pT))
      } else {
        displacedPT.append(Float(pT))
        displaced[OriginRegion(radius: radius, z: particles.vz[row]), default: 0] += 1
      }
      countLayers(hits, view.hits, view.rows)
    }
    withHits.add(view.hitsOfParticle.count { !$0.isEmpty })
    for (region, count) in displaced { self.displaced[region, default: Tally()].add(count) }
  }

  private mutating func countReach(eta: Double, hasHits: Bool) {
    guard let bin = Self.etaBounds.dropFirst().firstIndex(where: { eta < $0 }) else { return }
    fastPrimaries[bin - 1] += 1
    if !hasHits { fastWithoutHits[bin - 1] += 1 }
  }

  private mutating func countLayers(_ indices: [Int32], _ hits: HitTable, _ rows: [Int]) {
    var seen: [LayerNumber] = []
    for index in indices {
      let row = rows[Int(index)]
      let layer = LayerNumber(volume: hits.volumeID[row], layer: hits.layerID[row])
      hitsPerVolume[layer.volume, default: 0] += 1
      guard !seen.contains(layer) else { continue }
      seen.append(layer)
      layersPerVolume[layer.volume, default: 0] += 1
    }
  }

  mutating func add(_ other: ParticleStatistics) {
    all.add(other.all)
    withHits.add(other.withHits)
    for bin in hitCounts.indices { hitCounts[bin] += other.hitCounts[bin] }
    primaryPT += other.primaryPT
    displacedPT += other.displacedPT
    eta += other.eta
    for (region, tally) in other.displaced { displaced[region, default: Tally()].add(tally) }
    for bin in fastPrimaries.indices {
      fastPrimaries[bin] += other.fastPrimaries[bin]
      fastWithoutHits[bin] += other.fastWithoutHits[bin]
    }
    hitsPerVolume.merge(other.hitsPerVolume, uniquingKeysWith: +)
    layersPerVolume.merge(other.layersPerVolume, uniquingKeysWith: +)
  }
}
