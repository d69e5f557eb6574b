import EventData
import Workflow

/// The events of a workflow's data set: those of a folder, or of a data set that the manifest names.
public struct DatasetEvents: EventSource {
  public let name: String
  private let folder: EventFolder

  /// - Throws: `EventDataError` where there is no such data set, folder or event.
  public init(_ reference: DatasetReference) throws {
    let folder = try EventFolder(path: reference.path ?? "build/simulated")
    self.folder = folder
    name = reference.path.map { $0 } ?? "simulated"
  }

  public var path: String { folder.path }
  public var events: [Int] { folder.events }

  public func path(ofFile name: String, event: Int) -> String? {
    EventFile(rawValue: name).flatMap { folder.path(of: $0, event: event) }
  }

  public func sha256(ofFile path: String) throws -> String { try FileDigest.sha256(ofFile: path) }
}
