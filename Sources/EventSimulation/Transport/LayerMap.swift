/// All layers of the detector in the order in which particles can meet them.
struct LayerMap: Sendable {
  let modules: [SensorModule]
  /// Cylinders by radius, those without sensors included.
  let cylinders: [DetectorLayer]
  /// Planes by z.
  let planes: [DetectorLayer]
  let radii: [Double]
  let planePositions: [Double]

  /// - Parameter modules: sorted by volume, layer and module.
  init(modules: [SensorModule]) {
    self.modules = modules
    var (cylinders, planes): ([DetectorLayer], [DetectorLayer]) = ([], [])
    for rows in Self.layers(of: modules) {
      let first = modules[rows.lowerBound]
      let layer = DetectorLayer(
        modules: modules, rows: rows,
        material: .sensors(volume: first.volume, layer: first.layer))
      if layer.isBarrel { cylinders.append(layer) } else { planes.append(layer) }
    }
    for (radius, material) in LayerMaterial.passiveCylinders {
      cylinders.append(DetectorLayer(passiveRadius: radius, material: material))
    }
    self.cylinders = cylinders.sorted { $0.position < $1.position }
    self.planes = planes.sorted { $0.position < $1.position }
    radii = self.cylinders.map(\.position)
    planePositions = self.planes.map(\.position)
  }

  /// The rows of the modules of each layer.
  static func layers(of modules: [SensorModule]) -> [Range<Int>] {
    var layers: [Range<Int>] = []
    var first = 0
    for row in modules.indices.dropFirst() {
      let (here, before) = (modules[row], modules[row - 1])
      if here.volume != before.volume || here.layer != before.layer {
        layers.append(first..<row)
        first = row
      }
    }
    if !modules.isEmpty { layers.append(first..<modules.count) }
    return layers
  }

  /// The tracker's volume ends just beyond its last layers; what leaves it does not come back; mm.
  static let outerRadius = 1030.0
  static let halfLength = 2980.0
}
