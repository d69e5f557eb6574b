import Foundation
import Synchronization

/// Checks a cache: every artifact against its key and its row in the catalog, and that nothing else lies about.
public struct CacheCheck: Sendable {
  /// How far a check has come.
  public struct Progress: Sendable {
    public var artifacts = 0
    public var bytes: Int64 = 0
    public var allArtifacts: Int
    public var allBytes: Int64
  }

  /// What came of it.
  public struct Outcome: Sendable {
    public var faults: [CacheFault] = []
    public var artifacts = 0
    public var bytes: Int64 = 0
    /// Artifacts that no one has read in full since they were entered from their headers alone, or copied.
    public var unchecked = 0
    public var runs = 0
  }

  private let store: ObjectStore
  /// Whether every frame is unpacked and checked, or only what the header says.
  private let isDeep: Bool

  public init(store: ObjectStore, isDeep: Bool) {
    self.store = store
    self.isDeep = isDeep
  }

  /// Checks everything, on all cores, and changes nothing.
  ///
  /// - Throws: `ArtifactError.newerCatalog`, `.system`.
  public func perform(progress: @escaping @Sendable (Progress) -> Void) throws -> Outcome {
    var outcome = Outcome()
    let registry = RunRegistry(store: store)
    let files = CacheFiles(of: store)
    let catalog = try openCatalog(hasArtifacts: !files.artifacts.isEmpty, &outcome.faults)
    let rows = try? catalog?.artifactRows()
    outcome.faults += examine(files, rows: rows, progress)
    if let catalog, let rows {
      try lookAgain(at: &outcome.faults, LiveUse(of: registry), catalog)
      try outcome.faults += missing(rows, among: files, catalog: catalog)
      outcome.unchecked = isDeep ? 0 : files.artifacts.count { rows[$0.key]?.stamp != $0.stamp }
    }
    outcome.faults += files.partial.map { .partial(path: $0.path) }
    outcome.faults += files.foreign.map { .foreign(path: $0.path) }
    outcome.faults += registry.faults().map { .run($0) }
    outcome.artifacts = files.artifacts.count
    outcome.bytes = files.size
    outcome.runs = registry.records().count
    return outcome
  }

  /// The catalog as it is; nil where it can't be used, which is a fault.
  private func openCatalog(hasArtifacts: Bool, _ faults: inout [CacheFault]) throws -> Catalog? {
    let path = Catalog.path(in: store)
    guard let stamp = FileSystem.stamp(of: path), stamp.size > 0 else {
      if hasArtifacts { faults.append(.catalogGone(path: path)) }
      return nil
    }
    do {
      var notices: [String] = []
      let catalog = try Catalog.open(store: store) { notices.append($0) }
      // Where nothing can be written, a damaged one is made anew in memory.
      if catalog.isReadOnly, let notice = notices.first {
        faults.append(.catalogDamaged(path: path, reason: notice))
      }
      faults += try catalog.faults().map { .catalogDamaged(path: path, reason: $0) }
      return catalog
    } catch ArtifactError.damagedCatalog(_, let reason) {
      faults.append(.catalogDamaged(path: path, reason: reason))
      return nil
    }
  }

  private func examine(
    _ files: CacheFiles, rows: [ArtifactKey: ArtifactRow]?,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) -> [CacheFault] {
    let start = Progress(allArtifacts: files.artifacts.count, allBytes: files.size)
    let state = Mutex(start)
    let found = Concurrently.map(files.artifacts, block: isDeep ? 1 : 64) { key, stamp in
      let fault = fault(of: key, stamp: stamp, row: rows.map { $0[key] })
      let now = state.withLock { state in
        state.artifacts += 1
        state.bytes += stamp.size
        return state
      }
      progress(now)
      return fault
    }
    return found.compactMap { $0 }
  }

  /// - Parameter row: nil where there is no catalog to ask; a nil within where it has none.
  private func fault(of key: ArtifactKey, stamp: FileSystem.Stamp, row: ArtifactRow??)
    -> CacheFault?
  {
    let path = store.path(of: key)
    let kind: String
    do {
      kind = try isDeep ? store.check(key).kind : store.description(of: key).kind
    } catch {
      switch error {
      case .notFound: return nil
      case .newerFormat(_, let format, _): return .newer(key, path: path, format: format)
      case .damaged(_, let reason): return .damaged(key, path: path, reason: reason)
      default: return .unreadable(key, path: path, reason: error.description)
      }
    }
    guard let row else { return nil }
    guard let row else { return .unknown(key, path: path) }
    if row.kind != kind {
      return .changed(key, path: path, what: "the catalog calls it \(row.kind)")
    }
    if !row.hasRecipe { return .unknown(key, path: path) }
    // Another inode alone is that of a copied cache: not yet read in full, and nothing wrong.
    guard let known = row.stamp, (known.size, known.modified) != (stamp.size, stamp.modified)
    else { return nil }
    let what =
      known.size != stamp.size
      ? "its size changed since it was checked" : "it was written since it was checked"
    return .changed(key, path: path, what: what)
  }

  /// Drops what a run has made meanwhile: one that is on tells the catalog later, one that has ended did so.
  private func lookAgain(at faults: inout [CacheFault], _ live: LiveUse, _ catalog: Catalog)
    throws
  {
    faults = try faults.filter { fault in
      switch fault {
      case .unknown(let key, let path), .changed(let key, let path, _):
        guard let stamp = FileSystem.stamp(of: path), live.isSettled(stamp) else { return false }
        let row = try catalog.record(of: key).map {
          ArtifactRow(kind: $0.kind, stamp: $0.stamp, hasRecipe: !$0.keyText.isEmpty)
        }
        return self.fault(of: key, stamp: stamp, row: .some(row)) != nil
      default: return true
      }
    }
  }

  /// Rows whose files are gone, looked for a second time, for a run may have made or removed some meanwhile.
  private func missing(
    _ rows: [ArtifactKey: ArtifactRow], among files: CacheFiles, catalog: Catalog
  ) throws -> [CacheFault] {
    let there = Set(files.artifacts.map(\.key))
    let absent = rows.keys.filter {
      !there.contains($0) && FileSystem.stamp(of: store.path(of: $0)) == nil
    }
    guard !absent.isEmpty else { return [] }
    let now = try catalog.artifactRows()
    return absent.sorted().filter { now[$0] != nil }.map { .missing($0, path: store.path(of: $0)) }
  }
}
