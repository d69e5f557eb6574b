import Foundation
import GRDB

/// Making the catalog of a cache anew: from the artifacts, and with what only the old one knew where it can still be read.
///
/// Call it with the cache's lock taken alone.
public struct CatalogRebuild: Sendable {
  /// What came of it.
  public struct Counts: Sendable, Equatable {
    /// Artifacts that were entered.
    public var artifacts = 0
    /// Of those, how many were checked in full before and did not change since.
    public var checked = 0
    /// Of those, for how many it is known what making them took.
    public var timed = 0
    /// Ways of making results, those that are gone included.
    public var recipes = 0
    public var results = 0
    public var rejections = 0
    public var digests = 0
    /// In words, the files that are no artifacts.
    public var unreadable: [String] = []
    /// Where the old catalog's file was put; nil where it was sound, or there was none.
    public var setAside: String?
  }

  private let store: ObjectStore
  private let path: String
  private var temporary: String { path + ".new" }

  public init(store: ObjectStore) {
    self.store = store
    path = Catalog.path(in: store)
  }

  /// Makes the catalog anew if anything is wrong with it.
  ///
  /// - Parameter always: also where nothing is found to be wrong.
  /// - Returns: nil where nothing had to be done.
  /// - Throws: `ArtifactError.newerCatalog`, which stays as it is, and `.system`.
  public func perform(always: Bool, notice: (String) -> Void) throws -> Counts? {
    try CatalogSchema.checkVersion(ofFile: path)
    let existed = (FileSystem.stamp(of: path)?.size ?? 0) > 0
    let fault: String?
    do {
      fault = try Catalog.open(store: store, notice: { _ in }).faults().first
    } catch ArtifactError.damagedCatalog(_, let reason) {
      fault = reason
    }
    guard always || fault != nil else { return nil }
    if let fault { notice("the catalog was damaged (\(fault)); it is made anew") }
    var counts = try Catalog.naming(path) { try build(fromOld: existed) }
    counts.setAside = try replaceOld(keepingIt: fault != nil && existed)
    return counts
  }

  private func build(fromOld hasOld: Bool) throws -> Counts {
    try removeTemporary()
    let new = try Catalog(path: temporary, isOnNetwork: true)
    var counts = Counts()
    try new.database.write { database in
      try CatalogSchema.migrate(database, path: temporary)
      var known: [ArtifactKey: OldCatalog.Artifact] = [:]
      if hasOld, let old = OldCatalog(path: path) {
        known = try old.artifacts()
        try old.copyRecipes(into: database)
        try old.copyResults(into: database)
        try old.copyRejections(into: database)
        try old.copyDigests(into: database)
      }
      let found = CatalogFilling.artifacts(of: store.keys(), in: store)
      counts.unreadable = found.unreadable
      for var filling in found.entered {
        if let old = known[filling.record.key] {
          // A stamp that fits the file was taken of it when it was checked.
          if old.stamp == FileSystem.stamp(of: store.path(of: filling.record.key)) {
            filling.record.stamp = old.stamp
          }
          (filling.record.seconds, filling.record.cpuSeconds) = (old.seconds, old.cpuSeconds)
          filling.record.peakMemory = old.peakMemory
          filling.recorded = old.recorded ?? filling.recorded
        }
        try filling.insert(into: database)
        counts.artifacts += 1
        counts.checked += filling.record.stamp == nil ? 0 : 1
        counts.timed += filling.record.seconds == nil ? 0 : 1
      }
      func rows(of table: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
      }
      (counts.recipes, counts.results) = (try rows(of: "recipe"), try rows(of: "result"))
      (counts.rejections, counts.digests) = (try rows(of: "rejection"), try rows(of: "digest"))
    }
    try new.database.close()
    return counts
  }

  private func removeTemporary() throws {
    for suffix in ["", "-journal", "-wal", "-shm"] where unlink(temporary + suffix) != 0 {
      guard errno == ENOENT else {
        throw FileSystem.failure("it could not be removed", temporary + suffix)
      }
    }
  }

  /// Puts the new file in the old one's place; killed at any point, one of the two is there or the next command makes one.
  ///
  /// - Returns: where the old one was put, which is kept if it is damaged.
  private func replaceOld(keepingIt isKept: Bool) throws -> String? {
    let suffixes = ["-wal", "-shm", "-journal"]
    if isKept { try FileSystem.createFolder(store.damagedFolder) }
    let aside = isKept ? "\(store.damagedFolder)/catalog-\(UUID().uuidString).sqlite" : nil
    for suffix in suffixes + (isKept ? [""] : []) where FileSystem.stamp(of: path + suffix) != nil {
      let done = aside.map { rename(path + suffix, $0 + suffix) } ?? unlink(path + suffix)
      guard done == 0 else { throw FileSystem.failure("it could not be replaced", path + suffix) }
    }
    guard rename(temporary, path) == 0 else {
      throw FileSystem.failure("it could not be put in place", path)
    }
    return aside
  }
}
