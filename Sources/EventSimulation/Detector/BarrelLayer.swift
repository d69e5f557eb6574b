import Foundation

/// One layer of a barrel: rows of equal sensors around the beam, each turned a little to reach over its neighbour.
struct BarrelLayer: Sendable {
  var volume: Int32
  var layer: Int32
  /// Distance from the beam to the sensors' centres in mm, on average over the rows.
  var radius: Double
  /// Rows stand alternately this much outside and inside the radius, the first outside; mm.
  var stagger: Double
  /// Sensors around the beam.
  var sensorsInPhi: Int
  /// Rows along the beam, centred on z = 0, and the distance from one to the next in mm.
  var rows: Int
  var rowPitch: Double
  /// The angle from the radial direction to the sensors' normal, around the beam, in radians.
  var tilt: Double
  var design: SensorDesign

  /// The sensors in the order of their numbers: row by row along z, around the beam from -pi on in each.
  var modules: [SensorModule] {
    var modules: [SensorModule] = []
    modules.reserveCapacity(rows * sensorsInPhi)
    for row in 0..<rows {
      let z = (Double(row) - Double(rows - 1) / 2) * rowPitch
      let rowRadius = radius + (row.isMultiple(of: 2) ? stagger : -stagger)
      for place in 0..<sensorsInPhi {
        let phi = azimuth(ofPlace: place, among: sensorsInPhi)
        let normal = SIMD3(cos(phi + tilt), sin(phi + tilt), 0)
        modules.append(
          design.sensor(
            volume: volume, layer: layer, module: Int32(modules.count + 1),
            centre: SIMD3(rowRadius * cos(phi), rowRadius * sin(phi), z),
            axes: (u: SIMD3(-normal.y, normal.x, 0), v: SIMD3(0, 0, 1), w: normal)))
      }
    }
    return modules
  }
}

/// The azimuth of a sensor's centre: places of equal width, the first begins at -pi.
func azimuth(ofPlace place: Int, among count: Int) -> Double {
  (2 * (Double(place) + 0.5) / Double(count) - 1) * .pi
}
