import Foundation

/// What is to be removed from a cache, and what keeps the rest.
public struct GarbagePlan: Sendable {
  /// One artifact that may go.
  public struct Item: Sendable, Equatable {
    public var key: ArtifactKey
    public var kind: String
    public var size: Int64
    /// What making it took, where the catalog knows.
    public var seconds: Double?
    /// When it was made or last used by a run, in seconds since 1970.
    public var lastUse: Double
    /// Whether a remembered run uses it.
    public var isRemembered: Bool
  }

  /// In the order of going.
  public var artifacts: [Item] = []
  public var setAside: [CacheFiles.Item]
  public var partial: [CacheFiles.Item]
  /// Runs whose folders are gone and that no rule keeps: they are forgotten.
  public var runs: [RunRecord] = []
  public var keptCount = 0
  public var keptBytes: Int64 = 0
  /// How many artifacts each keeper keeps, in words.
  public var keptBy: [(keeper: String, count: Int, bytes: Int64)] = []
  /// Why no artifact is removed though some may be unused: it is not known what runs use.
  public var obstacles: [RunFault]

  /// - Parameters:
  ///   - known: what the catalog knows of artifacts.
  ///   - judge: says what keeps each, by the same rules.
  public init(
    files: CacheFiles, known: [ArtifactKey: ArtifactRow], judge: GarbageJudge, rules: GarbageRules
  ) {
    setAside = files.setAside
    partial = files.partial
    obstacles = judge.use.faults
    var kept: [String: (Int, Int64)] = [:]
    var candidates: [Item] = []
    for (key, stamp) in files.artifacts {
      let keeper = judge.keeper(of: key, stamp: stamp)
      guard obstacles.isEmpty, keeper == nil else {
        let words = keeper?.group ?? "what uses it is not known"
        kept[words, default: (0, 0)].0 += 1
        kept[words]!.1 += stamp.size
        continue
      }
      candidates.append(
        Item(
          key: key, kind: known[key]?.kind ?? "", size: stamp.size, seconds: known[key]?.seconds,
          lastUse: judge.lastUse(of: key, stamp: stamp), isRemembered: judge.isRemembered(key)))
    }
    if let maxSize = rules.maxSize {
      candidates.sort(by: Self.goesFirst)
      var left = files.size
      var count = 0
      while count < candidates.count, left > maxSize {
        left -= candidates[count].size
        count += 1
      }
      let fitting = candidates[count...]
      if !fitting.isEmpty {
        kept[ArtifactKeeper.fits.group] = (fitting.count, fitting.reduce(0) { $0 + $1.size })
      }
      candidates.removeSubrange(count...)
    }
    artifacts = candidates
    keptBy = kept.map { (keeper: $0.key, count: $0.value.0, bytes: $0.value.1) }
      .sorted { ($1.bytes, $0.keeper) < ($0.bytes, $1.keeper) }
    keptCount = keptBy.reduce(0) { $0 + $1.count }
    keptBytes = keptBy.reduce(0) { $0 + $1.bytes }
    runs = obstacles.isEmpty ? judge.forgettableRuns() : []
  }

  /// What no remembered run uses goes first, then what was not used for the longest time; of what was used
  /// at the same time, what costs least to make again for its size.
  private static func goesFirst(_ one: Item, _ other: Item) -> Bool {
    if one.isRemembered != other.isRemembered { return other.isRemembered }
    if one.lastUse != other.lastUse { return one.lastUse < other.lastUse }
    let (cost, otherCost) = (one.secondsAByte, other.secondsAByte)
    return cost == otherCost ? one.key < other.key : cost < otherCost
  }

  /// Bytes that go.
  public var bytes: Int64 {
    artifacts.reduce(0) { $0 + $1.size } + (setAside + partial).reduce(0) { $0 + $1.size }
  }

  /// What making the artifacts again would take, as far as it is known.
  public var seconds: Double { artifacts.reduce(0) { $0 + ($1.seconds ?? 0) } }
}

extension GarbagePlan.Item {
  fileprivate var secondsAByte: Double { (seconds ?? 0) / Double(max(1, size)) }
}
