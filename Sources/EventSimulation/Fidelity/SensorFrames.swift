/// The directions of the sensors' axes, by the numbers in the tables.
struct SensorFrames: Sendable, Equatable {
  struct Frame: Sendable, Equatable {
    var u: SIMD3<Double>
    var v: SIMD3<Double>
  }

  private var frames: [Int: Frame] = [:]

  init(_ modules: [SensorModule]) {
    frames.reserveCapacity(modules.count)
    for module in modules {
      let key = Self.key(volume: module.volume, layer: module.layer, module: module.module)
      frames[key] = Frame(u: module.axisU, v: module.axisV)
    }
  }

  subscript(volume volume: Int32, layer layer: Int32, module module: Int32) -> Frame? {
    frames[Self.key(volume: volume, layer: layer, module: module)]
  }

  private static func key(volume: Int32, layer: Int32, module: Int32) -> Int {
    Int(volume) << 40 | Int(layer) << 24 | Int(module)
  }
}
