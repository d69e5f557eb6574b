import Foundation

/// One ring of a disk: equal sensors around the beam, alternately nearer to and further from the detector's centre.
struct DiskRing: Sendable {
  /// Distance from the beam to the sensors' centres in mm.
  var radius: Double
  var sensorsInPhi: Int
  /// How far outwards along the beam the ring's middle stands from the disk's, in mm.
  var offset: Double
  /// The sensors stand alternately this much outwards and inwards of that, the first outwards; mm.
  var stagger: Double
  /// And pairs of them alternately this much outwards and inwards, the first outwards; mm.
  var pairStagger = 0.0
  var design: SensorDesign
}

/// How the challenge numbers the sensors of a disk: sector by sector around the beam, in each ring by ring.
struct DiskNumbering: Sendable {
  /// Equal sectors that the circle is cut into; fitted, as the challenge's own rule is not published.
  var sectors: Int
  /// How far the first sector reaches past -pi, as a share of a sector.
  var start: Double

  /// The sector of a sensor's centre.
  func sector(atAzimuth phi: Double) -> Int {
    // Centres on the border of two sectors count to the one that is nearer to the y axis.
    let nudged = phi + 1e-5 * sin(2 * phi)
    return Int((Double(sectors) * (nudged / .pi + 1) / 2 + start).rounded(.down))
  }
}

/// One disk of an endcap: rings of sensors that stand across the beam.
struct DiskLayer: Sendable {
  var volume: Int32
  var layer: Int32
  /// Middle of the disk in mm; the sign says which endcap.
  var z: Double
  /// From the inside outwards.
  var rings: [DiskRing]
  var numbering: DiskNumbering

  /// The sensors in the order of their numbers.
  var modules: [SensorModule] {
    let places = rings.indices.flatMap { ring in
      (0..<rings[ring].sensorsInPhi).map { place in
        let phi = azimuth(ofPlace: place, among: rings[ring].sensorsInPhi)
        return (sector: numbering.sector(atAzimuth: phi), ring: ring, place: place, phi: phi)
      }
    }
    let ordered = places.sorted { ($0.sector, $0.ring, $0.place) < ($1.sector, $1.ring, $1.place) }
    return ordered.enumerated().map { index, found in
      sensor(found.place, of: rings[found.ring], phi: found.phi, number: Int32(index + 1))
    }
  }

  /// A sensor whose v points away from the beam and whose normal points away from the detector's centre.
  private func sensor(
    _ place: Int, of ring: DiskRing, phi: Double, number: Int32
  ) -> SensorModule {
    let side = z < 0 ? -1.0 : 1.0
    let offset =
      ring.offset + (place.isMultiple(of: 2) ? ring.stagger : -ring.stagger)
      + ((place / 2).isMultiple(of: 2) ? ring.pairStagger : -ring.pairStagger)
    let (x, y) = (cos(phi), sin(phi))
    return ring.design.sensor(
      volume: volume, layer: layer, module: number,
      centre: SIMD3(ring.radius * x, ring.radius * y, z + side * offset),
      axes: (u: SIMD3(side * y, -side * x, 0), v: SIMD3(x, y, 0), w: SIMD3(0, 0, side)))
  }
}
