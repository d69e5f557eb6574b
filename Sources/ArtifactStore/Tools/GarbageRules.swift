/// What is to be kept of a cache; what no rule keeps may go.
public struct GarbageRules: Sendable, Equatable {
  /// Keeps what the last runs of each workflow use, as many as this.
  public var keepLast: Int?
  /// Keeps what was made or used within this many seconds.
  public var olderThan: Double?
  /// Of what may go, only as much goes as it takes for the artifacts to fit into this many bytes.
  public var maxSize: Int64?

  public init(keepLast: Int? = nil, olderThan: Double? = nil, maxSize: Int64? = nil) {
    self.keepLast = keepLast
    self.olderThan = olderThan
    self.maxSize = maxSize
  }

  /// Without any rule, what remembered runs use is kept.
  var keepsRemembered: Bool { keepLast == nil && olderThan == nil && maxSize == nil }
}

/// What keeps an artifact in a cache.
public enum ArtifactKeeper: Sendable, Equatable {
  /// A run that is on now uses it.
  case liveRun(String)
  /// It is younger than the start of a run that is on now, which may have made it.
  case madeBeside(run: String)
  /// Runs are beginning whose plans are not known yet.
  case beginning(run: String)
  /// A run that did not end well may have made it, such as a checkpoint, and goes on from it when it is run again.
  case unfinishedRun(String)
  /// One of the last runs of its workflow uses it.
  case lastRun(String)
  /// It was made or used at that time, in seconds since 1970.
  case recentUse(Double)
  /// A remembered run uses it.
  case rememberedRun(String)
  /// Everything fits.
  case fits
}

extension ArtifactKeeper {
  /// What it is called where many artifacts are counted.
  public var group: String {
    switch self {
    case .liveRun, .madeBeside, .beginning: "used by a run that is on now"
    case .unfinishedRun: "made by a run that did not end well and may go on"
    case .lastRun: "used by the last runs of their workflows"
    case .recentUse: "made or used recently"
    case .rememberedRun: "used by remembered runs"
    case .fits: "fitting into the size"
    }
  }

  public var words: String {
    switch self {
    case .liveRun(let run): "run \(run), which is on now, uses it"
    case .madeBeside(let run): "it is younger than the start of run \(run), which is on now"
    case .beginning(let run): "run \(run) is beginning, and what it will use is not known yet"
    case .unfinishedRun(let run):
      "it was made during run \(run), which did not end well and may go on from it"
    case .lastRun(let run): "run \(run) uses it, one of the last of its workflow"
    case .recentUse: "it was made or used recently"
    case .rememberedRun(let run): "run \(run) uses it"
    case .fits: "the cache is small enough"
    }
  }
}
