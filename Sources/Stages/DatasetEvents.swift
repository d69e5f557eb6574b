import EventData
import Workflow

/// The events of a workflow's data set: those of a folder, or those that the manifest names.
public struct DatasetEvents: EventSource {
  public let name: String
  public let events: [Int]
  public let isMade: Bool
  private let folder: EventFolder?

  /// Finds the events.
  ///
  /// By path, the events are those that the folder holds; by name, those of the manifest, so that
  /// one that is missing is seen to be missing.
  /// - Throws: `EventDataError` where there is no such manifest, data set or folder; a data set
  ///   that is not there is named with the way to get it.
  public init(_ reference: DatasetReference) throws {
    if let path = reference.path {
      let found = try EventFolder(path: path)
      folder = found
      events = found.events
      isMade = false
      name = path
      return
    }
    let dataSet = try DataManifest.load(path: reference.manifest ?? "data-manifest.json")
      .dataSet(named: reference.name ?? "")
    events = Array(dataSet.events)
    name = dataSet.name
    isMade = dataSet.isMade && !dataSet.isLocal
    guard !isMade else {
      folder = nil
      return
    }
    do {
      folder = try EventFolder(path: dataSet.folder)
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

  public func sha256(ofFile path: String) throws -> String { try FileDigest.sha256(ofFile: path) }
}
