import EventData
import TestSupport

extension HitTable {
  mutating func append(
    _ id: Int32, x: Double, y: Double, z: Double, volume: Int32, layer: Int32
  ) {
    hitID.append(id)
    self.x.append(x)
    self.y.append(y)
    self.z.append(z)
    volumeID.append(volume)
    layerID.append(layer)
    moduleID.append(1)
  }

  /// Hits scattered over a few layers of two volumes and of one that no test selects.
  static func random(count: Int, seed: UInt64) -> HitTable {
    var generator = SeededGenerator(state: seed)
    var hits = HitTable()
    for id in 1...Int32(count) {
      let volume: Int32 = [8, 8, 13, 7].randomElement(using: &generator) ?? 8
      hits.append(
        7 * id, x: .random(in: -100...100, using: &generator),
        y: .random(in: -100...100, using: &generator), z: .random(in: -80...80, using: &generator),
        volume: volume, layer: .random(in: 1...3, using: &generator) * 2)
    }
    return hits
  }
}

extension TruthTable {
  /// The particles of the given hits.
  init(hitID: [Int32], particleID: [Int64]) {
    self.init()
    let zero = [Double](repeating: 0, count: hitID.count)
    self.hitID = hitID
    self.particleID = particleID
    tx = zero
    ty = zero
    tz = zero
    tpx = zero
    tpy = zero
    tpz = zero
    weight = zero
  }
}

extension HitSelection {
  /// The pixel and strip barrel near the centre of the detector.
  static let notebook = HitSelection(volumes: [8, 13, 17], zRange: (-50, 50))
}
