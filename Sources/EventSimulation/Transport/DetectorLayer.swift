import Foundation

/// One layer of the detector: a cylinder around the beam or a plane across it, with its modules in a grid.
struct DetectorLayer: Sendable {
  let volume: Int32
  let isBarrel: Bool
  /// Radius of the cylinder or z of the plane, mm.
  let position: Double
  /// How far modules reach away from the cylinder or plane, mm.
  let reach: Double
  /// Where along z (cylinder) or r (plane) there are modules, mm.
  let bounds: ClosedRange<Double>
  let material: LayerMaterial
  let grid: ModuleGrid

  /// A cylinder without sensors that spans the whole detector.
  init(passiveRadius radius: Double, material: LayerMaterial) {
    (volume, isBarrel, position, reach) = (-1, true, radius, 0)
    bounds = -Double.infinity...Double.infinity
    self.material = material
    grid = ModuleGrid()
  }

  /// A layer of the modules in a range of rows of a table.
  init(modules: [SensorModule], rows: Range<Int>, material: LayerMaterial) {
    let first = modules[rows.lowerBound]
    volume = first.volume
    let isBarrel = first.isBarrel
    self.isBarrel = isBarrel
    self.material = material
    let outlines = rows.map { ModuleOutline(modules[$0], row: $0, isBarrel: isBarrel) }
    let lowest = outlines.map(\.away.lowerBound).min() ?? 0
    let highest = outlines.map(\.away.upperBound).max() ?? 0
    position = (lowest + highest) / 2
    reach = (highest - lowest) / 2 + 0.1
    grid = ModuleGrid(outlines)
    bounds = grid.along
  }

  var isPassive: Bool { volume < 0 }
}

/// The space that a module takes up, in the coordinates of its layer.
struct ModuleOutline {
  let row: Int
  /// Azimuth of the centre, and how far the module reaches to both sides; rad.
  var phi: Double
  var halfPhi: Double
  /// z in the barrel, r in the endcaps; mm.
  var along: ClosedRange<Double>
  /// r in the barrel, z in the endcaps; mm.
  var away: ClosedRange<Double>

  /// Tracks bend a little between a layer's surface and a module; mm.
  private static let margin = 0.5

  init(_ module: SensorModule, row: Int, isBarrel: Bool) {
    self.row = row
    phi = atan2(module.centre.y, module.centre.x)
    halfPhi = 0
    var (alongs, aways): ([Double], [Double]) = ([], [])
    for u in [-1.0, -0.5, 0, 0.5, 1] {
      for v in [-1.0, 0, 1] {
        let point =
          module.centre + u * module.maximumHalfU * module.axisU + v * module.halfV * module.axisV
        let turn = remainder(atan2(point.y, point.x) - phi, 2 * Double.pi)
        halfPhi = max(halfPhi, abs(turn) + Self.margin / point.transverse)
        alongs.append(isBarrel ? point.z : point.transverse)
        aways.append(isBarrel ? point.transverse : point.z)
      }
    }
    along = (alongs.min() ?? 0) - Self.margin...(alongs.max() ?? 0) + Self.margin
    away = (aways.min() ?? 0)...(aways.max() ?? 0)
  }
}
