import EventData
import Foundation

/// Hits, charge, momentum and place of birth of the particles that a truth table names.
package struct ParticleKinematics {
  package private(set) var number: [Int64]
  package private(set) var hitCount: [Int] = []
  package private(set) var isCharged: [Bool]
  /// Transverse momentum in GeV/c.
  package private(set) var pT: [Double]
  /// Pseudorapidity.
  package private(set) var eta: [Double]
  /// Distance of the place of birth from the beam line in mm; nil for those that no table names.
  package private(set) var radius: [Double?]

  package init(truth: TruthTable, particles: ParticleTable?) {
    var index = NumberIndex(capacity: truth.count / 8)
    var nearest: [Int] = []
    var distance: [Double] = []
    for row in 0..<truth.count {
      let place = index.place(of: truth.particleID[row])
      let squared =
        truth.tx[row] * truth.tx[row] + truth.ty[row] * truth.ty[row]
        + truth.tz[row] * truth.tz[row]
      if place == hitCount.count {
        hitCount.append(0)
        nearest.append(row)
        distance.append(squared)
      } else if squared < distance[place] {
        nearest[place] = row
        distance[place] = squared
      }
      hitCount[place] += 1
    }
    number = index.numbers
    isCharged = [Bool](repeating: true, count: number.count)
    radius = [Double?](repeating: nil, count: number.count)
    pT = nearest.map { hypot(truth.tpx[$0], truth.tpy[$0]) }
    eta = nearest.map { Self.eta(truth.tpx[$0], truth.tpy[$0], truth.tpz[$0]) }
    guard let particles else { return }
    for row in 0..<particles.count {
      guard let place = index.find(particles.particleID[row]) else { continue }
      isCharged[place] = particles.charge[row] != 0
      pT[place] = hypot(particles.px[row], particles.py[row])
      eta[place] = Self.eta(particles.px[row], particles.py[row], particles.pz[row])
      radius[place] = particles.productionRadius(row)
    }
  }

  /// asinh(pz / pT), which keeps its precision where the angle is small.
  static func eta(_ px: Double, _ py: Double, _ pz: Double) -> Double {
    let pT = hypot(px, py)
    return pT > 0 ? asinh(pz / pT) : (pz < 0 ? -.infinity : .infinity)
  }
}
