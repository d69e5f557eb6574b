import EventData
import Foundation
import Reconstruction

/// A small detector: six barrel layers, and four disks a side, each of two shells of sectors in azimuth.
///
/// Even sectors are on a layer's first shell, odd ones on its second, `gap` behind. Where sectors overlap
/// a particle leaves two hits on a layer.
struct ToyDetector {
  struct Layer {
    var volume: Int32
    var number: Int32
    var isBarrel: Bool
    /// Radius of a barrel's first shell, z of a disk's.
    var place: Double
  }

  static let radii = [40.0, 90, 150, 230, 320, 420]
  static let disks = [700.0, 850, 1050, 1300]
  static let halfLength = 600.0
  static let sectors = 16
  static let gap = 3.0

  /// In the order of the geometry: negative disks, barrel, positive disks.
  static let layers: [Layer] =
    disks.reversed().enumerated().map {
      Layer(volume: 7, number: Int32(2 * $0 + 2), isBarrel: false, place: -$1)
    }
    + radii.enumerated().map {
      Layer(volume: 8, number: Int32(2 * $0 + 2), isBarrel: true, place: $1)
    }
    + disks.enumerated().map {
      Layer(volume: 9, number: Int32(2 * $0 + 2), isBarrel: false, place: $1)
    }

  /// Modules are numbered by sector from 1; u goes along the azimuth, v along z or r.
  static func table() -> DetectorTable {
    var table = DetectorTable()
    for layer in layers {
      for sector in 0..<sectors {
        let azimuth = (Double(sector) + 0.5) * 2 * .pi / Double(sectors) - .pi
        let (sine, cosine) = (sin(azimuth), cos(azimuth))
        table.volumeID.append(layer.volume)
        table.layerID.append(layer.number)
        table.moduleID.append(Int32(sector + 1))
        let r = layer.isBarrel ? layer.place : 230
        table.cx.append(r * cosine)
        table.cy.append(r * sine)
        table.cz.append(layer.isBarrel ? 0 : layer.place)
        table.rotation +=
          layer.isBarrel
          ? [-sine, 0, cosine, cosine, 0, sine, 0, 1, 0]
          : [-sine, -cosine, 0, cosine, -sine, 0, 0, 0, 1]
        table.thickness.append(0.15)
        table.minimumHalfWidth.append(100)
        table.maximumHalfWidth.append(100)
        table.halfLength.append(halfLength)
        table.pitchU.append(0.05)
        table.pitchV.append(0.056)
      }
    }
    return table
  }

  static let geometry = DetectorGeometry(modules: table())

  /// The module of a layer's shell at an azimuth; nil where another shell's is.
  ///
  /// - Parameter overlap: share of a sector's width by which it is wider to either side.
  static func module(shell: Int, azimuth: Double, overlap: Double) -> Int32? {
    let place = (azimuth + .pi) / (2 * .pi) * Double(sectors)
    for sector in [
      Int(place.rounded(.down)) - 1, Int(place.rounded(.down)), Int(place.rounded(.down)) + 1,
    ] {
      let number = (sector + sectors) % sectors
      guard number % 2 == shell, place >= Double(sector) - overlap,
        place < Double(sector) + 1 + overlap
      else { continue }
      return Int32(number + 1)
    }
    return nil
  }

  /// The event's hits as the chain takes them, in a uniform field.
  static func hits(_ table: HitTable, cells: CellTable? = nil) throws -> DetectorHits {
    try DetectorHits(
      hits: table, cells: cells, geometry: geometry, field: DetectorField(.uniform(strength: 2)))
  }
}

extension HitTable {
  /// Adds a hit with the next number.
  mutating func add(
    _ x: Double, _ y: Double, _ z: Double, on layer: ToyDetector.Layer, module: Int32 = 1
  ) {
    hitID.append(Int32(count + 1))
    self.x.append(x)
    self.y.append(y)
    self.z.append(z)
    volumeID.append(layer.volume)
    layerID.append(layer.number)
    moduleID.append(module)
  }
}
