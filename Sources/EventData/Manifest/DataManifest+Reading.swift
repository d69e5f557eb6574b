import Foundation
import JSONDocument

extension DataManifest {
  /// Reads a manifest and, where there is one, the file of this machine beside it.
  ///
  /// - Throws: `EventDataError.unreadable` or `.manifest` with line and column.
  public static func load(path: String) throws -> DataManifest {
    let file = try ManifestFile(path: path)
    try file.checkMembers(of: [], known: ["$schema", "version", "datasets"])
    let version = try file.required(["version"], "the whole number 1") { $0.intValue }
    guard version == 1 else {
      throw file.failure(["version"], "version \(version) is not understood; 1 was expected")
    }
    var manifest = DataManifest(path: path, version: version, dataSets: [])
    manifest.dataSets = try file.dataSets(isLocal: false)
    let localPath = localPath(of: path)
    if FileManager.default.fileExists(atPath: localPath) {
      try manifest.merge(ManifestFile(path: localPath))
    }
    return manifest
  }

  private mutating func merge(_ file: ManifestFile) throws {
    try file.checkMembers(of: [], known: ["paths", "datasets"])
    for dataSet in try file.dataSets(isLocal: true) {
      guard !dataSets.contains(where: { $0.name == dataSet.name }) else {
        throw file.failure(
          ["datasets", dataSet.name], atName: true,
          "\"\(dataSet.name)\" is a data set of \(path) already; give its folder under \"paths\"")
      }
      dataSets.append(dataSet)
    }
    for member in try file.object(["paths"]) ?? [] {
      guard let index = dataSets.firstIndex(where: { $0.name == member.name }) else {
        let near = nearest(to: member.name, among: dataSets.map(\.name))
        throw file.failure(
          ["paths", member.name], atName: true,
          "there is no data set \"\(member.name)\""
            + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
      }
      let folder = file.resolved(
        try file.required(["paths", member.name], "a folder") { $0.plainText })
      dataSets[index].isMoved = folder != dataSets[index].folder
      dataSets[index].folder = folder
      dataSets[index].isLocal = true
    }
  }
}

/// One JSON file of a manifest, with errors that point into it.
struct ManifestFile {
  let path: String
  let document: JSONDocument

  init(path: String) throws {
    self.path = path
    let content = try FileContent(path: path)
    do {
      document = try content.withBytes { try JSONDocument(parsing: Array($0), file: path) }
    } catch let error as JSONError {
      throw EventDataError.manifest(error)
    }
    guard document.root.members != nil else {
      throw failure([], "an object was expected, not \(document.root.kindName)")
    }
  }

  func value(_ path: [String]) -> JSONValue? {
    path.reduce(document.root) { value, name in value?[name] }
  }

  func failure(_ path: [String], atName: Bool = false, _ message: String) -> EventDataError {
    let position = atName ? document.position(ofNameAt: path) : document.position(of: path)
    return .manifest(JSONError(file: self.path, position: position, message: message))
  }

  func object(_ path: [String]) throws -> [JSONMember]? {
    guard let value = value(path) else { return nil }
    guard let members = value.members else {
      throw failure(path, "an object was expected, not \(value.kindName)")
    }
    return members
  }

  func optional<Value>(
    _ path: [String], _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws -> Value? {
    guard let json = value(path) else { return nil }
    guard let value = convert(json) else { throw failure(path, "\(expected) was expected") }
    return value
  }

  func required<Value>(
    _ path: [String], _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws -> Value {
    guard let value = try optional(path, expected, convert) else {
      throw failure(path, "\"\(path.last ?? "")\" is missing: \(expected) was expected")
    }
    return value
  }

  func checkMembers(of path: [String], known: [String]) throws {
    for member in try object(path) ?? [] where !known.contains(member.name) {
      let near = nearest(to: member.name, among: known)
      throw failure(
        path + [member.name], atName: true,
        "\"\(member.name)\" is not known here; "
          + (near.map { "did you mean \"\($0)\"?" } ?? "known are \(known.joined(separator: ", "))")
      )
    }
  }

  /// A path of the file as seen from the program's folder.
  func resolved(_ relative: String) -> String {
    if relative.hasPrefix("/") { return relative }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return folder + relative
  }
}

extension JSONValue {
  /// A text that can be a path or a name: not empty, without control characters.
  var plainText: String? {
    stringValue.flatMap { text in
      text.isEmpty || text.unicodeScalars.contains { $0.value < 0x20 } ? nil : text
    }
  }

  /// The name of a trained set.
  var weightsName: String? {
    stringValue.flatMap { $0.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9\-]*/) == nil ? nil : $0 }
  }

  var positive: Double? { doubleValue.flatMap { $0 > 0 ? $0 : nil } }
  var count: Int? { intValue.flatMap { $0 >= 0 ? $0 : nil } }
}
