import Foundation

/// Mends what a check has found, one thing at a time and beside any run that may be on.
public struct CacheRepair: Sendable {
  public enum Outcome: Sendable, Equatable {
    /// What was done.
    case mended(String)
    /// Why it stays as it is.
    case left(String)
  }

  private let store: ObjectStore
  private let catalog: Catalog
  /// Nil where the cache is taken alone.
  private let claims: ResultClaims?

  public init(store: ObjectStore, catalog: Catalog, claims: ResultClaims?) {
    self.store = store
    self.catalog = catalog
    self.claims = claims
  }

  /// Mends one fault; it is looked at again first, for a run may have been faster.
  public func mend(_ fault: CacheFault) throws -> Outcome {
    switch fault {
    case .damaged(let key, _, _), .changed(let key, _, _), .unknown(let key, _),
      .missing(let key, _):
      return try claimed(key) { try settle(key) }
    case .partial(let path):
      return FileSystem.removeIfAbandoned(path)
        ? .mended("removed") : .left("it is being written, or gone")
    case .run(let fault): return try mend(fault)
    case .catalogDamaged, .catalogGone: return .mended("the catalog was made anew")
    case .foreign, .newer, .unreadable: return .left(fault.remedy)
    }
  }

  private func claimed(_ key: ArtifactKey, _ body: () throws -> Outcome) throws -> Outcome {
    guard try claims?.take(key) ?? true else { return .left("a run is making it now") }
    defer { claims?.release(key) }
    return try body()
  }

  /// Brings the catalog to what the file is: entered if it is whole, set aside if it is not, forgotten if it is gone.
  private func settle(_ key: ArtifactKey) throws -> Outcome {
    guard let stamp = FileSystem.stamp(of: store.path(of: key)) else {
      try catalog.forget([key])
      return .mended("forgotten; the next run that needs it makes it again")
    }
    do {
      let found = try store.check(key)
      // A row of another kind, or without a recipe, is not brought right by a newer stamp alone.
      if try catalog.record(of: key).map({ $0.kind != found.kind }) ?? false {
        try catalog.forget([key])
      }
      try catalog.record([
        ArtifactRecord(
          key: key, kind: found.kind, keyText: found.keyText.canonicalText, stamp: stamp)
      ])
      return .mended("it is whole, and the catalog knows it now")
    } catch ArtifactError.damaged {
      try catalog.forget([key])
      let path = try store.setAside(key)
      return .mended("set aside as \(path); the next run that needs it makes it again")
    } catch ArtifactError.notFound {
      return .left("it was removed at this moment")
    }
  }

  private func mend(_ fault: RunFault) throws -> Outcome {
    switch fault {
    case .newerRecord: return .left(CacheFault.run(fault).remedy)
    case .damagedRecord(let path):
      try FileSystem.createFolder(store.damagedFolder)
      let target = "\(store.damagedFolder)/run-\(UUID().uuidString).json"
      guard rename(path, target) == 0 else {
        throw FileSystem.failure("it could not be set aside", path)
      }
      return .mended("set aside as \(target)")
    case .lostList(let run, _):
      let registry = RunRegistry(store: store)
      guard !registry.isLive(run) else { return .left("the run is on now") }
      guard var record = registry.record(run) else { return .left("it is gone") }
      record.plan = nil
      try registry.write(record)
      return .mended("the run is kept without it")
    }
  }
}
