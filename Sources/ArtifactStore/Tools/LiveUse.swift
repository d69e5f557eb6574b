/// What the runs that are on now use, and may have made.
struct LiveUse: Sendable {
  /// The runs that are on.
  let ids: [String]
  private let keys: [ArtifactKey: String]
  /// The run that has been on for the longest.
  private let oldest: (id: String, started: Double)?
  /// A run of which it is not known yet what it uses.
  let beginning: String?

  init(of registry: RunRegistry) {
    ids = registry.liveIDs()
    var keys: [ArtifactKey: String] = [:]
    var oldest: (id: String, started: Double)?
    var beginning: String?
    for id in ids {
      guard let run = registry.record(id), run.plan != nil, registry.isListWhole(of: run) else {
        beginning = id
        continue
      }
      for key in registry.keys(of: run) + run.published { keys[key] = id }
      if oldest.map({ run.started < $0.started }) ?? true { oldest = (id, run.started) }
    }
    (self.keys, self.oldest, self.beginning) = (keys, oldest, beginning)
  }

  /// What keeps an artifact for their sake.
  ///
  /// - Parameter modified: when its file was written, in seconds since 1970.
  func keeper(of key: ArtifactKey, modified: Double) -> ArtifactKeeper? {
    if let beginning { return .beginning(run: beginning) }
    if let run = keys[key] { return .liveRun(run) }
    if let oldest, modified >= oldest.started - Self.coarseness {
      return .madeBeside(run: oldest.id)
    }
    return nil
  }

  /// By how many seconds the clock of files may lag behind that of programs.
  private static let coarseness = 0.05
}

extension LiveUse {
  /// Whether no run that is on can have made a file and not told the catalog yet.
  func isSettled(_ stamp: FileSystem.Stamp) -> Bool {
    guard beginning == nil else { return false }
    return oldest.map { Double(stamp.modified) / 1e9 < $0.started - Self.coarseness } ?? true
  }
}
