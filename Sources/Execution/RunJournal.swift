import ArtifactStore
import Foundation
import JSONDocument
import Synchronization

/// The journal of a run: one line of JSON for everything that happens, written as it happens.
public final class RunJournal: Sendable {
  private let handle: Mutex<FileHandle>
  private let start = ContinuousClock.now

  public init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw ArtifactError.system(
        operation: "the journal could not be created", path: path, code: errno,
        reason: String(cString: strerror(errno)))
    }
    self.handle = Mutex(handle)
  }

  /// Seconds since the run started, by the monotonic clock.
  public var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  public func write(_ what: String, _ members: [JSONMember] = []) {
    let line: JSONValue = .object(
      [
        JSONMember(name: "at", value: .number((seconds * 1000).rounded() / 1000)),
        JSONMember(name: "what", value: .string(what)),
      ] + members)
    handle.withLock { try? $0.write(contentsOf: Data((line.compactText + "\n").utf8)) }
  }
}
