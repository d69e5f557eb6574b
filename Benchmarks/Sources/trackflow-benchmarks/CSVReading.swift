import EventData
import Foundation

/// Reads an event's files as tables.
enum CSVReading {
  /// Reads a file of an event; gives its rows.
  static func rows(_ file: EventFile, _ path: String) throws -> Int {
    switch file {
    case .hits: try EventReader.hits(at: path).count
    case .truth: try EventReader.truth(at: path).count
    case .particles: try EventReader.particles(at: path).count
    case .cells: try EventReader.cells(at: path).count
    case .graph: try EventReader.graph(at: path).edgeCount
    }
  }

  static func bytes(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }
}
