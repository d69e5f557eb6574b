import Foundation

/// Why the name of a run stands for none.
public enum RunReferenceError: Error, Equatable, CustomStringConvertible {
  case noRuns(cache: String)
  case unknown(name: String, cache: String, known: [String])
  case ambiguous(name: String, candidates: [String])
  /// `last-5` where there are fewer runs.
  case tooFew(name: String, count: Int)

  public var description: String {
    switch self {
    case .noRuns(let cache):
      "the cache \(cache) remembers no run; choose another with --cache"
    case .unknown(let name, let cache, let known):
      "the cache \(cache) remembers no run \"\(name)\"; the latest are\(Self.list(known))"
    case .ambiguous(let name, let candidates):
      "\"\(name)\" stands for several runs; it may be\(Self.list(candidates))"
    case .tooFew(let name, let count):
      "there is no run \"\(name)\": the cache remembers \(count)"
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(10).map { "\n  \($0)" }.joined()
    return names.count > 10 ? "\(shown)\n  and \(names.count - 10) more" : shown
  }
}

extension RunRegistry {
  /// The run that a person means by a name.
  ///
  /// - Parameter name: an id, the beginning or end of one, a run's folder, `last`, or `last-2` for the one before.
  public func find(_ name: String) throws(RunReferenceError) -> RunRecord {
    try Self.find(name, among: records(), cache: root)
  }

  /// The same among records that are sorted, oldest first.
  ///
  /// - Parameter cache: what to call the cache in an error.
  public static func find(
    _ name: String, among records: [RunRecord], cache: String
  ) throws(RunReferenceError) -> RunRecord {
    guard !records.isEmpty else { throw .noRuns(cache: cache) }
    if let exact = records.first(where: { $0.id == name }) { return exact }
    if let place = placeFromTheEnd(name) {
      guard place <= records.count else { throw .tooFew(name: name, count: records.count) }
      return records[records.count - place]
    }
    // A folder that several runs wrote to holds what the latest left.
    let path = URL(filePath: name).standardized.path
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if let latest = records.last(where: { $0.folder == folder }) { return latest }
    let fitting = name.isEmpty ? [] : records.filter { $0.id.hasPrefix(name) }
    let candidates = fitting.isEmpty ? records.filter { $0.id.hasSuffix(name) } : fitting
    if candidates.count == 1, !name.isEmpty { return candidates[0] }
    guard candidates.isEmpty || name.isEmpty else {
      throw .ambiguous(name: name, candidates: candidates.reversed().map(\.id))
    }
    throw .unknown(name: name, cache: cache, known: records.suffix(10).reversed().map(\.id))
  }

  /// 1 for `last`, 2 for `last-2`; nil for any other name.
  private static func placeFromTheEnd(_ name: String) -> Int? {
    if name == "last" { return 1 }
    guard name.hasPrefix("last-"), let place = Int(name.dropFirst(5)), place >= 1 else {
      return nil
    }
    return place
  }

  /// The latest run of the same workflow that began before this one; nil where there was none.
  public static func runBefore(_ run: RunRecord, among records: [RunRecord]) -> RunRecord? {
    records.last {
      $0.workflow == run.workflow && ($0.started, $0.id) < (run.started, run.id)
    }
  }
}

/// What became of a run, as far as its record and its lock tell.
public enum RunState: String, Sendable {
  case running
  case done
  case incomplete
  case failed
  case interrupted
  /// It says that it runs, and does not: it was killed, or its machine went down.
  case vanished

  /// In words for people.
  public var words: String { self == .vanished ? "ended without a word" : rawValue }
}

extension RunRegistry {
  /// What became of a run.
  public func state(of run: RunRecord) -> RunState {
    switch run.status {
    case .running: isLive(run.id) ? .running : .vanished
    case .done: .done
    case .incomplete: .incomplete
    case .failed: .failed
    case .interrupted: .interrupted
    }
  }
}
