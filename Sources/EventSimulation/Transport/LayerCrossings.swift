/// The sensors of one layer that a flight crosses, in the order of the flight.
struct LayerCrossings {
  private(set) var items: [Item] = []

  struct Item {
    var module: Int
    /// Length of the way from the place where the search started; mm, negative if the sensor lies before it.
    var way: Double
    var place: SIMD3<Double>
    var direction: SIMD3<Double>
    var cosine: Double
  }

  /// A flight nearer to a layer's surface than this is searched as if it were this steep.
  private static let flattest = 0.05
  /// Sensors farther along the flight than this do not belong to the meeting; mm.
  private static let farthest = 300.0

  /// Searches the modules near the point where a flight meets a layer's surface.
  ///
  /// - Parameters:
  ///   - curve: the flight near the layer.
  ///   - after: sensors met earlier on the way than this are left out; mm.
  @inline(__always)
  mutating func search(
    _ layer: DetectorLayer, _ modules: [SensorModule], along curve: FlightCurve,
    after: Double = -Double.infinity
  ) {
    items.removeAll(keepingCapacity: true)
    let (x, d) = (curve.start, curve.direction)
    let radius = x.transverse
    let outward = (x.x * d.x + x.y * d.y) / radius
    let around = (x.x * d.y - x.y * d.x) / radius
    let steepness = max(Self.flattest, abs(layer.isBarrel ? outward : d.z))
    let way = layer.reach / steepness
    let along = layer.isBarrel ? x.z : radius
    let spread = way * abs(layer.isBarrel ? d.z : outward)
    let turn = way * abs(around) / radius
    layer.grid.modules(
      phi: polarAngle(x.x, x.y), halfPhi: turn, low: along - spread, high: along + spread
    ) { row in test(row, modules[row], curve, after) }
    if items.count > 1 { items.sort { ($0.way, $0.module) < ($1.way, $1.module) } }
  }

  @inline(__always)
  private mutating func test(
    _ row: Int, _ module: SensorModule, _ curve: FlightCurve, _ after: Double
  ) {
    let normal = module.axisW
    let distance = dot(normal, curve.start - module.centre)
    let first = dot(normal, curve.direction)
    guard abs(first) > 1e-3 else { return }
    var s = -distance / first
    guard abs(s) < Self.farthest else { return }
    let (second, third) = (dot(normal, curve.bend) / 2, dot(normal, curve.turn) / 6)
    for _ in 0..<3 { s = -distance / (first + s * (second + s * third)) }
    guard s > after, abs(s) < Self.farthest else { return }
    let place = curve.place(at: s)
    let local = place - module.centre
    let v = dot(module.axisV, local)
    guard abs(v) <= module.halfV else { return }
    let mean = (module.maximumHalfU + module.minimumHalfU) / 2
    let slant = (module.maximumHalfU - module.minimumHalfU) / 2
    guard abs(dot(module.axisU, local)) <= mean + slant * v / module.halfV else { return }
    guard !items.contains(where: { $0.module == row }) else { return }
    let direction = curve.direction(at: s)
    items.append(
      Item(
        module: row, way: s, place: place, direction: direction,
        cosine: abs(dot(normal, direction))))
  }
}
