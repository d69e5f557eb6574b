import ArtifactStore
import EventData
import Foundation
import JSONDocument
import Reporting

/// The folder of a nightly evaluation: its history, its nights' reports, its page.
///
///     nightly/index.html, index.json     the page, and the same to compute with
///             summary.md, junit.xml      of the newest night
///             history/<night>.json       what later nights are compared with
///             nights/<night>/            a run's folder
///             cache/                     the results of the newest night
struct NightlyFolder {
  let path: String

  init(_ path: String) { self.path = URL(filePath: path).standardized.path }

  var cache: String { path + "/cache" }
  var index: String { path + "/index.html" }
  var log: String { path + "/nightly.log" }
  var summary: String { path + "/summary.md" }
  func nightFolder(_ id: String) -> String { "\(path)/nights/\(id)" }
  private func recordPath(_ id: String) -> String { "\(path)/history/\(id).json" }

  /// Takes the folder for one night.
  ///
  /// - Throws: `NightlyError.busy` where another has it.
  func lock() throws -> CacheLock {
    let holder = ProcessIdentity.current(command: CommandLine.arguments.joined(separator: " "))
    if let lock = try CacheLock.take(root: path, mode: .alone, holder: holder) { return lock }
    let other = CacheLock.holder(root: path).map { "process \($0.process) on \($0.host)" }
    throw NightlyError.busy(folder: path, holder: other ?? "another process")
  }

  /// Every night; files that are none are named with why.
  ///
  /// - Parameter workflow: what the history is called as long as it has no night.
  func history(workflow: String = "nightly") -> NightHistory {
    let folder = path + "/history"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
    var nights: [Night] = []
    var unreadable: [String] = []
    for name in names {
      do {
        let document = try JSONDocument(
          parsing: Array(FileSystem.read("\(folder)/\(name)")), file: "history/\(name)")
        var night = try Night(json: document.root)
        // The file's name is what links and later nights go by.
        night.id = String(name.dropLast(5))
        if let report = night.report, FileSystem.stamp(of: "\(path)/\(report)") == nil {
          night.report = nil
        }
        nights.append(night)
      } catch let error as ReportError {
        unreadable.append("history/\(name): \(error.wordsOfFile)")
      } catch {
        unreadable.append("\(error)")
      }
    }
    let name = nights.max { $0.started < $1.started }?.workflow ?? workflow
    return NightHistory(workflow: name, nights: nights, unreadable: unreadable)
  }

  /// A name for a night that no other has: the time of its start.
  func newID(started: Date) -> String {
    let name = started.formatted(
      .iso8601.year().month().day().dateSeparator(.omitted)
        .time(includingFractionalSeconds: false).timeSeparator(.omitted))
    let taken = { (id: String) in
      FileManager.default.fileExists(atPath: nightFolder(id))
        || FileManager.default.fileExists(atPath: recordPath(id))
    }
    var (id, number) = (name + "Z", 1)
    while taken(id) {
      number += 1
      id = "\(name)Z-\(number)"
    }
    return id
  }

  func write(_ night: Night) throws {
    try FileSystem.publish(
      Array((night.json.prettyText + "\n").utf8), to: recordPath(night.id))
  }

  /// Writes the page and the index anew from the history.
  @discardableResult
  func writeIndex() throws -> NightHistory {
    let history = history()
    try FileSystem.publish(
      Array((history.json.prettyText + "\n").utf8), to: path + "/index.json")
    try FileSystem.publish(Array(NightlyPage.page(of: history).utf8), to: index)
    return history
  }

  /// Nights that a kill or a power cut ended are failed ones; only whoever has the folder's lock may say so.
  func closeAbandoned() throws {
    for var night in history().nights where night.state == .running {
      night.state = .failed
      night.reason = "it ended without a word: it was killed, or its machine went down"
      try write(night)
    }
  }

  /// Takes the results of the night before away, so that all are made anew.
  func emptyCache() throws {
    let holder = ProcessIdentity.current(command: CommandLine.arguments.joined(separator: " "))
    guard let lock = try CacheLock.take(root: cache, mode: .alone, holder: holder) else {
      throw NightlyError.cacheInUse(path: cache)
    }
    defer { withExtendedLifetime(lock) {} }
    for name in try FileManager.default.contentsOfDirectory(atPath: cache) where name != "lock.json"
    {
      try FileManager.default.removeItem(atPath: "\(cache)/\(name)")
    }
  }
}

/// Why a nightly command could not do what it was asked for.
enum NightlyError: Error, CustomStringConvertible {
  case busy(folder: String, holder: String)
  case cacheInUse(path: String)
  case otherWorkflow(folder: String, theirs: String, ours: String)
  case noNights(folder: String)
  case noNight(id: String, folder: String)
  case notARegression(id: String, verdict: String)
  case notInstalled(folder: String)
  case noScheduler
  case tool(name: String, reason: String)
  case unquotable(path: String, what: String, instead: String)

  var description: String {
    switch self {
    case .busy(let folder, let holder):
      "\(folder): a night is on already: \(holder). Wait for its end, or choose another --folder"
    case .cacheInUse(let path):
      "\(path): the cache of the nights is in use by another command; wait for its end"
    case .otherWorkflow(let folder, let theirs, let ours):
      "\(folder) holds the nights of the workflow \"\(theirs)\", not of \"\(ours)\"; choose another --folder"
    case .noNights(let folder):
      "\(folder): there is no night yet; `trackflow nightly run WORKFLOW` makes one,"
        + " `trackflow nightly install WORKFLOW` one every night"
    case .noNight(let id, let folder):
      "there is no night \(id) in \(folder); `trackflow nightly status` lists them"
    case .notARegression(let id, let verdict):
      "the night \(id) is \(verdict); only a regression can be accepted"
    case .notInstalled(let folder):
      "no nightly evaluation is installed for \(folder); `trackflow nightly install WORKFLOW` does it,"
        + " --folder names another folder"
    case .noScheduler:
      "neither `systemctl --user` nor `crontab` works here; install cron, or have another scheduler give"
        + " the command that `trackflow nightly install WORKFLOW --print --cron` shows"
    case .tool(let name, let reason): "\(name): \(reason)"
    case .unquotable(let path, let what, let instead):
      "\(path): a path with \(what) can't be written into the schedule; \(instead)"
    }
  }
}

extension ReportError {
  /// Its words, of a file that is no report.
  fileprivate var wordsOfFile: String {
    description.replacing("report.json: ", with: "")
  }
}
