/// Which remembered runs use which artifacts, and when each was last used.
public struct CacheUse: Sendable {
  /// The runs, oldest first.
  public let runs: [RunRecord]
  /// When each run's results were last used, in seconds since 1970.
  public let lastUses: [Double]
  /// What runs use; several runs may use the same list.
  private let lists: [(keys: [ArtifactKey], runs: [Int])]
  /// What stands in the way of knowing what is used.
  public let faults: [RunFault]

  public init(of registry: RunRegistry) {
    runs = registry.records()
    lastUses = runs.map(registry.lastUse)
    faults = registry.faults()
    var byPlan: [String: [Int]] = [:]
    for (index, run) in runs.enumerated() {
      if let plan = run.plan { byPlan[plan, default: []].append(index) }
    }
    var lists: [(keys: [ArtifactKey], runs: [Int])] = []
    for indices in byPlan.values { lists.append((registry.keys(of: runs[indices[0]]), indices)) }
    for index in runs.indices where !runs[index].published.isEmpty {
      lists.append((runs[index].published, [index]))
    }
    self.lists = lists
  }

  /// The artifacts that any of some runs uses, each with the latest of those runs.
  func keys(usedBy chosen: Set<Int>) -> [ArtifactKey: Int] {
    var found: [ArtifactKey: Int] = [:]
    for list in lists {
      guard let run = list.runs.filter(chosen.contains).max() else { continue }
      for key in list.keys { found[key] = max(found[key] ?? 0, run) }
    }
    return found
  }

  /// When each artifact that a run uses was last used.
  func lastUse() -> [ArtifactKey: Double] {
    var found: [ArtifactKey: Double] = [:]
    for list in lists {
      let last = list.runs.map { lastUses[$0] }.max() ?? 0
      for key in list.keys { found[key] = max(found[key] ?? 0, last) }
    }
    return found
  }

  /// The runs that use an artifact, oldest first.
  public func runs(using key: ArtifactKey) -> [RunRecord] {
    var found: Set<Int> = []
    for list in lists where list.keys.contains(key) { found.formUnion(list.runs) }
    return found.sorted().map { runs[$0] }
  }
}
