import Foundation
import JSONDocument

/// Reads the journal of a run while it is written: each time what was added since.
///
/// A last line that is not whole yet is read the next time. Lines that are no entries, as a power cut
/// may leave them, are passed over and counted.
public struct JournalReader: Sendable {
  public let path: String
  /// How many lines were no entries.
  public private(set) var unreadable = 0
  private var offset: UInt64 = 0
  private var inode: UInt64?
  private var rest: [UInt8] = []

  public init(path: String) { self.path = path }

  /// The entries that were added since the last time; none where there is no journal.
  ///
  /// - Returns: also whether the file is another than before, so that what was read of it counts no more.
  public mutating func read() -> (entries: [JournalEntry], isAnew: Bool) {
    guard let handle = FileHandle(forReadingAtPath: path) else { return ([], false) }
    defer { try? handle.close() }
    var status = stat()
    guard fstat(handle.fileDescriptor, &status) == 0 else { return ([], false) }
    let isAnew =
      inode.map { $0 != UInt64(status.st_ino) || UInt64(status.st_size) < offset } ?? false
    if isAnew { (offset, rest) = (0, []) }
    inode = UInt64(status.st_ino)
    guard (try? handle.seek(toOffset: offset)) != nil,
      let data = try? handle.readToEnd(), !data.isEmpty
    else { return ([], isAnew) }
    offset += UInt64(data.count)
    rest += data
    var entries: [JournalEntry] = []
    var start = rest.startIndex
    while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
      take(rest[start..<end], into: &entries)
      start = end + 1
    }
    rest = Array(rest[start...])
    return (entries, isAnew)
  }

  private mutating func take(_ line: ArraySlice<UInt8>, into entries: inout [JournalEntry]) {
    guard !line.isEmpty else { return }
    guard let json = try? JSONDocument(parsing: Array(line), file: path).root,
      let entry = JournalEntry(json: json)
    else {
      unreadable += 1
      return
    }
    entries.append(entry)
  }

  /// Every entry of a journal; nil where there is none.
  public static func entries(path: String) -> [JournalEntry]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    var reader = JournalReader(path: path)
    return reader.read().entries
  }

  /// Whether a journal is that of a run, and not of a later one that was given the same folder.
  public static func isJournal(_ entries: [JournalEntry], ofRun id: String) -> Bool {
    entries.first?.json["id"]?.stringValue == id
  }
}
