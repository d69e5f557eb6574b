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
  /// By event and kind of file, of which only the preferred one stands here; pieces of a graph come in their order.
  private let entries: [Entry]
  /// The place of each event's first entry, and that behind the last's.
  private let places: [Int]

  /// One file of a folder.
  private struct Entry: Sendable {
    var event: Int
    var file: EventFile
    /// The higher is preferred: plain, then .zst, then .gz.
    var rank: Int
    var name: String
  }

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
    let found = entries.compactMap(Self.entry).sorted {
      $0.event != $1.event
        ? $0.event < $1.event : $0.rank != $1.rank ? $0.rank > $1.rank : $0.name < $1.name
    }
    guard !found.isEmpty else {
      throw EventDataError.noEvents(
        folder: path,
        reason: "it holds no events; files such as "
          + "\(Self.fileName(of: .hits, event: 1000)) or \(Self.fileName(of: .graph, event: 1000)) "
          + "were expected")
    }
    var kept: [Entry] = []
    var (events, places): ([Int], [Int]) = ([], [])
    for entry in found {
      if entry.event != events.last {
        events.append(entry.event)
        places.append(kept.count)
      }
      let isKept =
        entry.file == .graph || !kept[places.last!...].contains { $0.file == entry.file }
      if isKept { kept.append(entry) }
    }
    self.entries = kept
    self.events = events
    self.places = places + [kept.count]
  }

  /// The entries of an event.
  private func entries(of event: Int) -> ArraySlice<Entry> {
    var (low, high) = (0, events.count)
    while low < high {
      let middle = (low + high) / 2
      if events[middle] < event { low = middle + 1 } else { high = middle }
    }
    guard low < events.count, events[low] == event else { return [] }
    return entries[places[low]..<places[low + 1]]
  }

  /// The path of an event's file, of a graph in pieces that of the first; nil where there is none.
  public func path(of file: EventFile, event: Int) -> String? {
    paths(of: file, event: event).first
  }

  /// The paths of an event's file: one, or those of a graph's pieces in the order of their numbers.
  public func paths(of file: EventFile, event: Int) -> [String] {
    let start = path.hasSuffix("/") ? path : path + "/"
    return entries(of: event).filter { $0.file == file }.map { start + $0.name }
  }

  /// The files that an event has.
  public func files(of event: Int) -> Set<EventFile> { Set(entries(of: event).map(\.file)) }

  /// The name of an event's file in the challenge's way of naming.
  public static func fileName(of file: EventFile, event: Int) -> String {
    let stem = stem(of: event)
    return file == .graph ? "\(stem)_g000.npz" : "\(stem)-\(file.rawValue).csv"
  }

  /// What the names of an event's files begin with, such as event000001000.
  public static func stem(of event: Int) -> String {
    let digits = String(event)
    return "event" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  /// What a name says: eventNNNNNNNNN_gNNN.npz, or eventNNNNNNNNN-FILE.csv with .zst, .gz or nothing behind.
  ///
  /// A folder may hold tens of thousands of files, which is why this goes byte by byte.
  private static func entry(_ name: String) -> Entry? {
    let bytes = Array(name.utf8)
    guard bytes.count > 14, bytes.starts(with: "event".utf8) else { return nil }
    var event = 0
    for byte in bytes[5..<14] {
      guard (0x30...0x39).contains(byte) else { return nil }
      event = 10 * event + Int(byte - 0x30)
    }
    let rest = bytes[14...]
    if rest.starts(with: "_g".utf8) {
      let isPiece =
        rest.count == 9 && rest.dropFirst(2).prefix(3).allSatisfy { (0x30...0x39).contains($0) }
        && rest.suffix(4).elementsEqual(".npz".utf8)
      return isPiece ? Entry(event: event, file: .graph, rank: 2, name: name) : nil
    }
    guard rest.first == UInt8(ascii: "-"), let dot = rest.firstIndex(of: UInt8(ascii: ".")),
      let file = files[String(decoding: rest[15..<dot], as: UTF8.self)],
      let rank = endings.firstIndex(of: String(decoding: rest[dot...], as: UTF8.self))
    else { return nil }
    return Entry(event: event, file: file, rank: rank, name: name)
  }

  private static let files = Dictionary(
    uniqueKeysWithValues: EventFile.tables.map { ($0.rawValue, $0) })
  private static let endings = [".csv.gz", ".csv.zst", ".csv"]
}
