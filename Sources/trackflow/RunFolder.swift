import ArtifactStore
import Foundation

/// The folder of one run: journal, report, submissions.
struct RunFolder {
  let path: String

  /// Makes the folder.
  ///
  /// - Parameter path: where it is wanted; nil for `runs/<id>`.
  init(path: String?, id: String) throws {
    self.path = URL(filePath: path ?? "runs/\(id)").standardized.path
    try FileSystem.createFolder(self.path)
  }

  var journalPath: String { path + "/journal.jsonl" }

  /// `20261124T221503Z-full`
  static func name(workflow: String, started: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    return "\(formatter.string(from: started))-\(workflow)"
  }
}
