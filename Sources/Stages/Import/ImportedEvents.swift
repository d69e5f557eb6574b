import EventData
import Foundation
import Workflow

/// A folder of events that stands for others: links to their files, and what a run made of them itself.
public struct ImportedEvents: Sendable {
  public let folder: String

  /// Makes the folder.
  public init(folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }

  /// Adds an event's tables, as far as a folder of events has them.
  ///
  /// - Throws: `EventDataError.missingFile` where it has no hits or no truth of the event.
  public func addTables(of event: Int, from source: EventFolder) throws {
    for file in EventFile.tables {
      guard let path = source.path(of: file, event: event) else {
        if file == .cells || file == .particles { continue }
        throw EventDataError.missingFile(folder: source.path, event: event, file: file)
      }
      try link(path, as: URL(filePath: path).lastPathComponent)
    }
  }

  /// Adds the tables of an event that a run had.
  ///
  /// - Throws: `InputRefused` where a file of the event is not there any more.
  public func addTables(of event: Int, from run: RunResults) throws {
    switch try run.source(of: event) {
    case .files(let files):
      for file in EventFile.tables {
        guard let path = files[file.rawValue] else { continue }
        try link(path, as: URL(filePath: path).lastPathComponent)
      }
    case .made(let artifact):
      try EventWriter.write(try EventArtifact.hits(of: artifact), to: path(of: .hits, event))
      try EventWriter.write(try EventArtifact.truth(of: artifact), to: path(of: .truth, event))
      try EventWriter.write(
        try EventArtifact.particles(of: artifact), to: path(of: .particles, event))
    }
  }

  /// Adds a graph under the name that a data set gives it.
  public func addGraph(_ path: String, of event: Int) throws {
    try link(path, as: EventFolder.fileName(of: .graph, event: event))
  }

  private func path(of file: EventFile, _ event: Int) -> String {
    "\(folder)/\(EventFolder.fileName(of: file, event: event)).zst"
  }

  private func link(_ path: String, as name: String) throws {
    let place = "\(folder)/\(name)"
    let target = URL(filePath: path).standardizedFileURL.path
    do {
      if (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) != nil {
        try FileManager.default.removeItem(atPath: place)
      }
      try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    } catch {
      throw EventDataError.unwritable(file: place, reason: "\(error.localizedDescription)")
    }
  }
}
