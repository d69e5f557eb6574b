import Foundation
import GRDB
import JSONDocument

/// The index over a cache: which artifacts there are, how they are made, what the digests of input files were.
///
/// It can be deleted at any time and is made anew from the artifacts. Only the drivers of runs and the
/// tools for caches open it.
public final class Catalog: Sendable {
  public let path: String
  /// Whether the cache can't be written: what is entered is forgotten at the end then.
  public let isReadOnly: Bool
  let database: DatabaseQueue

  static func path(in store: ObjectStore) -> String { store.root + "/catalog.sqlite" }

  /// Opens the catalog of a cache, makes it where there is none, and brings an older one up to date.
  ///
  /// Of a cache that can't be written it is a copy in memory, made from the artifacts where the file is damaged.
  /// - Parameter notice: is told, in words, when the catalog had to be made though there are artifacts.
  /// - Throws: `ArtifactError.newerCatalog`, `.damagedCatalog`, `.system`.
  public static func open(store: ObjectStore, notice: (String) -> Void) throws -> Catalog {
    let path = path(in: store)
    if FileSystem.isReadOnly(store.root) { return try copy(of: path, store: store, notice: notice) }
    try FileSystem.createFolder(store.root)
    try CatalogSchema.checkVersion(ofFile: path)
    return try naming(path) {
      let catalog = try Catalog(path: path, isOnNetwork: FileSystem.kind(of: store.root) != .local)
      try catalog.prepare(for: store, notice: notice)
      return catalog
    }
  }

  /// Opens the file of a catalog, whatever is in it.
  init(path: String, isOnNetwork: Bool) throws {
    self.path = path
    isReadOnly = false
    // SQLite would make the file for its user alone to write.
    FileSystem.createFile(path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      // A write-ahead log and a mapped file need memory that all users share; machines on a network file system have none.
      try database.execute(
        sql: isOnNetwork
          ? "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL"
          : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824")
      try database.execute(sql: "PRAGMA cache_size = -65536")
    }
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      do {
        database = try DatabaseQueue(path: path, configuration: configuration)
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        // SQLite does not wait by itself for another that changes the kind of journal at the same moment.
        guard ContinuousClock.now < deadline else { throw error }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  /// A catalog in memory, with tables and nothing in them.
  init(inMemoryFor path: String) throws {
    self.path = path
    isReadOnly = true
    database = try DatabaseQueue()
  }

  /// Makes the tables of a new file and enters what artifacts there are; brings older tables up to date.
  private func prepare(for store: ObjectStore, notice: (String) -> Void) throws {
    let found = try database.read(CatalogSchema.found)
    guard found != CatalogSchema.version else { return }
    guard found == 0 else {
      return try database.write { try CatalogSchema.migrate($0, path: path) }
    }
    let keys = store.keys()
    if !keys.isEmpty {
      notice("the cache has no catalog; it is made from its \(keys.count) artifacts")
    }
    // Read before the transaction, for which others may have to wait.
    let artifacts = CatalogFilling.artifacts(of: keys, in: store)
    try database.write { database in
      // Another may have been faster.
      guard try CatalogSchema.found(in: database) == 0 else { return }
      try CatalogSchema.migrate(database, path: path)
      for artifact in artifacts.entered { try artifact.insert(into: database) }
    }
  }

  /// Makes the catalog anew if anything is wrong with it. Call it with the cache's lock taken alone.
  public static func remakeIfDamaged(store: ObjectStore, notice: (String) -> Void) throws {
    _ = try CatalogRebuild(store: store).perform(always: false, notice: notice)
  }

  /// What is wrong with the catalog's file, as far as SQLite and the tables' own rules can tell; empty where nothing is.
  public func faults() throws -> [String] {
    do {
      let damage = try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
      let faults = damage.filter { $0 != "ok" }
      return try faults.isEmpty ? read(CatalogContent.faults) : faults
    } catch ArtifactError.damagedCatalog(_, let reason) {
      return [reason]
    }
  }
}

extension Catalog {
  package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.naming(path) { try database.read(body) }
  }

  package func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.naming(path) { try database.write(body) }
  }

  /// Turns SQLite's errors (full disk, no permission, I/O, damage) into ones that name the file.
  static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      let reason = error.message ?? "SQLite gave no reason"
      if error.isDamage { throw ArtifactError.damagedCatalog(path: path, reason: reason) }
      throw ArtifactError.system(
        operation: "the catalog could not be used", path: path,
        code: error.resultCode.rawValue, reason: reason)
    } catch is RowDecodingError {
      throw ArtifactError.damagedCatalog(path: path, reason: "a row can't be read")
    }
  }
}

extension DatabaseError {
  /// Whether the file is to blame. Statements are fixed and were tried, so that one which SQLite can't make sense of
  /// met tables that are not what their version says.
  fileprivate var isDamage: Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_TOOBIG]
      .contains(resultCode)
  }
}
