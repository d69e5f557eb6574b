import EventData
import EventSimulation
import Foundation
import TestSupport
import Testing

@Suite("The TrackML detector")
struct TrackMLDetectorTests {
  private let modules = TrackMLDetector.modules

  @Test("has the layers and as many modules on each as the challenge's")
  func counts() {
    var found: [Int32: [Int32: Int]] = [:]
    for module in modules { found[module.volume, default: [:]][module.layer, default: 0] += 1 }
    func layers(_ counts: Int...) -> [Int32: Int] {
      Dictionary(uniqueKeysWithValues: counts.enumerated().map { (Int32(2 * $0 + 2), $1) })
    }
    let pixelDisks = layers(108, 108, 108, 108, 108, 108, 108)
    let shortStripDisks = layers(170, 170, 170, 170, 170, 170)
    let longStripDisks = layers(98, 98, 98, 98, 98, 98)
    #expect(
      found == [
        7: pixelDisks, 8: layers(224, 448, 728, 1092), 9: pixelDisks,
        12: shortStripDisks, 13: layers(840, 1176, 1638, 2142), 14: shortStripDisks,
        16: longStripDisks, 17: layers(2520, 3192), 18: longStripDisks,
      ])
    #expect(modules.count == 18_728)
  }

  @Test("lists its modules by volume, layer and module, numbered from 1 without gaps")
  func order() {
    var previous = (volume: Int32(0), layer: Int32(0), module: Int32(0))
    for module in modules {
      let isNewLayer = (module.volume, module.layer) != (previous.volume, previous.layer)
      #expect(module.module == (isNewLayer ? 1 : previous.module + 1))
      if isNewLayer {
        #expect((previous.volume, previous.layer) < (module.volume, module.layer))
      }
      previous = (module.volume, module.layer, module.module)
    }
  }

  @Test("turns its modules by right-handed rotations")
  func rotations() {
    func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
    for module in modules {
      let (u, v, w) = (module.axisU, module.axisV, module.axisW)
      for (a, b) in [(u, v), (v, w), (w, u)] { #expect(abs(dot(a, b)) < 1e-12) }
      for axis in [u, v, w] { #expect(abs(dot(axis, axis) - 1) < 1e-12) }
      let cross = SIMD3(
        u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
      #expect(abs(dot(cross, w) - 1) < 1e-12)
    }
  }

  @Test("stands its barrel modules along the beam and its disk modules across it")
  func standing() {
    for module in modules {
      let radius = (module.centre * SIMD3(1, 1, 0) * module.centre).sum().squareRoot()
      let outwards = (module.centre * SIMD3(1, 1, 0)) / radius
      if module.isBarrel {
        #expect(module.axisV == SIMD3(0, 0, 1))
        #expect((outwards * module.axisW).sum() > cos(0.151))
        #expect(module.halfDepth == module.thickness / 2)
      } else {
        #expect(module.axisW == SIMD3(0, 0, module.centre.z < 0 ? -1 : 1))
        #expect((outwards * module.axisV).sum() > 1 - 1e-12)
        #expect(module.halfDepth == module.thickness)
      }
    }
  }

  @Test("leaves no gap around the beam in any barrel row")
  func rowsAreClosed() {
    struct Row: Hashable { var volume, layer: Int32, z: Double }
    let rows = Dictionary(grouping: modules.filter(\.isBarrel)) {
      Row(volume: $0.volume, layer: $0.layer, z: $0.centre.z)
    }
    #expect(rows.count == 4 * 14 + 6 * 21)
    for row in rows.values {
      let covered = row.reduce(0) { sum, module in
        let ends = [-1.0, 1].map { module.centre + $0 * module.maximumHalfU * module.axisU }
        let angles = ends.map { atan2($0.y, $0.x) }
        let width = abs(angles[1] - angles[0])
        return sum + min(width, 2 * .pi - width)
      }
      #expect(covered > 2 * .pi)
    }
  }

  @Test("its table reads back as its modules to six digits")
  func table() throws {
    let folder = try TemporaryFolder()
    for name in ["detectors.csv", "detectors.csv.zst"] {
      let path = folder.appending(name)
      try EventWriter.write(TrackMLDetector.table(), to: path)
      let table = try EventReader.detectors(at: path)
      #expect(table == TrackMLDetector.table())
      expectSame(table)
    }
  }

  @Test(
    "is the challenge's, module by module",
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func challenge() throws {
    expectSame(try EventReader.detectors(at: SharedData.path("data/detectors.csv.zst")))
  }

  /// The modules are those of a table: ids and sizes exactly, centres within 0.01 mm, rotations within 1e-5.
  private func expectSame(_ table: DetectorTable) {
    #expect(table.count == modules.count)
    func largest(_ vector: SIMD3<Double>) -> Double { max(abs(vector.min()), abs(vector.max())) }
    let different = zip(modules, 0..<table.count).filter { module, row in
      let other = SensorModule(table, row: row)
      var exact = other
      exact.centre = module.centre
      (exact.axisU, exact.axisV, exact.axisW) = (module.axisU, module.axisV, module.axisW)
      return exact != module || largest(other.centre - module.centre) >= 0.01
        || largest(other.axisU - module.axisU) >= 1e-5
        || largest(other.axisV - module.axisV) >= 1e-5
        || largest(other.axisW - module.axisW) >= 1e-5
    }
    #expect(different.isEmpty, "\(different.count) modules, \(String(describing: different.first))")
  }
}
