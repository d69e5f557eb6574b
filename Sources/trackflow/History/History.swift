import ArtifactStore
import Execution
import Foundation
import JSONDocument
import Reporting

/// The runs that a cache remembers, with what they left in their folders.
struct History {
  let store: ObjectStore
  let registry: RunRegistry

  /// - Throws: `CacheCommandError.noCache` where there is no such folder.
  init(_ options: CacheOptions) throws { self.init(store: try options.existingStore()) }

  init(store: ObjectStore) {
    self.store = store
    registry = RunRegistry(store: store)
  }

  /// The journal of a run.
  ///
  /// - Throws: `HistoryError` where it is gone, or that of a later run in the same folder.
  func journal(of run: RunRecord) throws -> [JournalEntry] {
    let path = run.folder + "/journal.jsonl"
    guard let entries = JournalReader.entries(path: path) else {
      throw HistoryError.gone(what: "journal", run: run.id, path: path)
    }
    guard JournalReader.isJournal(entries, ofRun: run.id) else {
      throw HistoryError.overwritten(what: "journal", run: run.id, path: path)
    }
    return entries
  }

  /// The report of a run.
  ///
  /// - Throws: `HistoryError` where there is none, `ReportError` for one that can't be read.
  func report(of run: RunRecord) throws -> RunReport {
    let path = run.folder + "/report.json"
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      if run.summary["json"]?["reportJSON"] == .null {
        throw HistoryError.noReport(
          run: run.id, reason: "its workflow has no stage that uses write-report")
      }
      throw run.status == .done || run.status == .incomplete
        ? HistoryError.gone(what: "report", run: run.id, path: path)
        : HistoryError.noReport(
          run: run.id,
          reason:
            "its state is \"\(registry.state(of: run).words)\", and only runs that came to their"
            + " end have one")
    }
    let report = try RunReport(json: JSONDocument(parsing: Array(data), file: path).root)
    guard report.run.id == run.id else {
      throw HistoryError.overwritten(what: "report", run: run.id, path: path)
    }
    return report
  }
}

/// What a command needs of the past that is not there.
enum HistoryError: Error, CustomStringConvertible {
  case gone(what: String, run: String, path: String)
  case overwritten(what: String, run: String, path: String)
  case noReport(run: String, reason: String)

  var description: String {
    switch self {
    case .gone(let what, let run, let path):
      "the \(what) of the run \(run) is not there any more: \(path)"
    case .overwritten(let what, let run, let path):
      "the \(what) of the run \(run) was overwritten by a later one in the same folder: \(path)"
    case .noReport(let run, let reason): "the run \(run) left no report: \(reason)"
    }
  }
}

/// Numbers and times for people.
enum HistoryText {
  /// `2026-11-24 22:15:03`, by this machine's clock.
  static func time(_ seconds: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return formatter.string(from: Date(timeIntervalSince1970: seconds))
  }

  /// `1.2 GB`
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count), 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return unit == 0 ? "\(count) B" : "\(NumberText.significant(value)) \(units[unit])"
  }

  /// What a terminal would take for a command is replaced.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
          return scalar == "\t" ? " " : isControl ? "\u{FFFD}" : scalar
        }))
  }

  /// Rows in columns; those of numbers end at the same place.
  static func table(_ rows: [[String]], rightAligned: Set<Int> = []) -> [String] {
    TextTable.lines(rows, rightAligned: rightAligned).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
