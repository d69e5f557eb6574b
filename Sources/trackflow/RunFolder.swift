import ArtifactStore
import Foundation

/// The folder of one run: journal, worker log, report, submissions.
struct RunFolder {
  let path: String

  /// Makes the folder.
  ///
  /// - Parameters:
  ///   - path: where it is wanted; nil for `runs/<start>-<workflow>`, made unique.
  init(path: String?, workflow: String, started: Date) throws {
    if let path {
      self.path = URL(filePath: path).standardized.path
      try FileSystem.createFolder(self.path)
      return
    }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    let name = "\(formatter.string(from: started))-\(workflow)"
    try FileSystem.createFolder("runs")
    for number in 1...1000 {
      let candidate = URL(filePath: "runs/\(name)\(number == 1 ? "" : "-\(number)")").standardized
      if mkdir(candidate.path, 0o755) == 0 {
        self.path = candidate.path
        return
      }
      guard errno == EEXIST else { break }
    }
    throw ArtifactError.system(
      operation: "the run's folder could not be made", path: "runs/\(name)", code: errno,
      reason: String(cString: strerror(errno)))
  }

  var name: String { URL(filePath: path).lastPathComponent }
  var journalPath: String { path + "/journal.jsonl" }
  var workerLogPath: String { path + "/workers.log" }
}
