import ArtifactStore
import Foundation
import JSONDocument

/// The files of one job array, under the cache: what it is to do, what became of it, what its jobs said.
struct BatchFolder: Sendable, Equatable {
  let path: String

  var submission: String { path + "/submission.json" }
  var results: String { path + "/results" }
  var output: String { path + "/output" }
  var batches: String { path + "/batches" }

  func batch(_ element: Int) -> String { "\(batches)/\(element).json" }

  func results(element: Int, job: Int) -> String {
    "\(results)/\(BatchPlace.resultsName(element: element, job: job))"
  }

  func output(element: Int, job: Int) -> String { "\(output)/\(element)-\(job).txt" }

  /// Where the answers of a batch go, from the path of its file.
  static func results(ofBatch path: String, _ place: BatchPlace) -> String {
    let folder = URL(filePath: path).deletingLastPathComponent().deletingLastPathComponent().path
    return BatchFolder(path: folder).results(element: place.element, job: place.job)
  }

  /// The last words of a job's output; empty where it left none.
  func lastWords(element: Int, job: Int) -> String {
    guard let file = FileHandle(forReadingAtPath: output(element: element, job: job)) else {
      return ""
    }
    defer { try? file.close() }
    let end = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
    return (try? file.readToEnd()).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The folder under which all runs on a cache keep those of their arrays.
  static func root(in store: ObjectStore) -> String { store.root + "/cluster" }
}
