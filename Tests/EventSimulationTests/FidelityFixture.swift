import EventData
import EventSimulation
import Foundation

/// A small event of exact helices through four barrel layers.
struct TrackFixture {
  static let noise = 20
  /// Volume, layer and radius in mm.
  static let layers: [(volume: Int32, layer: Int32, radius: Double)] = [
    (8, 2, 32), (8, 4, 72), (13, 2, 260), (13, 4, 360),
  ]

  var event: Event

  /// - Parameter field: along z, in T.
  init(seed: Int, particles count: Int, field: Double = 2) {
    var random = RandomSource(seed: UInt64(seed), event: 0)
    var (hits, truth, particles, cells) = (HitTable(), TruthTable(), ParticleTable(), CellTable())
    func add(_ layer: Int, _ particle: Int64, at place: SIMD3<Double>, momentum: SIMD3<Double>) {
      let id = Int32(hits.count + 1)
      hits.hitID.append(id)
      hits.x.append(place.x + random.uniform(-0.02, 0.02))
      hits.y.append(place.y + random.uniform(-0.02, 0.02))
      hits.z.append(place.z)
      hits.volumeID.append(Self.layers[layer].volume)
      hits.layerID.append(Self.layers[layer].layer)
      hits.moduleID.append(1)
      truth.hitID.append(id)
      truth.particleID.append(particle)
      truth.tx.append(place.x)
      truth.ty.append(place.y)
      truth.tz.append(place.z)
      truth.tpx.append(momentum.x)
      truth.tpy.append(momentum.y)
      truth.tpz.append(momentum.z)
      truth.weight.append(0)
      for channel in 0...id % 3 {
        cells.hitID.append(id)
        cells.channel0.append(channel)
        cells.channel1.append(0)
        cells.value.append(1)
      }
    }
    for number in 1...count {
      let pT = random.uniform(0.4, 3)
      let azimuth = random.uniform(-Double.pi, Double.pi)
      let slope = random.uniform(-0.4, 0.4)
      let charge = number % 2 == 0 ? 1.0 : -1.0
      particles.particleID.append(Int64(number))
      particles.vx.append(0)
      particles.vy.append(0)
      particles.vz.append(0)
      particles.px.append(pT * cos(azimuth))
      particles.py.append(pT * sin(azimuth))
      particles.pz.append(pT * slope)
      particles.charge.append(Int32(charge))
      particles.hitCount.append(4)
      let radius = pT / (0.299792458e-3 * field)
      for layer in Self.layers.indices {
        // Half the turn has the sine of distance over diameter.
        let half = asin(Self.layers[layer].radius / (2 * radius))
        let (way, turned) = (2 * half * radius, -charge * half)
        let (r, phi) = (Self.layers[layer].radius, azimuth + turned)
        let direction = azimuth + 2 * turned
        add(
          layer, Int64(number), at: SIMD3(r * cos(phi), r * sin(phi), slope * way),
          momentum: pT * SIMD3(cos(direction), sin(direction), slope))
      }
    }
    for _ in 0..<Self.noise {
      let phi = random.uniform(-Double.pi, Double.pi)
      add(
        1, 0, at: SIMD3(72 * cos(phi), 72 * sin(phi), random.uniform(-400, 400)),
        momentum: SIMD3(0, 0, 0))
    }
    event = Event(id: seed, hits: hits, truth: truth, particles: particles, cells: cells)
  }
}
