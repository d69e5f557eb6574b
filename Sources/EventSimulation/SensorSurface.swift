import Foundation

/// One half of a layer, its even or its odd sensors: a cylinder or a plane with gaps between sensors.
///
/// Even and odd sensors lie on surfaces of their own and reach over each other, so that
/// a particle which passes through an overlap crosses two sensors of one layer.
struct SensorSurface: Sendable {
  /// Where the surface's volume stands in the detector.
  let volume: Int
  let layerID: Int32
  /// 0 for even sensors, 1 for odd ones.
  let parity: Int
  /// Radius of a cylinder, z of a plane, in mm.
  let position: Double
  let isBarrel: Bool
  /// Bounds of the sensors along z (cylinder) or of the rings in r (plane).
  let bounds: [Double]
  /// Sensors in phi, both parities, in each interval of `bounds`.
  let sensorsInPhi: [Int]

  /// The place of a point on one sensor.
  struct Place {
    var moduleID: Int32
    /// Position from the sensor's corner, in mm.
    var u: Double
    var v: Double
  }

  /// The sensor at a point of the surface; nil where there is none.
  ///
  /// - Parameters:
  ///   - along: z on a cylinder, r on a plane; mm.
  ///   - radius: distance from the beam; mm.
  ///   - overlap: how far a sensor reaches over each neighbour, as a share of its pitch.
  func place(phi: Double, along: Double, radius: Double, overlap: Double) -> Place? {
    guard along >= bounds[0], along < bounds[bounds.count - 1] else { return nil }
    var row = 0
    if isBarrel {
      let step = bounds[1] - bounds[0]
      row = min(Int((along - bounds[0]) / step), bounds.count - 2)
    } else {
      while along >= bounds[row + 1] { row += 1 }
    }
    let count = sensorsInPhi[row]
    let pitch = 2 * Double.pi / Double(count)
    let turn = phi < 0 ? phi + 2 * Double.pi : phi
    // The nearest sensor of this parity, and how far the point is from its middle in pitches.
    let position = turn / pitch - 0.5
    let pair = ((position - Double(parity)) / 2).rounded()
    let distance = position - (2 * pair + Double(parity))
    guard abs(distance) <= 0.5 + overlap else { return nil }
    let sensor = (2 * Int(pair) + parity + count) % count
    return Place(
      moduleID: moduleID(row: row, sensor: sensor),
      u: (distance + 0.5 + overlap) * pitch * radius, v: along - bounds[row])
  }

  /// Numbers from 1 on: along z first on a cylinder, around each ring in turn on a plane.
  private func moduleID(row: Int, sensor: Int) -> Int32 {
    if isBarrel { return Int32(1 + sensor * (bounds.count - 1) + row) }
    return Int32(1 + sensorsInPhi[..<row].reduce(0, +) + sensor)
  }
}

/// A detector's surfaces in the order in which a particle from the centre meets them.
struct SurfaceMap: Sendable {
  /// Cylinders, by radius.
  var barrel: [SensorSurface] = []
  /// Planes at positive z, by z.
  var forward: [SensorSurface] = []
  /// Planes at negative z, by -z.
  var backward: [SensorSurface] = []

  init(_ volumes: [DetectorVolume]) {
    for (index, volume) in volumes.enumerated() {
      for layer in 0..<volume.layerCount {
        for parity in 0...1 {
          add(volume: volume, at: index, layer: layer, parity: parity)
        }
      }
    }
    barrel.sort { $0.position < $1.position }
    forward.sort { $0.position < $1.position }
    backward.sort { $0.position > $1.position }
  }

  private mutating func add(volume: DetectorVolume, at index: Int, layer: Int, parity: Int) {
    let shift = parity == 0 ? -volume.stagger : volume.stagger
    switch volume.shape {
    case .barrel(let radii, let halfLength):
      let count = volume.sensorsAlong
      let bounds = (0...count).map { halfLength * (2 * Double($0) / Double(count) - 1) }
      barrel.append(
        SensorSurface(
          volume: index, layerID: DetectorVolume.layerID(layer), parity: parity,
          position: radii[layer] + shift, isBarrel: true, bounds: bounds,
          sensorsInPhi: .init(repeating: volume.sensorsInPhi[layer], count: count)))
    case .disks(let z, let ringBounds):
      let isForward = z[layer] > 0
      let surface = SensorSurface(
        volume: index, layerID: DetectorVolume.layerID(layer), parity: parity,
        position: z[layer] + (isForward ? shift : -shift), isBarrel: false, bounds: ringBounds,
        sensorsInPhi: volume.sensorsInPhi)
      if isForward { forward.append(surface) } else { backward.append(surface) }
    }
  }
}
