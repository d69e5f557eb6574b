import JSONDocument

/// The files of one event that a kind of stage reads, as a plan found them; tasks of several stages share them.
final class EventFiles: Sendable {
  /// Sorted by name.
  private let files: [(name: String, path: String)]
  /// The names with the SHA-256 of each, as canonical JSON; empty where there is no file.
  let keyText: String
  /// The first file that can't be read.
  let unread: String?
  /// A required file that the event does not have.
  let missing: String?

  /// Those of a task that reads none.
  static let none = EventFiles(files: [], digests: [], missing: nil)

  /// - Parameter digests: the SHA-256 of each file, nil where it can't be read.
  fileprivate init(
    files: [(name: String, path: String)], digests: ArraySlice<String?>, missing: String?
  ) {
    self.files = files
    self.missing = missing
    unread = zip(files, digests).filter { $1 == nil }.map(\.0.path).min()
    let members = zip(files, digests).map { file, digest in
      JSONMember(name: file.name, value: digest.map { .string($0) } ?? .null)
    }
    keyText = members.isEmpty ? "" : JSONValue.object(members).canonicalText
  }

  var paths: [String] { files.map(\.path) }

  /// Paths by name.
  var byName: [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.path) })
  }
}

/// The files of the events of one plan: stages that read the same ones look at them once.
struct EventFileTable {
  private let source: any EventSource
  private let digests: DigestTable
  private var known: [[EventFileNeed]: [Int: EventFiles]] = [:]

  init(source: any EventSource, digests: DigestTable) {
    self.source = source
    self.digests = digests
  }

  /// The files of each event, in the order of the events.
  mutating func files(_ needs: [EventFileNeed], of events: [Int]) throws -> [EventFiles] {
    guard !needs.isEmpty else { return events.map { _ in .none } }
    var table = known.removeValue(forKey: needs) ?? [:]
    let new = events.filter { table[$0] == nil }
    if !new.isEmpty {
      let found = new.map { self.found(needs, of: $0) }
      let digests = try digests.digests(of: found.flatMap { $0.files.map(\.path) })
      table.reserveCapacity(table.count + new.count)
      var place = 0
      for (event, found) in zip(new, found) {
        let end = place + found.files.count
        table[event] = EventFiles(
          files: found.files, digests: digests[place..<end], missing: found.missing)
        place = end
      }
    }
    known[needs] = table
    return events.map { table[$0]! }
  }

  private func found(_ needs: [EventFileNeed], of event: Int)
    -> (files: [(name: String, path: String)], missing: String?)
  {
    var files: [(name: String, path: String)] = []
    var missing: String?
    for need in needs {
      let paths = source.paths(ofFile: need.name, event: event)
      if paths.isEmpty, need.isRequired { missing = need.name }
      for (name, path) in paths where !files.contains(where: { $0.name == name }) {
        files.append((name, path))
      }
    }
    return (files.sorted { $0.name < $1.name }, missing)
  }
}
