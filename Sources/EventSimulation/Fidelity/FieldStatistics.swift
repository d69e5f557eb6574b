import EventData
import Foundation

/// How the true momenta of primaries turn from hit to hit: the field as tracks see it.
struct FieldStatistics: Sendable, Equatable {
  /// Bounds in z of the intervals of the curvature, in mm.
  static let zBounds = Array(stride(from: -3000.0, through: 3000, by: 500))
  /// Intervals of azimuth of the slope's turn, on each side.
  static let azimuthBins = 8
  static let stripDisks: Set<Int32> = [12, 14, 16, 18]
  /// Primaries above this momentum cross the detector outwards; GeV.
  static let minimumPT = 0.3
  /// Turns over a shorter way across the beam are mostly scattering; mm.
  static let shortestWay = 30.0
  /// Turn per T, mm and GeV: the speed of light in units of 1e12 m/s.
  static let turn = 0.299792458e-3

  /// The field along z that bends a track as it is bent, by z; T.
  var curvature = [[Float]](repeating: [], count: Self.zBounds.count - 1)
  /// Turn of the polar angle times momentum and charge, first at negative z, then at positive; mrad GeV.
  var slopeTurn = [[Float]](repeating: [], count: 2 * Self.azimuthBins)

  /// Whether most momenta do not turn at all, as in truth that knows only those at the start.
  var isStraight: Bool {
    let all = curvature.reduce(0) { $0 + $1.count }
    return all > 0 && 2 * curvature.reduce(0) { $0 + $1.count { $0 == 0 } } > all
  }

  /// A true crossing.
  private struct Crossing {
    var place: SIMD3<Double>
    var momentum: SIMD3<Double>
    var volume: Int32
    var layer: Int32

    init(_ view: EventView, _ truth: TruthTable, _ index: Int) {
      let at = view.truthRows[index]
      place = SIMD3(truth.tx[at], truth.ty[at], truth.tz[at])
      momentum = SIMD3(truth.tpx[at], truth.tpy[at], truth.tpz[at])
      volume = view.hits.volumeID[view.rows[index]]
      layer = view.hits.layerID[view.rows[index]]
    }

    var pT: Double { hypot(momentum.x, momentum.y) }
    var polarAngle: Double { atan2(pT, momentum.z) }
  }

  mutating func add(_ view: EventView) {
    guard let particles = view.particles, let truth = view.truth else { return }
    for row in 0..<particles.count
    where view.hitsOfParticle[row].count > 1 && particles.charge[row] != 0 {
      guard hypot(particles.px[row], particles.py[row]) > Self.minimumPT,
        hypot(particles.vx[row], particles.vy[row]) < OriginRegion.minimumRadius
      else { continue }
      let crossings = view.hitsOfParticle[row].map { Crossing(view, truth, Int($0)) }
      for (from, to) in zip(crossings, crossings.dropFirst()) {
        add(from, to, charge: Double(particles.charge[row]))
      }
    }
  }

  private mutating func add(_ from: Crossing, _ to: Crossing, charge: Double) {
    let way = to.place - from.place
    let middle = (to.place + from.place) / 2
    let (a, b) = (from.momentum, to.momentum)
    let turned = atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y)
    let chord = hypot(way.x, way.y)
    if chord > Self.shortestWay, abs(turned) < 1,
      let bin = Self.zBounds.dropFirst().firstIndex(where: { middle.z < $0 }),
      middle.z >= Self.zBounds[0]
    {
      // From the chord to the arc, of which it is the first term.
      let arc = chord * (1 + turned * turned / 24)
      let pT = (from.pT + to.pT) / 2
      curvature[bin - 1].append(Float(-turned * pT / (charge * Self.turn * arc)))
    }
    if from.volume == to.volume, from.layer != to.layer, Self.stripDisks.contains(from.volume) {
      let azimuth = (atan2(middle.y, middle.x) / (2 * .pi) + 1).truncatingRemainder(dividingBy: 1)
      let bin = min(Int(azimuth * Double(Self.azimuthBins)), Self.azimuthBins - 1)
      let momentum = (a * a).sum().squareRoot()
      let turn = 1000 * charge * momentum * (to.polarAngle - from.polarAngle)
      slopeTurn[bin + (middle.z > 0 ? Self.azimuthBins : 0)].append(Float(turn))
    }
  }

  mutating func add(_ other: FieldStatistics) {
    for bin in curvature.indices { curvature[bin] += other.curvature[bin] }
    for bin in slopeTurn.indices { slopeTurn[bin] += other.slopeTurn[bin] }
  }
}
