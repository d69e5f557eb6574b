import EventData

/// The detector as the reconstruction takes it: its modules' frames, and its layers in order.
///
/// A layer is a pair of volume and layer identifiers; layers are numbered from 0 in that order. The
/// TrackML detector has 48.
public struct DetectorGeometry: Sendable {
  /// 1000 volume + layer of each layer, ascending.
  public let layers: [Int32]
  public let modules: DetectorTable
  /// Layer of each module.
  let layerOfModule: [Int32]
  private let rows: [Int64: Int32]

  public init(modules: DetectorTable) {
    self.modules = modules
    let names = (0..<modules.count).map { Self.name(modules.volumeID[$0], modules.layerID[$0]) }
    let layers = Set(names).sorted()
    self.layers = layers
    let places = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1, Int32($0)) })
    layerOfModule = names.map { places[$0] ?? 0 }
    rows = Dictionary(
      (0..<modules.count).map { row in
        (
          Self.key(modules.volumeID[row], modules.layerID[row], modules.moduleID[row]), Int32(row)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  public var layerCount: Int { layers.count }

  /// `8/2` for layer 2 of volume 8.
  public func layerName(_ layer: Int) -> String {
    "\(layers[layer] / 1000)/\(layers[layer] % 1000)"
  }

  /// The row of a module in the table; nil where there is no such module.
  func row(volume: Int32, layer: Int32, module: Int32) -> Int32? {
    rows[Self.key(volume, layer, module)]
  }

  private static func name(_ volume: Int32, _ layer: Int32) -> Int32 { 1000 * volume + layer }

  private static func key(_ volume: Int32, _ layer: Int32, _ module: Int32) -> Int64 {
    (Int64(volume) << 40) | (Int64(layer) << 20) | Int64(module)
  }
}
