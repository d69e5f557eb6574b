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
  private let database: DatabaseQueue

  /// Opens the catalog of a cache, makes it where there is none, brings an older one up to date, and
  /// rebuilds it where it is damaged.
  ///
  /// - Parameter notice: is told, in words, when the catalog had to be rebuilt.
  /// - Throws: `ArtifactError.newerCatalog`, `.system`.
  public static func open(store: ObjectStore, notice: (String) -> Void) throws -> Catalog {
    let path = store.root + "/catalog.sqlite"
    return try naming(path) { try open(path: path, store: store, notice: notice) }
  }

  private static func open(path: String, store: ObjectStore, notice: (String) -> Void) throws
    -> Catalog
  {
    if FileSystem.isReadOnly(store.root) { return try Catalog(copying: path, of: store) }
    try FileSystem.createFolder(store.root)
    let existed = FileSystem.stamp(of: path) != nil
    do {
      let catalog = try Catalog(path: path, isOnNetwork: FileSystem.kind(of: store.root) != .local)
      if !existed { try catalog.rebuild(from: store) }
      return catalog
    } catch let error as DatabaseError where error.isDamage {
      return try remade(path: path, store: store, reason: error.message, notice: notice)
    }
  }

  /// Makes the catalog anew if SQLite finds anything wrong with it. Call it with the cache's lock taken alone.
  public static func remakeIfDamaged(store: ObjectStore, notice: (String) -> Void) throws {
    let faults = try open(store: store, notice: notice).faults()
    guard let fault = faults.first else { return }
    let path = store.root + "/catalog.sqlite"
    _ = try naming(path) { try remade(path: path, store: store, reason: fault, notice: notice) }
  }

  /// Sets a damaged catalog aside and makes a new one.
  private static func remade(
    path: String, store: ObjectStore, reason: String?, notice: (String) -> Void
  ) throws -> Catalog {
    let aside = "\(path).damaged-\(UUID().uuidString.prefix(8))"
    notice("the catalog was damaged (\(reason ?? "no reason given")); it is rebuilt")
    for suffix in ["", "-wal", "-shm"] where rename(path + suffix, aside + suffix) != 0 {
      if errno != ENOENT { throw FileSystem.failure("it could not be set aside", path + suffix) }
    }
    let catalog = try Catalog(path: path, isOnNetwork: FileSystem.kind(of: store.root) != .local)
    try catalog.rebuild(from: store)
    return catalog
  }

  private init(path: String, isOnNetwork: Bool) throws {
    self.path = path
    isReadOnly = false
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      // A write-ahead log needs memory that all users share; machines on a network file system have none.
      try database.execute(
        sql: isOnNetwork
          ? "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL"
          : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
      try database.execute(sql: "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824")
    }
    database = try DatabaseQueue(path: path, configuration: configuration)
    let found = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard found != CatalogSchema.version else { return }
    try database.write { try CatalogSchema.migrate($0, path: path) }
  }

  /// A catalog in memory for a cache that can't be written, with what the file on disk says.
  private init(copying path: String, of store: ObjectStore) throws {
    self.path = path
    isReadOnly = true
    database = try DatabaseQueue()
    try database.write { try CatalogSchema.migrate($0, path: path) }
    var configuration = Configuration()
    configuration.readonly = true
    let copied = try? DatabaseQueue(path: "file:\(path)?immutable=1", configuration: configuration)
    guard let copied, try copied.read({ try CatalogSchema.isCurrent($0) }) else {
      try rebuild(from: store)
      return
    }
    try copied.backup(to: database)
  }

  /// Enters every artifact of the store; each is checked in full before it is next used.
  ///
  /// - Returns: how many artifacts were entered, and the files that are none.
  @discardableResult
  public func rebuild(from store: ObjectStore) throws -> (entered: Int, unreadable: [String]) {
    var (records, unreadable): ([ArtifactRecord], [String]) = ([], [])
    for key in store.keys() {
      do {
        let description = try store.description(of: key)
        records.append(
          ArtifactRecord(
            key: key, kind: description.kind, keyText: description.keyText.canonicalText))
      } catch {
        unreadable.append(error.description)
      }
    }
    try write { database in
      try database.execute(sql: "DELETE FROM artifact")
      for record in records { try Self.insert(record, into: database) }
    }
    return (records.count, unreadable)
  }

  /// What SQLite finds wrong with the catalog's file; empty where nothing is.
  public func faults() throws -> [String] {
    do {
      return try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
        .filter { $0 != "ok" }
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
  private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      let reason = error.message ?? "SQLite gave no reason"
      if error.isDamage { throw ArtifactError.damagedCatalog(path: path, reason: reason) }
      throw ArtifactError.system(
        operation: "the catalog could not be used", path: path,
        code: error.resultCode.rawValue, reason: reason)
    }
  }
}

extension DatabaseError {
  fileprivate var isDamage: Bool {
    resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB
  }
}
