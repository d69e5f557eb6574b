import Compression
import JSONDocument

/// What is wrong with event data, and where: each case carries what a user needs to act on it.
public enum EventDataError: Error, Equatable, CustomStringConvertible {
  /// The file could not be opened or read: missing, a folder, not permitted, changed meanwhile.
  case unreadable(file: String, reason: String)
  /// The compressed file is damaged, truncated or would unpack to too much.
  case compressed(file: String, CompressionError)
  /// A place of a table does not hold what it must; lines count from 1, the header's included.
  case malformed(file: String, line: Int, column: String?, found: String?, expected: String)
  /// Two tables of an event contradict each other at a line of the file.
  case inconsistent(file: String, line: Int, column: String, message: String)
  /// An array of a NumPy archive is missing or does not hold what it must.
  case array(file: String, name: String, message: String)
  /// The event has no such file in the folder.
  case missingFile(folder: String, event: Int, file: EventFile)
  /// The folder does not exist or holds no events.
  case noEvents(folder: String, reason: String)
  /// The output could not be written, or the table cannot be put into the format.
  case unwritable(file: String, reason: String)
  /// A manifest is not JSON or not a manifest.
  case manifest(JSONError)
  /// The manifest has no data set of that name.
  case unknownDataSet(name: String, nearest: String?, manifest: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .compressed(let file, let error): "\(file): \(error)"
    case .malformed(let file, let line, let column, let found, let expected):
      "\(file):\(line): \(column.map { "column \($0): " } ?? "")"
        + "\(found.map { "found \($0); " } ?? "")\(expected)"
    case .inconsistent(let file, let line, let column, let message):
      "\(file):\(line): column \(column): \(message)"
    case .array(let file, let name, let message): "\(file): array \(name): \(message)"
    case .missingFile(let folder, let event, let file):
      "\(folder): event \(event) has no \(file.rawValue) file; "
        + "\(EventFolder.fileName(of: file, event: event))"
        + "\(file == .graph ? "" : ", .csv.zst or .csv.gz") was expected"
    case .noEvents(let folder, let reason): "\(folder): \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    case .manifest(let error): "\(error)"
    case .unknownDataSet(let name, let nearest, let manifest):
      "\(manifest): there is no data set \"\(name)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    }
  }

  /// True where the same bytes would be refused again, false for trouble of the system around them.
  public var isAboutContent: Bool {
    switch self {
    case .malformed, .inconsistent, .array: true
    case .compressed(_, .damaged), .compressed(_, .tooLarge), .compressed(_, .unsupported): true
    default: false
    }
  }
}
