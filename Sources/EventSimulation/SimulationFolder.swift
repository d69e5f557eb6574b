import EventData
import Foundation

/// A folder of simulated events that all come from one configuration, which a stamp in it names.
public struct SimulationFolder: Sendable {
  /// The stamp's file name.
  public static let stampName = "simulation.json"
  /// Raised whenever the same configuration gives other events.
  public static let generatorVersion = 2

  public let path: String

  private struct Stamp: Codable {
    var generatorVersion: Int
    var configuration: SimulationConfiguration
  }

  /// Makes the folder and its stamp, or checks those that exist.
  ///
  /// - Throws: `SimulationError` if the folder cannot be written or holds events that were made otherwise.
  public init(path: String, configuration: SimulationConfiguration) throws(SimulationError) {
    self.path = path
    let stampPath = path + "/" + Self.stampName
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotCreate(path: path, reason: Self.reasonNoFolder(path))
    }
    guard FileManager.default.isWritableFile(atPath: path) else {
      throw .cannotCreate(path: path, reason: "no permission to write")
    }
    let stamp = Stamp(generatorVersion: Self.generatorVersion, configuration: configuration)
    if let found = FileManager.default.contents(atPath: stampPath) {
      let differences = Self.differences(found, Self.encoded(stamp))
      guard differences.isEmpty else {
        throw .otherSettings(path: path, differences: differences)
      }
      return
    }
    guard !holdsEvents else { throw .unknownEvents(path: path) }
    do {
      try Self.encoded(stamp).write(to: URL(filePath: stampPath), options: .atomic)
    } catch {
      throw .cannotCreate(path: stampPath, reason: error.localizedDescription)
    }
  }

  /// Whether all four files of an event are there; files appear under their names when they are whole.
  public func holds(event: Int) -> Bool {
    EventFile.tables.allSatisfy { file in
      ["", ".zst"].contains {
        let name = EventFolder.fileName(of: file, event: event) + $0
        return FileManager.default.fileExists(atPath: path + "/" + name)
      }
    }
  }

  private var holdsEvents: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.contains { $0.wholeMatch(of: /event[0-9]{9}-.*\.csv(\.gz|\.zst)?/) != nil }
  }

  private static func encoded(_ stamp: Stamp) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // Numbers and strings alone always encode: validated configurations hold no infinities.
    return (try? encoder.encode(stamp)) ?? Data()
  }

  /// The settings in which two stamps differ, in words.
  private static func differences(_ found: Data, _ wanted: Data) -> [String] {
    guard let found = settings(found) else { return ["its \(stampName) is damaged"] }
    let wanted = settings(wanted) ?? [:]
    return Set(found.keys).union(wanted.keys).sorted().compactMap { name in
      let (old, new) = (found[name], wanted[name])
      return old == new ? nil : "\(name) \(old ?? "unset"), not \(new ?? "unset")"
    }
  }

  private static func settings(_ data: Data) -> [String: String]? {
    guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let version = object["generatorVersion"],
      let configuration = object["configuration"] as? [String: Any]
    else { return nil }
    return configuration.mapValues { "\($0)" }
      .merging(["generatorVersion": "\(version)"]) { first, _ in first }
  }

  /// The system's words for why a folder could not be made.
  private static func reasonNoFolder(_ path: String) -> String {
    mkdir(path, 0o755) == 0 ? "it could not be made" : String(cString: strerror(errno))
  }
}
