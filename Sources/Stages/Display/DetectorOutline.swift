import EventData
import EventSimulation
import Foundation
import Reporting
import Workflow

/// The shapes of a detector's layers, from where its modules stand.
struct DetectorOutline {
  private let shapes: [LayerName: EventDisplay.Outline]

  private struct LayerName: Hashable, Comparable {
    var volume: Int32
    var layer: Int32

    static func < (left: Self, right: Self) -> Bool {
      (left.volume, left.layer) < (right.volume, right.layer)
    }
  }

  /// Of the detector that the event's results were made with.
  init(_ results: RunResults, event: Int) throws {
    self.init(modules: try results.detectors(of: event) ?? TrackMLDetector.table())
  }

  init(modules: DetectorTable) {
    var modulesOf: [LayerName: [Int]] = [:]
    for module in 0..<modules.count {
      let name = LayerName(volume: modules.volumeID[module], layer: modules.layerID[module])
      modulesOf[name, default: []].append(module)
    }
    shapes = modulesOf.mapValues { Self.outline(of: $0, modules) }
  }

  /// Layers whose modules' centres lie closer than this along the beam are disks; mm.
  private static let barrelLength = 100.0

  private static func outline(of layer: [Int], _ modules: DetectorTable) -> EventDisplay.Outline {
    let z = layer.map { modules.cz[$0] }
    let radius = layer.map { hypot(modules.cx[$0], modules.cy[$0]) }
    let half = layer.map { modules.halfLength[$0] }
    func reach(_ values: [Double]) -> ClosedRange<Double> {
      let low = zip(values, half).map { $0 - $1 }.min() ?? 0
      return low...max(low, zip(values, half).map { $0 + $1 }.max() ?? 0)
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let length = (z.max() ?? 0) - (z.min() ?? 0)
    return length > barrelLength
      ? .barrel(radius: mean(radius), z: reach(z)) : .disk(z: mean(z), radius: reach(radius))
  }

  /// The layers that have hits, and the hits with their places among those.
  func layers(of table: HitTable) -> ([EventDisplay.Layer], EventDisplay.Hits) {
    func name(_ hit: Int) -> LayerName {
      LayerName(volume: table.volumeID[hit], layer: table.layerID[hit])
    }
    let names = Set((0..<table.count).map(name)).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    let hits = EventDisplay.Hits(
      hitID: table.hitID, x: table.x, y: table.y, z: table.z,
      layer: (0..<table.count).map { places[name($0)] ?? 0 })
    let layers = names.map {
      EventDisplay.Layer(
        name: "\($0.volume)/\($0.layer)", volume: Int($0.volume), outline: shapes[$0])
    }
    return (layers, hits)
  }
}

extension RunResults {
  /// The table of modules that the results of an event were made with; nil where none was declared.
  ///
  /// - Throws: `InputRefused` where the file is not there any more, or has changed.
  func detectors(of event: Int) throws -> DetectorTable? {
    for result in results where result.event == event {
      let recipe = TaskRecipe(keyText: try store.description(of: result.key).keyText)
      guard let declared = recipe?.dataset["detectors"], let sha256 = TaskRecipe.digest(declared)
      else { continue }
      guard let path = try findFile(sha256) else {
        throw InputRefused(
          "the detectors file of the data set is not where it was when the run read it, or has changed"
        )
      }
      return try EventReader.detectors(at: path)
    }
    return nil
  }
}
