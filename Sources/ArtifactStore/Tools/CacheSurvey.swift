/// What is in a cache, counted.
public struct CacheSurvey: Sendable {
  /// The artifacts of one kind.
  public struct Kind: Sendable, Equatable {
    public var name: String
    public var count = 0
    public var bytes: Int64 = 0
    /// What making them took, as far as it is known.
    public var seconds = 0.0
    /// For how many that is not known.
    public var untimed = 0
  }

  /// By name.
  public var kinds: [Kind]
  public var files: CacheFiles
  public var rows: [ArtifactKey: ArtifactRow]
  public var rejections: Int
  public var runs: Int
  public var liveRuns: [String]

  public init(of store: ObjectStore, catalog: Catalog) throws {
    files = CacheFiles(of: store)
    rows = try catalog.artifactRows()
    var counted: [String: Kind] = [:]
    for (key, stamp) in files.artifacts {
      let row = rows[key]
      // Of what the catalog does not know yet, the file itself says what it is.
      let name = row?.kind ?? (try? store.description(of: key).kind) ?? "damaged"
      var kind = counted[name] ?? Kind(name: name)
      kind.count += 1
      kind.bytes += stamp.size
      if let seconds = row?.seconds { kind.seconds += seconds } else { kind.untimed += 1 }
      counted[name] = kind
    }
    kinds = counted.values.sorted { $0.name < $1.name }
    rejections = try catalog.rejectionCount()
    let registry = RunRegistry(store: store)
    runs = registry.records().count
    liveRuns = registry.liveIDs()
  }

  /// All kinds together.
  public var total: Kind {
    kinds.reduce(into: Kind(name: "total")) {
      $0.count += $1.count
      $0.bytes += $1.bytes
      $0.seconds += $1.seconds
      $0.untimed += $1.untimed
    }
  }
}
