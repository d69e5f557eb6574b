import Foundation

/// The files that an event consists of: its tables, or a graph that was made of them.
public enum EventFile: String, CaseIterable, Sendable {
  case hits, cells, particles, truth
  case graph

  /// The files of an event in the challenge's form.
  public static let tables: [EventFile] = [.hits, .cells, .particles, .truth]
}

/// A folder of events: files eventNNNNNNNNN-{hits,cells,particles,truth}.csv, .csv.zst or .csv.gz,
/// or graphs eventNNNNNNNNN_gNNN.npz, of which an event may have several pieces.
public struct EventFolder: Sendable {
  public let path: String
  /// The numbers of the events that have any file, sorted.
  public let events: [Int]
  private let names: [Int: [EventFile: [String]]]

  /// Lists a folder; a plain file goes before its .zst, and that before its .gz.
  ///
  /// - Throws: `EventDataError.noEvents` where the folder does not exist or holds no event.
  public init(path: String) throws {
    self.path = path
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw EventDataError.noEvents(folder: path, reason: "there is no such folder")
    }
    guard isFolder.boolValue else {
      throw EventDataError.noEvents(
        folder: path, reason: "it is a file; a folder of events was expected")
    }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw EventDataError.noEvents(folder: path, reason: "the folder cannot be listed")
    }
    var names: [Int: [EventFile: [String]]] = [:]
    // The kind of file that is preferred comes last and so stays.
    for name in entries.sorted(by: Self.isPreferredLess) {
      guard let (event, file) = Self.parse(name) else { continue }
      let pieces = file == .graph ? names[event]?[file] ?? [] : []
      names[event, default: [:]][file] = pieces + [name]
    }
    guard !names.isEmpty else {
      throw EventDataError.noEvents(
        folder: path,
        reason: "it holds no events; files such as "
          + "\(Self.fileName(of: .hits, event: 1000)) or \(Self.fileName(of: .graph, event: 1000)) "
          + "were expected")
    }
    self.names = names
    events = names.keys.sorted()
  }

  /// The path of an event's file, of a graph in pieces that of the first; nil where there is none.
  public func path(of file: EventFile, event: Int) -> String? {
    paths(of: file, event: event).first
  }

  /// The paths of an event's file: one, or those of a graph's pieces in the order of their numbers.
  public func paths(of file: EventFile, event: Int) -> [String] {
    (names[event]?[file] ?? []).map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
  }

  /// The files that an event has.
  public func files(of event: Int) -> Set<EventFile> { Set((names[event] ?? [:]).keys) }

  /// The name of an event's file in the challenge's way of naming.
  public static func fileName(of file: EventFile, event: Int) -> String {
    let digits = String(event)
    let padding = String(repeating: "0", count: max(0, 9 - digits.count))
    let stem = "event\(padding)\(digits)"
    return file == .graph ? "\(stem)_g000.npz" : "\(stem)-\(file.rawValue).csv"
  }

  private static func isPreferredLess(_ a: String, _ b: String) -> Bool {
    func rank(_ name: String) -> Int { name.hasSuffix(".gz") ? 0 : name.hasSuffix(".zst") ? 1 : 2 }
    return (rank(a), a) < (rank(b), b)
  }

  private static func parse(_ name: String) -> (event: Int, file: EventFile)? {
    if let match = name.wholeMatch(of: /event([0-9]{9})_g[0-9]{3}\.npz/) {
      return Int(match.1).map { ($0, .graph) }
    }
    guard let match = name.wholeMatch(of: /event([0-9]{9})-([a-z]+)\.csv(\.zst|\.gz)?/),
      let event = Int(match.1), let file = EventFile(rawValue: String(match.2)), file != .graph
    else { return nil }
    return (event, file)
  }
}
