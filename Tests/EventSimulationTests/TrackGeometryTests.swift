import EventData
import EventSimulation
import Foundation
import Testing

@Suite("Particles fly as they should")
struct TrackGeometryTests {
  /// An event without scattering, resolution and noise: hits lie where particles passed.
  static func exactEvent(field: Double = 2) throws -> SimulatedEvent {
    try EventDeterminismTests.generator {
      $0.primaries = 200
      $0.field = field
      $0.scatteringScale = 0
      $0.resolutionScale = 0
      $0.noiseFraction = 0
    }.event(id: 11)
  }

  /// The rows of the hits of each particle, by the particle's row.
  static func hits(of event: SimulatedEvent) -> [[Int]] {
    let rows = Dictionary(grouping: event.truth.particleID.indices) { event.truth.particleID[$0] }
    return event.particles.particleID.map { rows[$0] ?? [] }
  }

  @Test(arguments: [2.0, 0.5])
  func `hits lie on a circle of radius pT / 0.3 B, and z grows with the arc`(
    field: Double
  ) throws {
    let event = try Self.exactEvent(field: field)
    let particles = event.particles
    var checked = 0
    for (row, hits) in Self.hits(of: event).enumerated() {
      let (px, py) = (particles.px[row], particles.py[row])
      let pT = (px * px + py * py).squareRoot()
      let radius = pT / (0.299_792_458 * field) * 1000
      // A positive charge in a field along +z turns clockwise: its centre lies to the right.
      let turn = -Double(particles.charge[row])
      let centreX = particles.vx[row] - turn * radius * py / pT
      let centreY = particles.vy[row] + turn * radius * px / pT
      let start = atan2(particles.vy[row] - centreY, particles.vx[row] - centreX)
      for hit in hits {
        let (x, y) = (event.hits.x[hit] - centreX, event.hits.y[hit] - centreY)
        #expect(abs((x * x + y * y).squareRoot() - radius) < 3e-3)
        var angle = turn * (atan2(y, x) - start)
        if angle < 0 { angle += 2 * Double.pi }
        #expect(angle < Double.pi + 1e-6)
        let z = particles.vz[row] + angle * radius * particles.pz[row] / pT
        #expect(abs(event.hits.z[hit] - z) < 2e-2 * max(1, abs(particles.pz[row]) / pT))
        checked += 1
      }
    }
    #expect(checked == event.hits.count)
  }

  @Test func `without a field particles fly straight`() throws {
    let event = try Self.exactEvent(field: 0)
    let particles = event.particles
    for (row, hits) in Self.hits(of: event).enumerated() {
      for hit in hits {
        let across =
          (event.hits.x[hit] - particles.vx[row]) * particles.py[row]
          - (event.hits.y[hit] - particles.vy[row]) * particles.px[row]
        let pT = (pow(particles.px[row], 2) + pow(particles.py[row], 2)).squareRoot()
        #expect(abs(across) / pT < 2e-2)
      }
    }
    #expect(event.hits.count > 1000)
  }

  @Test func `true momenta keep their size along the path and point along it`() throws {
    let event = try Self.exactEvent()
    for (row, hits) in Self.hits(of: event).enumerated() {
      let pT = (pow(event.particles.px[row], 2) + pow(event.particles.py[row], 2)).squareRoot()
      for hit in hits {
        let here = (pow(event.truth.tpx[hit], 2) + pow(event.truth.tpy[hit], 2)).squareRoot()
        #expect(abs(here - pT) < 1e-5)
        #expect(abs(event.truth.tpz[hit] - event.particles.pz[row]) < 1e-4)
      }
    }
  }

