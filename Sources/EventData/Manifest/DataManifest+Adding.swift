import Foundation
import JSONDocument

extension DataManifest {
  /// Notes where a data set lies on this machine; a name that is not known becomes a data set of
  /// this machine.
  ///
  /// The file of this machine is written anew; a new data set takes its events and files from the
  /// folder.
  ///
  /// - Parameters:
  ///   - name: the data set.
  ///   - folder: its events; must hold some.
  ///   - path: the manifest.
  /// - Returns: the data set as a manifest read now gives it.
  /// - Throws: `EventDataError`.
  public static func add(_ name: String, folder: String, to path: String) throws -> DataSet {
    let manifest = try load(path: path)
    let absolute = URL(filePath: folder).standardized.path
    let events = try EventFolder(path: absolute)
    let localPath = localPath(of: path)
    var members: [JSONMember] = []
    if FileManager.default.fileExists(atPath: localPath) {
      members = try ManifestFile(path: localPath).document.root.members ?? []
    }
    if manifest.dataSets.contains(where: { $0.name == name }) {
      set(name, .string(absolute), under: "paths", in: &members)
    } else {
      guard isName(name) else {
        throw EventDataError.unwritable(
          file: localPath, reason: "\"\(name)\" is no name of a data set: \(nameRule)")
      }
      set(name, try description(of: events), under: "datasets", in: &members)
    }
    try AtomicFile.write(Array((JSONValue.object(members).prettyText + "\n").utf8), to: localPath)
    return try load(path: path).dataSet(named: name)
  }

  private static func set(
    _ name: String, _ value: JSONValue, under section: String, in members: inout [JSONMember]
  ) {
    let index =
      members.firstIndex { $0.name == section }
      ?? {
        members.append(JSONMember(name: section, value: .object([JSONMember]())))
        return members.count - 1
      }()
    var entries = members[index].value.members ?? []
    entries.removeAll { $0.name == name }
    entries.append(JSONMember(name: name, value: value))
    members[index].value = .object(entries)
  }

  /// A data set as its folder shows it: the files that every event has.
  private static func description(of folder: EventFolder) throws -> JSONValue {
    let common = folder.events.reduce(Set(EventFile.allCases)) {
      $0.intersection(folder.files(of: $1))
    }
    guard !common.isDisjoint(with: [.hits, .graph]), let first = folder.events.first,
      let last = folder.events.last
    else {
      throw EventDataError.noEvents(
        folder: folder.path, reason: "not every event in it has a hits file, or every one a graph")
    }
    let files = EventFile.allCases.filter(common.contains).map { JSONValue.string($0.rawValue) }
    return [
      "description": "Events of this machine.", "path": .string(folder.path),
      "events": ["first": .integer(first), "last": .integer(last)], "files": .array(files),
    ]
  }
}
