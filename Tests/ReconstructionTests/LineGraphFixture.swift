import CNumericKernels
import EdgeClassifier
import Foundation
import Reconstruction

/// A small event: circles through the beam line on barrels of a made-up detector, without noise.
struct LineGraphFixture {
  static let radii: [Float] = [30, 70, 115, 170, 260, 360]

  let hits: DetectorHits
  let truth: HitTruth
  let doublets: DoubletGraph
  /// All pairs of doublets that share a hit, with made-up scores.
  let triplets: TripletSet

  var event: TrainingEvent { TrainingEvent(hits: hits, truth: truth) }

  /// - Parameters:
  ///   - particles: each makes a hit on every barrel.
  ///   - isMirrored: in z.
  ///   - opening: doublets join hits of neighbouring barrels whose azimuths differ by less.
  init(particles: Int, seed: UInt64 = 1, opening: Float = 0.4, isMirrored: Bool = false) throws {
    let layers = Self.radii.count
    var numbers = FixtureNumbers(state: seed)
    var records: [Float] = []
    var layer: [Int32] = []
    var particle: [Int32] = []
    var azimuth: [Float] = []
    for number in 0..<particles {
      let phi = 2 * Float.pi * numbers.uniform()
      let curvature = 0.002 * (numbers.uniform() - 0.5)
      let slope = 4 * numbers.uniform() - 2
      let vertex = 40 * (numbers.uniform() - 0.5)
      for (place, r) in Self.radii.enumerated() {
        let own = phi + asin(0.5 * curvature * r)
        records += Self.record(r: r, phi: own, z: (isMirrored ? -1 : 1) * (vertex + slope * r))
        layer.append(Int32(place))
        particle.append(Int32(number + 1))
        azimuth.append(atan2(sin(own), cos(own)))
      }
    }
    let count = layer.count
    hits = DetectorHits(
      hitID: (1...Int32(count)).map { $0 }, layer: layer,
      module: [Int32](repeating: 0, count: count), layerCount: layers, records: records)
    truth = HitTruth(
      particle: particle, step: layer, weight: layer.map { 0.01 * Float($0 + 1) },
      isSecondary: [Bool](repeating: false, count: particles + 1),
      hitCount: [0] + [Int32](repeating: Int32(layers), count: particles))
    var (from, to): ([Int32], [Int32]) = ([], [])
    for a in 0..<count {
      for b in 0..<count where layer[b] == layer[a] + 1 {
        let turn = azimuth[b] - azimuth[a]
        guard abs(atan2(sin(turn), cos(turn))) < opening else { continue }
        from.append(Int32(a))
        to.append(Int32(b))
      }
    }
    doublets = try DoubletGraph(
      hits: hits, position: (0..<Int32(layers)).map { $0 }, from: from, to: to,
      value: from.map { _ in numbers.uniform() }, score: from.map { _ in 4 * numbers.uniform() - 1 }
    )
    var triplets = TripletSet()
    for first in 0..<doublets.count {
      let middle = Int(doublets.to[first])
      for second in doublets.begin[middle]..<doublets.end[middle] {
        triplets.first.append(Int32(first))
        triplets.second.append(second)
        triplets.score.append(numbers.uniform() - 0.5)
      }
    }
    self.triplets = triplets
  }

  private static func record(r: Float, phi: Float, z: Float) -> [Float] {
    var record = [Float](repeating: 0, count: Int(TFK_HIT_SIZE))
    func put(_ field: Int, _ value: Float) {
      record[field] = value
    }
    put(TFK_HIT_X, r * cos(phi))
    put(TFK_HIT_Y, r * sin(phi))
    put(TFK_HIT_Z, z)
    put(TFK_HIT_R, r)
    put(TFK_HIT_PHI, atan2(sin(phi), cos(phi)))
    put(TFK_HIT_BZ, 1)
    put(TFK_HIT_BEND, 1)
    put(TFK_HIT_UX, -sin(phi))
    put(TFK_HIT_UY, cos(phi))
    put(TFK_HIT_VZ, 1)
    put(TFK_HIT_WX, cos(phi))
    put(TFK_HIT_WY, sin(phi))
    put(TFK_HIT_DEPTH_U, 6)
    put(TFK_HIT_DEPTH_V, 0.3)
    put(TFK_HIT_PITCH_V, 1)
    put(TFK_HIT_BARREL, 1)
    return record
  }
}

/// Numbers in 0..<1 that are the same everywhere.
struct FixtureNumbers {
  var state: UInt64

  mutating func uniform() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) * 0x1p-24
  }
}
