import EventData
import Workflow

/// The events of a workflow's data set: those of a folder, or those that the manifest names.
public struct DatasetEvents: EventSource {
  public let name: String
  public let events: [Int]
  public let isMade: Bool
  private let folder: EventFolder?
  private let declared: DeclaredProperties

  /// Finds the events.
  ///
  /// By path, the events are those that the folder holds; by name, those of the manifest, so that
  /// one that is missing is seen to be missing; of graphs, those that are there. A path goes before
  /// the manifest's folder, and what the manifest says of the named data set else still holds.
  /// - Throws: `EventDataError` where there is no such manifest, data set or folder; a data set
  ///   that is not there is named with the way to get it.
  public init(_ reference: DatasetReference) throws {
    if let path = reference.path {
      let found = try EventFolder(path: path)
      folder = found
      events = found.events
      isMade = false
      name = path
      declared = DeclaredProperties(besides: reference)
      return
    }
    let dataSet = try DataManifest.load(path: reference.manifest ?? "data-manifest.json")
      .dataSet(named: reference.name ?? "")
    declared = DeclaredProperties(of: dataSet)
    name = dataSet.name
    isMade = dataSet.isMade && !dataSet.isLocal
    guard !isMade else {
      events = Array(dataSet.events)
      folder = nil
      return
    }
    do {
      let found = try EventFolder(path: dataSet.folder)
      events = try dataSet.events(in: found)
      folder = found
    } catch EventDataError.noEvents(let folder, let reason) {
      let advice = dataSet.instructions.map { "; to get the data set: \($0)" } ?? ""
      throw EventDataError.noEvents(
        folder: folder, reason: "data set \(dataSet.name): \(reason)\(advice)")
    }
  }

  public var path: String { folder?.path ?? "made by the workflow" }

  public func path(ofFile name: String, event: Int) -> String? {
    EventFile(rawValue: name).flatMap { folder?.path(of: $0, event: event) }
  }

  /// A graph in several pieces has a name for each, which sort in the pieces' order.
  public func paths(ofFile name: String, event: Int) -> [String: String] {
    guard let file = EventFile(rawValue: name), let folder else { return [:] }
    let paths = folder.paths(of: file, event: event)
    guard paths.count > 1 else { return paths.first.map { [name: $0] } ?? [:] }
    return Dictionary(
      uniqueKeysWithValues: paths.map { path in (name + path.dropLast(4).suffix(5), path) })
  }

  public func datasetProperty(_ name: String) throws -> DatasetProperty? {
    try declared.property(name)
  }

  public func sha256(ofFile path: String) throws -> String { try FileDigest.sha256(ofFile: path) }
}
