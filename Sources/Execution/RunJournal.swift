import ArtifactStore
import Foundation
import JSONDocument
import Synchronization
import Workflow

/// The journal of a run: one line of JSON for everything that happens, written as it happens.
public final class RunJournal: Sendable {
  private struct State {
    var handle: FileHandle
    var lastProgress: ContinuousClock.Instant?
    /// Whether a line could not be written.
    var hasFailed = false
    /// How many lines each task's worker has said.
    var lines: [String: Int] = [:]
  }

  private let state: Mutex<State>
  private let start = ContinuousClock.now
  /// Whether each line is on the disk, or with the file server, when it counts as written.
  private let isSynced: Bool

  public init(path: String, isSynced: Bool = false) throws {
    self.isSynced = isSynced
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw ArtifactError.system(
        operation: "the journal could not be created", path: path, code: errno,
        reason: String(cString: strerror(errno)))
    }
    state = Mutex(State(handle: handle))
  }

  /// Seconds since the run started, by the monotonic clock.
  public var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Whether every line was written.
  var isWhole: Bool { state.withLock { !$0.hasFailed } }

  public func write(_ what: String, _ members: [JSONMember] = []) {
    let line = line(what, members)
    state.withLock { write(line, in: &$0) }
  }

  /// The plan as it stands: every stage with what there is and what is left.
  func writePlan(_ stages: [StageOutlook]) {
    write(
      "plan",
      [
        JSONMember(
          name: "stages",
          value: .array(
            stages.map {
              [
                "stage": .string($0.name), "tasks": .integer($0.tasks),
                "cached": .integer($0.cached), "toRun": .integer($0.toRun),
                "seconds": $0.seconds.map { .number($0) } ?? .null,
              ]
            }))
      ])
  }

  /// How far a long task has come, once in two seconds.
  func writeProgress(_ order: TaskOrder, _ progress: TaskProgress) {
    state.withLock { state in
      let now = ContinuousClock.now
      if let last = state.lastProgress, now - last < .seconds(2) { return }
      state.lastProgress = now
      let line = line(
        "progress",
        order.journalMembers + [
          JSONMember(name: "done", value: .integer(progress.done)),
          JSONMember(name: "total", value: .integer(progress.total)),
          JSONMember(name: "unit", value: .string(progress.unit)),
          JSONMember(name: "note", value: .string(progress.note)),
        ])
      write(line, in: &state)
    }
  }

  /// The most lines that are kept of what a worker says on one task, and the most characters of a line.
  static let longestLog = 1000
  static let longestLine = 4000

  /// What a worker said on its standard error; of one that can't stop, the first lines.
  func writeLog(stage: String, event: Int?, worker: Int, line text: String) {
    let task = "\(stage) \(event ?? -1)"
    let count = state.withLock { state in
      state.lines[task, default: 0] += 1
      return state.lines[task]!
    }
    guard count <= Self.longestLog + 1 else { return }
    let said =
      count > Self.longestLog
      ? "(what it said after \(Self.longestLog) lines is left out)"
      : String(text.prefix(Self.longestLine))
    var members = [JSONMember(name: "stage", value: .string(stage))]
    if let event { members.append(JSONMember(name: "event", value: .integer(event))) }
    write(
      "log",
      members + [
        JSONMember(name: "worker", value: .integer(worker)),
        JSONMember(name: "line", value: .string(said)),
      ])
  }

  private func line(_ what: String, _ members: [JSONMember]) -> String {
    JSONValue.object(
      [
        JSONMember(name: "at", value: .number((seconds * 1000).rounded() / 1000)),
        JSONMember(name: "what", value: .string(what)),
      ] + members
    ).compactText + "\n"
  }

  private func write(_ line: String, in state: inout State) {
    do {
      try state.handle.write(contentsOf: Data(line.utf8))
      if isSynced { try state.handle.synchronize() }
    } catch {
      // A journal that can't be written stops no run: what counts is in the cache.
      state.hasFailed = true
    }
  }
}
