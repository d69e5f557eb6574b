import ArtifactStore
import Foundation

/// Finds files by their content: where the digest table knows them, or in some folders.
final class ContentSearch {
  private let catalog: Catalog?
  private let folders: [String]
  private let digest: (String) throws -> String
  /// Files of the folders whose content was not looked at yet, and the digests of the others.
  private lazy var unread = folders.flatMap(Self.files)
  private var known: [String: String] = [:]

  init(catalog: Catalog?, folders: [String], digest: @escaping (String) throws -> String) {
    self.catalog = catalog
    self.folders = folders
    self.digest = digest
  }

  /// The path of a file with that content; every file is read before it is believed.
  ///
  /// - Parameter name: what the file is called in the data set, such as `hits`; files whose names speak of it are read first.
  /// - Throws: `RerunError.missingFile`.
  func path(ofContent sha256: String, name: String, event: Int?) throws -> String {
    if let path = known[sha256] { return path }
    let catalogued = try catalog?.paths(ofDigest: sha256) ?? []
    for path in catalogued where (try? digest(path)) == sha256 {
      known[sha256] = path
      return path
    }
    let words = [event.map { String($0) }, name].compactMap { $0 }
    func rank(_ path: String) -> Int {
      let file = (path as NSString).lastPathComponent
      return words.count { file.contains($0) }
    }
    // The last is read first.
    unread.sort { (rank($0), $1) < (rank($1), $0) }
    while let path = unread.popLast() {
      guard let found = try? digest(path) else { continue }
      if known[found] == nil { known[found] = path }
      if found == sha256 { return path }
    }
    throw RerunError.missingFile(
      name: name, event: event, sha256: sha256, lookedIn: catalogued + folders)
  }

  /// The regular files of a folder and those within it, or the file itself.
  private static func files(of folder: String) -> [String] {
    if FileSystem.stamp(of: folder) != nil { return [folder] }
    let names = FileManager.default.enumerator(atPath: folder)
    var found: [String] = []
    while let name = names?.nextObject() as? String {
      let path = "\(folder)/\(name)"
      if FileSystem.stamp(of: path) != nil { found.append(path) }
    }
    return found
  }
}
