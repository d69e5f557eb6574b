import EventData
import Foundation
import Workflow

/// What the manifest says of a workflow's data set beside its events: `field` and `detectors`.
///
/// Trouble with the manifest or a file is kept until a stage asks for the property.
struct DeclaredProperties: Sendable {
  private let dataSet: Result<DataSet, any Error>?
  /// Whether the events lie elsewhere than the manifest says, so that files beside them may be missing.
  private let isElsewhere: Bool

  init(of dataSet: DataSet) {
    self.dataSet = .success(dataSet)
    isElsewhere = dataSet.isMoved
  }

  /// Of a data set whose events are in a folder of their own: what the manifest says where it is named, else nothing.
  init(besides reference: DatasetReference) {
    isElsewhere = true
    guard let manifest = reference.manifest, let name = reference.name else {
      dataSet = nil
      return
    }
    dataSet = Result { try DataManifest.load(path: manifest).dataSet(named: name) }
  }

  /// - Throws: `EventDataError` for a manifest or data set that isn't there, `WorkflowError.dataset`
  ///   for a file that isn't.
  func property(_ name: String) throws -> DatasetProperty? {
    guard let dataSet = try dataSet?.get() else { return nil }
    switch name {
    case "field": return dataSet.field.map { .value($0.json) }
    case "detectors":
      guard let path = dataSet.detectors else { return nil }
      if FileManager.default.fileExists(atPath: path) { return .file(path) }
      guard !isElsewhere else { return nil }
      throw WorkflowError.dataset(
        message: """
          \(path): the data set \(dataSet.name) declares this file of the detector's modules, and \
          there is none; put it there, or take "detectors" out of the data set in the manifest for \
          the TrackML detector\(dataSet.instructions.map { "; to get the data set: \($0)" } ?? "")
          """)
    default: return nil
    }
  }
}
