import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Removes from a cache what a plan says, beside any run that may be on.
///
/// Rows go before their files, some hundreds at a time: killed at any point, the catalog promises nothing
/// that is gone, and what is left over is whole and goes the next time.
public struct GarbageCollection: Sendable {
  /// What was removed.
  public struct Outcome: Sendable, Equatable {
    public var artifacts = 0
    public var bytes: Int64 = 0
    public var runs = 0
    /// What stayed all the same, and what keeps it.
    public var kept: [(key: ArtifactKey, reason: String)] = []

    public init() {}

    public static func == (one: Outcome, other: Outcome) -> Bool {
      (one.artifacts, one.bytes, one.runs) == (other.artifacts, other.bytes, other.runs)
        && one.kept.elementsEqual(other.kept) { $0 == $1 }
    }
  }

  private let store: ObjectStore
  private let catalog: Catalog
  private let registry: RunRegistry
  /// Nil where the cache is taken alone.
  private let claims: ResultClaims?
  private let batch: Int

  /// - Parameter batch: how many artifacts go while no run may begin.
  public init(store: ObjectStore, catalog: Catalog, claims: ResultClaims?, batch: Int = 256) {
    self.store = store
    self.catalog = catalog
    registry = RunRegistry(store: store)
    self.claims = claims
    self.batch = batch
  }

  /// Removes what the plan says, except for what a run has begun to use since.
  ///
  /// - Parameter progress: is told how many artifacts were dealt with so far.
  public func carryOut(_ plan: GarbagePlan, progress: (Int) -> Void = { _ in }) throws -> Outcome {
    var outcome = Outcome()
    var done = 0
    while done < plan.artifacts.count {
      let next = plan.artifacts[done..<min(plan.artifacts.count, done + batch)]
      try remove(next, &outcome)
      done += next.count
      progress(done)
    }
    for item in plan.setAside where unlink(item.path) == 0 { outcome.bytes += item.size }
    for item in plan.partial where FileSystem.removeIfAbandoned(item.path) {
      outcome.bytes += item.size
    }
    try clearRuns(plan, &outcome)
    return outcome
  }

  private func remove(_ items: ArraySlice<GarbagePlan.Item>, _ outcome: inout Outcome) throws {
    let sweep = try SweepLock(root: store.root, mode: .sweeping)
    defer { withExtendedLifetime(sweep) {} }
    let live = LiveUse(of: registry)
    var claimed: [GarbagePlan.Item] = []
    defer { for item in claimed { claims?.release(item.key) } }
    for item in items {
      guard let stamp = FileSystem.stamp(of: store.path(of: item.key)) else { continue }
      if let keeper = live.keeper(of: item.key, modified: Double(stamp.modified) / 1e9) {
        outcome.kept.append((item.key, keeper.words))
      } else if try claims?.take(item.key) ?? true {
        claimed.append(item)
      } else {
        outcome.kept.append((item.key, "a run is making it now"))
      }
    }
    try catalog.forget(claimed.map(\.key))
    for item in claimed {
      guard unlink(store.path(of: item.key)) == 0 else {
        if errno == ENOENT { continue }
        throw FileSystem.failure("it could not be removed", store.path(of: item.key))
      }
      outcome.artifacts += 1
      outcome.bytes += item.size
    }
    // Someone who looked at a file just before it went may have entered it again.
    try catalog.forget(claimed.map(\.key))
  }

  private func clearRuns(_ plan: GarbagePlan, _ outcome: inout Outcome) throws {
    // Of what can't be read it is not known what it names.
    guard plan.obstacles.isEmpty else { return }
    let sweep = try SweepLock(root: store.root, mode: .sweeping)
    defer { withExtendedLifetime(sweep) {} }
    var records = registry.records()
    for run in plan.runs where !registry.isLive(run.id) {
      registry.forget(run, among: records)
      records.removeAll { $0.id == run.id }
      outcome.runs += 1
    }
    registry.removeLeftovers(now: Date().timeIntervalSince1970)
  }
}
