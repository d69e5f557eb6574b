import Foundation
import GRDB

extension Catalog {
  /// A catalog in memory for a cache that can't be written, with what the file on disk says.
  ///
  /// SQLite can't read a file with a write-ahead log where it can't write, so both are copied first.
  static func copy(of path: String, store: ObjectStore, notice: (String) -> Void) throws
    -> Catalog
  {
    try CatalogSchema.checkVersion(ofFile: path)
    var reason: String?
    if let stamp = FileSystem.stamp(of: path), stamp.size > 0 {
      do {
        return try copied(from: path)
      } catch ArtifactError.newerCatalog(_, let found, let known) {
        throw ArtifactError.newerCatalog(path: path, found: found, known: known)
      } catch {
        reason = (error as? DatabaseError)?.message ?? "\(error)"
      }
    }
    if let reason {
      notice(
        "the catalog can't be used (\(reason)), and the cache can't be written; this command makes"
          + " one for itself from the artifacts")
    }
    let catalog = try Catalog(inMemoryFor: path)
    let artifacts = CatalogFilling.artifacts(of: store.keys(), in: store)
    try catalog.write { database in
      try CatalogSchema.migrate(database, path: path)
      for artifact in artifacts.entered { try artifact.insert(into: database) }
    }
    return catalog
  }

  private static func copied(from path: String) throws -> Catalog {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "trackflow-catalog-\(UUID().uuidString)").path
    try FileSystem.createFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = folder + "/catalog.sqlite"
    for suffix in ["", "-wal"] where FileSystem.stamp(of: path + suffix) != nil {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
    }
    let catalog = try Catalog(inMemoryFor: path)
    try DatabaseQueue(path: copy).backup(to: catalog.database)
    // Nobody could mend it later.
    if let fault = try catalog.faultsOfCopy().first {
      throw ArtifactError.damagedCatalog(path: path, reason: fault)
    }
    try catalog.write { try CatalogSchema.migrate($0, path: path) }
    return catalog
  }

  private func faultsOfCopy() throws -> [String] {
    try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(1)") }.filter { $0 != "ok" }
  }
}
