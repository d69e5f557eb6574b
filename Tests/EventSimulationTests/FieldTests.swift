import EventData
import EventSimulation
import Foundation
import TestSupport
import Testing

@Suite("The field of the coil")
struct CoilFieldTests {
  private let field = CoilField.trackML

  @Test("is 2 T along z in the middle of the coil")
  func middle() {
    let found = field.field(at: SIMD3(-150, -150, -150))
    #expect(abs(found.z - 2) < 1e-5)
    #expect(abs(found.x) < 1e-9 && abs(found.y) < 1e-9)
  }

  @Test(
    "is on the beam line what the challenge's tracks show",
    arguments: [
      (0.5, 1.97), (1.5, 1.74), (2.5, 1.03), (-0.5, 1.99), (-1.5, 1.85), (-2.5, 1.30),
    ])
  func beamLine(metres: Double, tesla: Double) {
    #expect(abs(field.field(at: SIMD3(0, 0, 1000 * metres)).z - tesla) < 0.006)
  }

  @Test("has the sign of z across the beam line at 2 to 3 m, 0.04 to 0.07 T")
  func acrossBeamLine() {
    for z in stride(from: 2000.0, through: 3000, by: 100) {
      for side in [-1.0, 1] {
        let found = field.field(at: SIMD3(0, 0, side * z))
        #expect((0.04...0.07).contains(side * found.x))
        #expect(found.x == found.y)
      }
    }
  }

  @Test("is the sum of the fields of 300 current loops, integrated along their windings")
  func loops() {
    let centreField = Self.loops(at: SIMD3(0, 0, 0)).z
    for own in [
      SIMD3(0.0, 0, 700), SIMD3(300, 0, -1200), SIMD3(400, 500, 2000), SIMD3(-700, 700, 2500),
      SIMD3(0, 1100, -2550), SIMD3(-200, 100, 3000), SIMD3(1000, 300, 0),
    ] {
      let expected = Self.loops(at: own) * (2 / centreField)
      let difference = field.field(at: own + field.centre) - expected
      let size = (difference * difference).sum().squareRoot()
      #expect(size < 1e-3, "\(size) T at \(own)")
    }
  }

  @Test("has no sources: what flows into a box flows out of it")
  func divergence() {
    for place in [
      SIMD3(10.0, 30, 100), SIMD3(500, -300, 2000), SIMD3(-600, 600, -2300), SIMD3(700, 0, 2900),
    ] {
      let step = 40.0
      var divergence = 0.0
      for axis in 0..<3 {
        var offset = SIMD3<Double>(repeating: 0)
        offset[axis] = step
        let change = field.field(at: place + offset)[axis] - field.field(at: place - offset)[axis]
        divergence += change / (2 * step)
      }
      // Bz falls by up to 1e-3 T a millimetre at the coil's ends.
      #expect(abs(divergence) < 1.5e-5, "\(divergence) T/mm at \(place)")
    }
  }

  @Test("goes on steadily across the edge of its table and stays finite outside")
  func outside() {
    let inside = field.field(at: field.centre + SIMD3(1239.99, 0, 2000))
    let beyond = field.field(at: field.centre + SIMD3(1240.01, 0, 2000))
    #expect(abs((inside - beyond).sum()) < 1e-4)
    for place in [SIMD3(9000.0, 0, 0), SIMD3(0, -9000, 9000), SIMD3(0, 0, -1e9)] {
      let found = field.field(at: place)
      #expect(found.x.isFinite && found.y.isFinite && abs(found.z) < 2.5)
    }
  }

  @Test("is the mirror image of itself beyond the middle of the coil")
  func mirror() {
    let place = SIMD3(333.0, -222, 1777)
    let ahead = field.field(at: field.centre + place)
    let behind = field.field(at: field.centre + place * SIMD3(1, 1, -1))
    #expect(ahead * SIMD3(-1, -1, 1) == behind)
  }

  /// The law of Biot and Savart over 300 loops in 720 straight pieces each, in arbitrary units.
  private static func loops(at place: SIMD3<Double>) -> SIMD3<Double> {
    let (radius, length, count, pieces) = (1250.0, 5200.0, 300, 720)
    var sum = SIMD3<Double>(repeating: 0)
    let angles = (0..<pieces).map { 2 * .pi * Double($0) / Double(pieces) }
    let directions = angles.map { SIMD3(cos($0), sin($0), 0) }
    for loop in 0..<count {
      let z = ((Double(loop) + 0.5) / Double(count) - 0.5) * length
      for d in directions {
        let to = place - (radius * d + SIMD3(0, 0, z))
        let along = SIMD3(-d.y, d.x, 0)
        let cross = SIMD3(
          along.y * to.z - along.z * to.y, along.z * to.x - along.x * to.z,
          along.x * to.y - along.y * to.x)
        let squared = (to * to).sum()
        sum += cross / (squared * squared.squareRoot())
      }
    }
    return sum
  }
}
