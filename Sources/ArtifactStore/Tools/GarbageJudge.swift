import Foundation

/// Says of each artifact of a cache what keeps it there.
public struct GarbageJudge: Sendable {
  public let use: CacheUse
  let live: LiveUse
  private let rules: GarbageRules
  private let now: Double
  private let lastUses: [ArtifactKey: Double]
  /// The runs that the rules on runs keep, by index.
  private let keptRuns: Set<Int>
  /// What they use, and the latest of them that does.
  private let keptKeys: [ArtifactKey: Int]
  private let unfinished: [UnfinishedRun]

  /// - Parameter now: seconds since 1970.
  public init(registry: RunRegistry, rules: GarbageRules, now: Double) {
    let use = CacheUse(of: registry)
    live = LiveUse(of: registry)
    self.use = use
    self.rules = rules
    self.now = now
    lastUses = use.lastUse()
    let kept =
      rules.keepsRemembered
      ? Set(use.runs.indices)
      : rules.keepLast.map { Self.lastRuns($0, of: use.runs) } ?? []
    keptRuns = kept
    keptKeys = use.keys(usedBy: kept)
    unfinished = UnfinishedRun.latest(of: use.runs, live: live.ids)
  }

  /// A run that has just begun, so that nothing may go until it is known what it uses.
  public var beginningRun: String? { live.beginning }

  /// What keeps an artifact; nil for one that may go.
  public func keeper(of key: ArtifactKey, stamp: FileSystem.Stamp) -> ArtifactKeeper? {
    let modified = Double(stamp.modified) / 1e9
    if let keeper = live.keeper(of: key, modified: modified) { return keeper }
    if let run = keptKeys[key].map({ use.runs[$0].id }) {
      return rules.keepsRemembered ? .rememberedRun(run) : .lastRun(run)
    }
    if rules.keepsRemembered || rules.keepLast != nil,
      let run = unfinished.first(where: { $0.times.contains(modified) })
    {
      return .unfinishedRun(run.id)
    }
    if let limit = rules.olderThan {
      let last = lastUse(of: key, stamp: stamp)
      if last >= now - limit { return .recentUse(last) }
    }
    return nil
  }

  /// When an artifact was made or last used by a remembered run.
  func lastUse(of key: ArtifactKey, stamp: FileSystem.Stamp) -> Double {
    max(Double(stamp.modified) / 1e9, lastUses[key] ?? 0)
  }

  func isRemembered(_ key: ArtifactKey) -> Bool { lastUses[key] != nil }

  /// Runs that no rule keeps and whose folders are gone, so that their history is of no use to anyone.
  func forgettableRuns() -> [RunRecord] {
    guard rules.keepLast != nil || rules.olderThan != nil else { return [] }
    return use.runs.indices.filter { index in
      let run = use.runs[index]
      return !keptRuns.contains(index) && !live.ids.contains(run.id)
        && rules.olderThan.map { use.lastUses[index] < now - $0 } ?? true
        && !FileManager.default.fileExists(atPath: run.folder)
    }.map { use.runs[$0] }
  }

  /// The last runs of each workflow that ended well, as many as asked for, and those since that did not.
  private static func lastRuns(_ count: Int, of runs: [RunRecord]) -> Set<Int> {
    var ended: [String: Int] = [:]
    var kept: Set<Int> = []
    for index in runs.indices.reversed() where ended[runs[index].workflow, default: 0] < count {
      kept.insert(index)
      if runs[index].endedWell { ended[runs[index].workflow, default: 0] += 1 }
    }
    return kept
  }
}

/// A run that did not end well, the latest of its workflow: what it made on the way to its results, such as
/// checkpoints, is listed nowhere, and the same command goes on from it.
private struct UnfinishedRun {
  var id: String
  /// When it was on, with a second for clocks that are coarse.
  var times: ClosedRange<Double>

  static func latest(of runs: [RunRecord], live: [String]) -> [UnfinishedRun] {
    var latest: [String: RunRecord] = [:]
    for run in runs { latest[run.workflow] = run }
    return latest.values.filter { !$0.endedWell && !live.contains($0.id) }
      .map {
        UnfinishedRun(
          id: $0.id, times: ($0.started - 1)...max($0.started, ($0.ended ?? .infinity) + 1))
      }
      .sorted { $0.id < $1.id }
  }
}

extension RunRecord {
  fileprivate var endedWell: Bool { status == .done || status == .incomplete }
}
