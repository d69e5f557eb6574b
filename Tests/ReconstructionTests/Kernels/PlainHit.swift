import CNumericKernels
import Foundation
import TestSupport

/// A hit's record in double precision.
struct PlainHit {
  var values: [Double]

  init(_ record: ArraySlice<Float>) { values = record.map(Double.init) }

  var x: Double { values[0] }
  var y: Double { values[1] }
  var z: Double { values[2] }
  var r: Double { values[3] }
  var field: SIMD3<Double> { SIMD3(values[5], values[6], values[7]) }
  var bend: Double { values[8] }
  /// Axis 0 (u), 1 (v) or 2 (w) of the module.
  func axis(_ number: Int) -> SIMD3<Double> {
    SIMD3(values[9 + 3 * number], values[10 + 3 * number], values[11 + 3 * number])
  }
  var depth: (u: Double, v: Double) { (values[18], values[19]) }
  var size: (u: Double, v: Double) { (values[20], values[21]) }
  var charge: Double { values[22] }
  var lean: Double { values[23] }

  /// The same hit with its place moved by a few units of the last place of a float.
  func moved(_ random: inout SeededGenerator) -> PlainHit {
    var hit = self
    for place in 0..<4 { hit.values[place] *= 1 + random.uniform(-1, 1) * 0x1p-22 }
    return hit
  }
}

/// Records of hits for the kernels, [count][32].
struct HitRecords {
  static let size = Int(TFK_HIT_SIZE)
  var values: [Float] = []

  var count: Int { values.count / Self.size }

  func plain(_ hit: Int32) -> PlainHit {
    PlainHit(values[Int(hit) * Self.size..<(Int(hit) + 1) * Self.size])
  }

  /// Adds a hit at a place, with a random module, cluster and field.
  mutating func add(_ x: Double, _ y: Double, _ z: Double, _ random: inout SeededGenerator) {
    var record = [Double](repeating: 0, count: Self.size)
    record[0] = x
    record[1] = y
    record[2] = z
    record[3] = max(1e-3, (x * x + y * y).squareRoot())
    record[4] = atan2(y, x)
    for place in 5..<7 { record[place] = random.uniform(-0.3, 0.3) }
    record[7] = random.uniform(0.5, 1.1)
    record[8] = random.uniform(0.5, 1.1)
    for axis in 0..<3 {
      var way = SIMD3(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1))
      way /= (way * way).sum().squareRoot()
      for place in 0..<3 { record[9 + 3 * axis + place] = way[place] }
    }
    record[18] = random.uniform(1, 6)
    record[19] = random.uniform(0.1, 6)
    record[20] = log(0.5 + Double(random.next() % 12 + 1))
    record[21] = log(0.5 + Double(random.next() % 12 + 1))
    record[22] = random.uniform(-7, 2)
    record[23] = Double(Int(random.next() % 3) - 1)
    values += record.map(Float.init)
  }
}

/// How far a value computed in floats may be from the formula's.
///
/// Ill-conditioned places are known by the formula's own answers to hits moved by a few units of the last
/// place; besides, every value is rounded, and the series of arcs are off by 5e-7 of their length.
struct Allowance {
  private(set) var spread: [Double]
  private let exact: [Double]

  init(_ exact: [Double], moved: [[Double]]) {
    self.exact = exact
    spread = exact.indices.map { place in
      moved.reduce(0) { max($0, abs($1[place] - exact[place])) }
    }
  }

  /// The places of values that are further off.
  func broken(_ values: [Float], floor: Double = 2e-5) -> [Int] {
    exact.indices.filter { place in
      let allowed = 6 * spread[place] + floor * (1 + abs(exact[place]))
      return !(abs(Double(values[place]) - exact[place]) <= allowed)
    }
  }
}
