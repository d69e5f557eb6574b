import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The runs that a cache remembers: `runs/<id>.json` each, beside the lists of the results that they use.
///
/// While a run lives it holds a kernel lock on `runs/<id>.live`, so that one which ended without a word
/// is known, on whatever machine it ran.
public struct RunRegistry: Sendable {
  /// The cache's folder.
  public let root: String
  private var folder: String { root + "/runs" }

  public init(store: ObjectStore) { root = store.root }

  /// Takes a name for a run that no other has: the first of `name`, `name-2`, `name-3`, … that is free.
  public func begin(_ name: String) throws(ArtifactError) -> LiveRun {
    try FileSystem.createFolder(folder)
    // Nothing is removed from the cache while a run enters; what it plans afterwards is seen to be used.
    let entry = try SweepLock(root: root, mode: .entering)
    defer { withExtendedLifetime(entry) {} }
    for number in 1...100_000 {
      let id = number == 1 ? name : "\(name)-\(number)"
      if FileSystem.stamp(of: recordPath(id)) != nil { continue }
      let path = livePath(id)
      let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FileSystem.newFileMode)
      if file < 0, errno == EEXIST { continue }
      guard file >= 0 else { throw FileSystem.failure("the run could not be entered", path) }
      // Waits for no more than a moment's look at whether it lives.
      while flock(file, LOCK_EX) != 0, errno == EINTR {}
      return LiveRun(id: id, file: file, path: path)
    }
    throw FileSystem.failure("the run could not be entered", livePath(name))
  }

  /// Writes what is known of a run.
  public func write(_ record: RunRecord) throws(ArtifactError) {
    try FileSystem.publish(
      Array((record.json.prettyText + "\n").utf8), to: recordPath(record.id))
  }

  /// Every run, oldest first; files that are none are passed over.
  public func records() -> [RunRecord] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }
      .compactMap { record(String($0.dropLast(5))) }
      .sorted { ($0.started, $0.id) < ($1.started, $1.id) }
  }

  public func record(_ id: String) -> RunRecord? {
    guard let data = try? Data(contentsOf: URL(filePath: recordPath(id))),
      let json = try? JSONDocument(parsing: Array(data), file: id).root
    else { return nil }
    return RunRecord(json: json)
  }

  /// The latest run of a workflow that ended well.
  public func latestDone(workflow: String) -> RunRecord? {
    done(workflow: workflow).first { _ in true }
  }

  /// The runs of a workflow that ended well, latest first; each is read when it is come to.
  public func done(workflow: String) -> some Sequence<RunRecord> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // Names begin with the time of the start, so that few have to be read.
    let ids = names.filter { $0.hasSuffix(".json") && $0.contains(workflow) }
      .map { String($0.dropLast(5)) }
    return ids.sorted(by: >).lazy.compactMap(record).filter {
      $0.workflow == workflow && ($0.status == .done || $0.status == .incomplete)
    }
  }

  /// Notes that a run's results were used again: its file's time is that of the last use.
  public func touch(_ id: String) { utimensat(AT_FDCWD, recordPath(id), nil, 0) }

  /// When a run's results were last used, in seconds since 1970.
  public func lastUse(of record: RunRecord) -> Double {
    let stamp = FileSystem.stamp(of: recordPath(record.id))
    return stamp.map { Double($0.modified) / 1e9 } ?? record.ended ?? record.started
  }

  /// The runs that live now.
  public func liveRuns() -> [RunRecord] { records().filter { isLive($0.id) } }

  /// Whether the run's process still holds its lock.
  public func isLive(_ id: String) -> Bool {
    let file = open(livePath(id), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private func recordPath(_ id: String) -> String { "\(folder)/\(id).json" }
  private func livePath(_ id: String) -> String { "\(folder)/\(id).live" }

  // MARK: - The results that runs use

  /// Names the list of results, which is written where no run had the same.
  public func writePlan(_ keys: [ArtifactKey]) throws(ArtifactError) -> String {
    let name = Self.planName(keys)
    let path = planPath(name)
    if FileSystem.stamp(of: path) == nil {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(65 * keys.count)
      for key in keys {
        bytes.append(contentsOf: key.hex.utf8)
        bytes.append(0x0A)
      }
      try FileSystem.publish(bytes, to: path)
    }
    return name
  }

  /// The name of a list of results, which follows from the list.
  public static func planName(_ keys: [ArtifactKey]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32 * keys.count)
    for key in keys { key.withBytes { bytes.append(contentsOf: $0) } }
    return ArtifactKey(hashing: bytes).short
  }

  /// The results that a run uses; empty where it did not come so far.
  public func keys(of record: RunRecord) -> [ArtifactKey] {
    guard let name = record.plan,
      let text = try? String(contentsOfFile: planPath(name), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").compactMap { ArtifactKey(hex: String($0)) }
  }

  private func planPath(_ name: String) -> String { "\(folder)/\(name).keys" }
}

/// A run that has its name and lives; its lock falls at the end, however that comes.
public final class LiveRun: Sendable {
  public let id: String
  private let file: Int32
  private let path: String

  init(id: String, file: Int32, path: String) {
    self.id = id
    self.file = file
    self.path = path
  }

  deinit {
    unlink(path)
    close(file)
  }
}
