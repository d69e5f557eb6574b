import Foundation
import JSONDocument

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RunRegistry {
  private var folder: String { root + "/runs" }

  private func names(endingWith suffix: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
      .map { String($0.dropLast(suffix.count)) }.sorted()
  }

  /// The names of the runs that live now, those that are about to be entered included.
  public func liveIDs() -> [String] { names(endingWith: ".live").filter(isLive) }

  /// What can't be read among the runs, with the file and what is wrong with it.
  public func faults() -> [RunFault] {
    names(endingWith: ".json").compactMap { id in
      let path = "\(folder)/\(id).json"
      guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
      guard let json = try? JSONDocument(parsing: Array(data), file: id).root,
        let format = json["format"]?.intValue
      else { return .damagedRecord(path: path) }
      if format > RunRecord.format { return .newerRecord(path: path, format: format) }
      guard let record = RunRecord(json: json) else { return .damagedRecord(path: path) }
      return isListWhole(of: record) ? nil : .lostList(run: id, path: path)
    }
  }

  /// Whether the list of the results that a run uses is there and as it was written; its name follows from it.
  func isListWhole(of record: RunRecord) -> Bool {
    guard let plan = record.plan else { return true }
    return FileSystem.stamp(of: "\(folder)/\(plan).keys") != nil
      && Self.planName(keys(of: record)) == plan
  }

  /// Forgets a run, and the list of its results where no other run has the same. Its folder stays.
  func forget(_ record: RunRecord, among records: [RunRecord]) {
    unlink("\(folder)/\(record.id).json")
    unlink("\(folder)/\(record.id).live")
    if let plan = record.plan, !records.contains(where: { $0.id != record.id && $0.plan == plan }) {
      unlink("\(folder)/\(plan).keys")
    }
  }
}

extension RunRegistry {
  /// Removes what ended runs left behind that nothing refers to: marks of life of the dead, and lists of
  /// results, a day old, that no run names. Call it while no run may enter.
  func removeLeftovers(now: Double) {
    for id in names(endingWith: ".live") where !isLive(id) { unlink("\(folder)/\(id).live") }
    let named = Set(records().compactMap(\.plan))
    for plan in names(endingWith: ".keys") where !named.contains(plan) {
      let path = "\(folder)/\(plan).keys"
      if let stamp = FileSystem.stamp(of: path), Double(stamp.modified) / 1e9 < now - 86_400 {
        unlink(path)
      }
    }
  }
}

/// Something among the remembered runs that can't be read.
public enum RunFault: Sendable, Equatable {
  case damagedRecord(path: String)
  case newerRecord(path: String, format: Int)
  /// The list of the results that a run uses is gone or damaged.
  case lostList(run: String, path: String)

  public var path: String {
    switch self {
    case .damagedRecord(let path), .newerRecord(let path, _), .lostList(_, let path): path
    }
  }

  public var words: String {
    switch self {
    case .damagedRecord: "it is no record of a run"
    case .newerRecord(_, let format): "a newer trackflow wrote it (format \(format))"
    case .lostList(let run, _): "the list of the results that run \(run) uses is gone or damaged"
    }
  }
}
