import Dispatch
import Foundation
import Synchronization

/// Reads every file of a data set, holds the tables against each other and takes digests.
public struct DataSetVerifier: Sendable {
  public var folder: EventFolder
  /// The events that must be there.
  public var events: [Int]
  /// The files that each event must have; others that are there are checked too.
  public var files: Set<EventFile>

  /// Every event that the folder has and the data set asks for.
  ///
  /// - Throws: `EventDataError.noEvents`.
  public init(_ dataSet: DataSet) throws {
    folder = try EventFolder(path: dataSet.folder)
    let listed = try dataSet.events(in: folder)
    // A data set added by hand need not have every number between its first and its last.
    let found = folder.events.filter(dataSet.events.contains)
    let isListed =
      dataSet.isLocal && found.first == dataSet.events.first
      && found.last == dataSet.events.last
    events = isListed ? found : listed
    files = dataSet.files
  }

  public init(folder: EventFolder, events: [Int], files: Set<EventFile>) {
    self.folder = folder
    self.events = events
    self.files = files
  }

  /// Checks all events, on all cores; the report is the same whatever their number.
  ///
  /// - Parameter progress: called after each event with the number of those done, from any thread.
  public func verify(progress: @Sendable (_ done: Int) -> Void = { _ in }) -> [EventReport] {
    let reports = Mutex([EventReport?](repeating: nil, count: events.count))
    DispatchQueue.concurrentPerform(iterations: events.count) { index in
      let report = verify(event: events[index])
      let done = reports.withLock { reports in
        reports[index] = report
        return reports.count { $0 != nil }
      }
      progress(done)
    }
    return reports.withLock { $0.compactMap(\.self) }
  }

  /// Checks one event.
  public func verify(event: Int) -> EventReport {
    var report = EventReport(event: event)
    var hits: HitTable?
    for file in EventFile.allCases {
      let paths = folder.paths(of: file, event: event)
      if paths.isEmpty, files.contains(file) {
        report.problems.append(.missingFile(folder: folder.path, event: event, file: file))
      }
      for path in paths {
        do {
          let digest = try FileDigest.sha256(ofFile: path)
          let rows = try read(file, at: path, event: event, hits: &hits)
          report.files.append(FileReport(file: file, path: path, rows: rows, sha256: digest))
        } catch let error as EventDataError {
          report.problems.append(error)
        } catch {
          report.problems.append(.unreadable(file: path, reason: "\(error)"))
        }
      }
    }
    return report
  }

  /// Reads a file, holds it against the hits, which come first, and gives the number of its rows, of a graph its nodes.
  private func read(
    _ file: EventFile, at path: String, event: Int, hits: inout HitTable?
  ) throws -> Int {
    switch file {
    case .hits:
      let table = try EventReader.hits(at: path)
      hits = table
      return table.count
    case .truth:
      let table = try EventReader.truth(at: path)
      if let hits, let hitsPath = folder.path(of: .hits, event: event) {
        try EventChecks.check(table, in: path, against: hits, in: hitsPath)
      }
      return table.count
    case .cells:
      let table = try EventReader.cells(at: path)
      if let hits { try EventChecks.check(table, in: path, against: hits) }
      return table.count
    case .particles: return try EventReader.particles(at: path).count
    case .graph:
      let archive = try NumPyArchive(path: path)
      return EventReader.isGeometric(archive)
        ? try EventReader.geometricGraph(archive).nodeCount
        : try EventReader.graph(at: path).nodeCount
    }
  }
}

/// What was found of one event.
public struct EventReport: Sendable, Equatable {
  public var event: Int
  /// The files that could be read.
  public var files: [FileReport] = []
  public var problems: [EventDataError] = []
}

/// A file that could be read: its rows, of a graph its nodes, and the digest of its bytes as they lie on disk.
public struct FileReport: Sendable, Equatable {
  public var file: EventFile
  public var path: String
  public var rows: Int
  public var sha256: String
}