  @Test func `hits lie on the surfaces of their layers, on modules that exist`() throws {
    let event = try EventDeterminismTests.generator { $0.primaries = 300 }.event(id: 2)
    let volumes = Dictionary(
      uniqueKeysWithValues: DetectorVolume.trackML.map { ($0.volumeID, $0) })
    for hit in 0..<event.hits.count {
      let volume = try #require(volumes[event.hits.volumeID[hit]])
      let layer = Int(event.hits.layerID[hit]) / 2 - 1
      let radius = (pow(event.hits.x[hit], 2) + pow(event.hits.y[hit], 2)).squareRoot()
      let offset: Double
      let modules: Int
      switch volume.shape {
      case .barrel(let radii, let halfLength):
        offset = abs(radius - radii[layer])
        modules = volume.sensorsInPhi[layer] * volume.sensorsAlong
        #expect(abs(event.truth.tz[hit]) <= halfLength)
      case .disks(let z, let rings):
        offset = abs(event.hits.z[hit] - z[layer])
        modules = volume.sensorsInPhi.reduce(0, +)
        let trueRadius = (pow(event.truth.tx[hit], 2) + pow(event.truth.ty[hit], 2)).squareRoot()
        #expect(trueRadius > rings[0] - 1e-3 && trueRadius < rings[rings.count - 1] + 1e-3)
      }
      #expect(abs(offset - volume.stagger) < 2e-4)
      #expect((1...modules).contains(Int(event.hits.moduleID[hit])))
    }
  }
}

@Suite("Sensors behave as they should")
struct SensorTests {
  /// Hits by particle and layer.
  static func hitsPerLayer(_ event: SimulatedEvent) -> [[Int64]: Int] {
    var counts: [[Int64]: Int] = [:]
    for row in 0..<event.truth.count where event.truth.particleID[row] != 0 {
      let layer = Int64(event.hits.volumeID[row] * 100 + event.hits.layerID[row])
      counts[[event.truth.particleID[row], layer], default: 0] += 1
    }
    return counts
  }

  @Test(arguments: [0.0, 0.15])
  func `overlaps give a second hit in twice their share of crossings`(overlap: Double) throws {
    let event = try EventDeterminismTests.generator {
      $0.primaries = 1000
      $0.overlap = overlap
      $0.inefficiency = 0
      $0.noiseFraction = 0
    }.event(id: 5)
    let counts = Self.hitsPerLayer(event)
    #expect(counts.values.allSatisfy { (1...2).contains($0) })
    let mean = Double(event.hits.count) / Double(counts.count)
    #expect(abs(mean - 1 - 2 * overlap) < 0.02)
  }

  @Test func `inefficiency removes its share of the hits`() throws {
    func hits(_ inefficiency: Double) throws -> Double {
      let event = try EventDeterminismTests.generator {
        $0.primaries = 1000
        $0.inefficiency = inefficiency
        $0.noiseFraction = 0
      }.event(id: 5)
      return Double(event.hits.count)
    }
    #expect(abs(try hits(0.2) / hits(0) - 0.8) < 0.02)
    #expect(try hits(1) == 0)
  }

  @Test func `the measured position scatters by the sensor's resolution`() throws {
    let event = try EventDeterminismTests.generator { $0.primaries = 1500 }.event(id: 6)
    for volume in DetectorVolume.trackML {
      let rows = (0..<event.hits.count).filter {
        event.hits.volumeID[$0] == volume.volumeID && event.truth.particleID[$0] != 0
      }
      let squares = rows.reduce(0.0) { sum, row in
        let (x, y) = (event.hits.x[row], event.hits.y[row])
        let (tx, ty) = (event.truth.tx[row], event.truth.ty[row])
        let radius = (tx * tx + ty * ty).squareRoot()
        let across = atan2(y * tx - x * ty, x * tx + y * ty) * radius
        return sum + across * across
      }
      let deviation = (squares / Double(rows.count)).squareRoot()
      #expect(abs(deviation / volume.resolution.u - 1) < 0.15, "volume \(volume.volumeID)")
    }
  }

  @Test func `noise belongs to no particle and weighs nothing`() throws {
    let truth = try EventDeterminismTests.generator().event(id: 1).truth
    let noise = truth.particleID.indices.filter { truth.particleID[$0] == 0 }
    #expect(noise.count > 20)
    #expect(noise.allSatisfy { truth.weight[$0] == 0 && truth.tpx[$0] == 0 })
  }
}
