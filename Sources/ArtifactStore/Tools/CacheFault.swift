/// Something wrong with a cache.
public enum CacheFault: Sendable, Equatable {
  case catalogDamaged(path: String, reason: String)
  case catalogGone(path: String)
  /// The artifact is not whole or not what its name says.
  case damaged(ArtifactKey, path: String, reason: String)
  /// The system does not let it be read.
  case unreadable(ArtifactKey, path: String, reason: String)
  /// A newer program wrote it.
  case newer(ArtifactKey, path: String, format: Int)
  /// The catalog has a row for it and there is no file.
  case missing(ArtifactKey, path: String)
  /// There is a file and the catalog knows nothing of it.
  case unknown(ArtifactKey, path: String)
  /// The file is not the one that the catalog's row was made for.
  case changed(ArtifactKey, path: String, what: String)
  /// A half-written file whose writer is dead.
  case partial(path: String)
  /// It belongs to nothing.
  case foreign(path: String)
  case run(RunFault)

  /// What kind of fault, as programs are told.
  public var name: String {
    switch self {
    case .catalogDamaged: "catalog-damaged"
    case .catalogGone: "catalog-gone"
    case .damaged: "damaged"
    case .unreadable: "unreadable"
    case .newer: "newer-format"
    case .missing: "missing"
    case .unknown: "unknown"
    case .changed: "changed"
    case .partial: "partial"
    case .foreign: "foreign"
    case .run(.damagedRecord): "run-damaged"
    case .run(.newerRecord): "run-newer"
    case .run(.lostList): "run-list-lost"
    }
  }

  public var key: ArtifactKey? {
    switch self {
    case .damaged(let key, _, _), .unreadable(let key, _, _), .newer(let key, _, _),
      .missing(let key, _), .unknown(let key, _), .changed(let key, _, _):
      key
    default: nil
    }
  }

  public var path: String {
    switch self {
    case .catalogDamaged(let path, _), .catalogGone(let path), .damaged(_, let path, _),
      .unreadable(_, let path, _), .newer(_, let path, _), .missing(_, let path),
      .unknown(_, let path),
      .changed(_, let path, _), .partial(let path), .foreign(let path):
      path
    case .run(let fault): fault.path
    }
  }

  /// What is wrong.
  public var words: String {
    switch self {
    case .catalogDamaged(_, let reason): "the catalog is damaged: \(reason)"
    case .catalogGone: "the catalog is gone"
    case .damaged(_, _, let reason): "damaged: \(reason)"
    case .unreadable(_, _, let reason): "it can't be read: \(reason)"
    case .newer(_, _, let format): "a newer trackflow wrote it (format \(format))"
    case .missing: "the catalog knows it and the file is gone"
    case .unknown: "the catalog does not know it"
    case .changed(_, _, let what): what
    case .partial: "half-written, and its writer is gone"
    case .foreign: "it does not belong here"
    case .run(let fault): fault.words
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .catalogDamaged, .catalogGone:
      "\"trackflow cache repair\" or the next run makes it anew from the artifacts"
    case .damaged: "\"trackflow cache repair\" sets it aside, and the next run makes it again"
    case .unreadable: "see to its permissions, or to the disk"
    case .newer: "use a newer trackflow, or another cache"
    case .missing: "\"trackflow cache repair\" forgets it, and the next run makes it again"
    case .unknown: "\"trackflow cache repair\" checks it in full and enters it"
    case .changed: "\"trackflow cache repair\" checks it in full, as its next use would"
    case .partial: "\"trackflow cache repair\" or the next run removes it"
    case .foreign: "move it elsewhere, or delete it"
    case .run(.damagedRecord): "\"trackflow cache repair\" sets it aside; the run is forgotten then"
    case .run(.newerRecord):
      "use a newer trackflow; until then \"trackflow cache gc\" removes no artifact"
    case .run(.lostList):
      "\"trackflow cache repair\" lets the run go without; gc may remove what only it used then"
    }
  }
}
