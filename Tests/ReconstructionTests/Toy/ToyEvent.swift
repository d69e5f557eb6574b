import EventData
import Foundation
import Reconstruction
import TestSupport
import TrackScoring

/// An event of particles on exact helices in the toy detector.
struct ToyEvent {
  struct Configuration {
    /// Particles from the beam line, and born away from it.
    var primaries = 60
    var secondaries = 0
    /// Hits of no particle.
    var noise = 0
    /// Share of a sector by which sectors overlap; second hits on layers come from it.
    var overlap = 0.0
    /// In GeV/c.
    var pT = 0.3...5.0
    /// Fewest hits of a particle.
    var fewestHits = 4
  }

  private(set) var hits = HitTable()
  private(set) var truth = TruthTable()
  private(set) var particles = ParticleTable()

  init(_ configuration: Configuration, seed: UInt64) {
    var random = SeededGenerator(state: seed)
    for number in 0..<configuration.primaries + configuration.secondaries {
      let isPrimary = number < configuration.primaries
      var isIn = false
      while !isIn {
        isIn = add(Self.particle(isPrimary, configuration, &random), configuration)
      }
    }
    for _ in 0..<configuration.noise { addNoise(&random) }
    let weight = 1 / Double(max(1, truth.particleID.count { $0 != 0 }))
    truth.weight = truth.particleID.map { $0 == 0 ? 0 : weight }
  }

  private static func particle(
    _ isPrimary: Bool, _ configuration: Configuration, _ random: inout SeededGenerator
  ) -> ToyHelix {
    let azimuth = random.uniform(-.pi, .pi)
    var origin = SIMD3(0, 0, random.uniform(-50, 50))
    if !isPrimary {
      let (r, side) = (random.uniform(5, 35), azimuth + random.uniform(-0.3, 0.3))
      origin = SIMD3(r * cos(side), r * sin(side), random.uniform(-60, 60))
    }
    return ToyHelix(
      origin: origin, azimuth: azimuth,
      pT: random.logarithmic(configuration.pT.lowerBound, configuration.pT.upperBound),
      charge: random.sign(), slope: sinh(random.uniform(-2.2, 2.2)))
  }

  /// Adds a particle with its hits, if it has enough.
  private mutating func add(_ helix: ToyHelix, _ configuration: Configuration) -> Bool {
    // No further than half a turn.
    let end = min(1500, .pi / 2 / abs(helix.curvature))
    var crossings: [(layer: Int, module: Int32, place: SIMD3<Double>)] = []
    for (index, layer) in ToyDetector.layers.enumerated() {
      for shell in 0..<2 {
        guard let place = Self.crossing(helix, layer, shell, end),
          let module = ToyDetector.module(
            shell: shell, azimuth: atan2(place.y, place.x), overlap: configuration.overlap)
        else { continue }
        crossings.append((index, module, place))
      }
    }
    guard Set(crossings.map(\.layer)).count >= configuration.fewestHits else { return false }
    let number = Int64(particles.count + 1)
    for (layer, module, place) in crossings {
      add(place, ToyDetector.layers[layer], module, particle: number)
    }
    particles.particleID.append(number)
    particles.vx.append(helix.origin.x)
    particles.vy.append(helix.origin.y)
    particles.vz.append(helix.origin.z)
    return true
  }

  private static func crossing(
    _ helix: ToyHelix, _ layer: ToyDetector.Layer, _ shell: Int, _ end: Double
  ) -> SIMD3<Double>? {
    let gap = Double(shell) * ToyDetector.gap
    if layer.isBarrel {
      guard let s = helix.way(toRadius: layer.place + gap, before: end) else { return nil }
      let place = helix.place(s)
      return abs(place.z) < ToyDetector.halfLength ? place : nil
    }
    let s = (layer.place + (layer.place < 0 ? -gap : gap) - helix.origin.z) / helix.slope
    guard s > 0, s < end else { return nil }
    let place = helix.place(s)
    let r = (place.x * place.x + place.y * place.y).squareRoot()
    return r > 35 && r < 450 ? place : nil
  }

  private mutating func addNoise(_ random: inout SeededGenerator) {
    let layer = ToyDetector.layers[Int(random.next() % UInt64(ToyDetector.layers.count))]
    let azimuth = random.uniform(-.pi, .pi)
    let r = layer.isBarrel ? layer.place : random.uniform(35, 450)
    let z =
      layer.isBarrel
      ? random.uniform(-ToyDetector.halfLength, ToyDetector.halfLength) : layer.place
    let module = Int32(random.next() % UInt64(ToyDetector.sectors)) + 1
    add(SIMD3(r * cos(azimuth), r * sin(azimuth), z), layer, module, particle: 0)
  }

  private mutating func add(
    _ place: SIMD3<Double>, _ layer: ToyDetector.Layer, _ module: Int32, particle: Int64
  ) {
    hits.add(place.x, place.y, place.z, on: layer, module: module)
    truth.hitID.append(Int32(hits.count))
    truth.particleID.append(particle)
    truth.tx.append(place.x)
    truth.ty.append(place.y)
    truth.tz.append(place.z)
  }

  // MARK: - Odd events

  /// Adds every hit several times over, as hits of the same particle in the same place.
  mutating func repeatHits(_ times: Int) {
    let own = hits.count
    for _ in 1..<times {
      for row in 0..<own {
        let layer = ToyDetector.layers.first {
          $0.volume == hits.volumeID[row] && $0.number == hits.layerID[row]
        }
        guard let layer else { continue }
        let module = hits.moduleID[row] % Int32(ToyDetector.sectors) + 1
        add(
          SIMD3(hits.x[row], hits.y[row], hits.z[row]), layer, module,
          particle: truth.particleID[row])
        truth.weight.append(truth.weight[row])
      }
    }
  }

  /// Puts a hit somewhere else.
  mutating func place(_ hit: Int, at place: SIMD3<Double>) {
    hits.x[hit] = place.x
    hits.y[hit] = place.y
    hits.z[hit] = place.z
  }

  /// The event as the learning parts take it.
  func trainingEvent() throws -> TrainingEvent {
    let hits = try ToyDetector.hits(self.hits)
    return TrainingEvent(
      hits: hits,
      truth: HitTruth(
        hitID: hits.hitID, layer: hits.layer, truth: truth, particles: particles))
  }

  /// The TrackML score of tracks.
  func score(_ tracks: [Track]) throws -> Double {
    var submission = SubmissionTable()
    for (number, track) in tracks.enumerated() {
      for hit in track.path + track.companions {
        submission.hitID.append(hits.hitID[Int(hit)])
        submission.trackID.append(Int64(number + 1))
      }
    }
    submission.eventID = submission.hitID.map { _ in 1 }
    return try TrackMLScore(truth: truth, submission: submission).value
  }
}
