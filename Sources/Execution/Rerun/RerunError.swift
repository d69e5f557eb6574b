import ArtifactStore

/// Why an artifact can't be made again.
public enum RerunError: Error, CustomStringConvertible {
  /// This program has no such stage kind.
  case unknownKind(kind: String, artifact: ArtifactKey)
  /// This program's stage kind makes other bits.
  case otherVersion(kind: String, wanted: Int, known: Int)
  /// The stage kind takes other parameters than the artifact was made with.
  case otherParameters(kind: String, names: [String])
  /// Neither the cache nor the catalog says how an input is made.
  case unknownInput(key: ArtifactKey, kind: String, cache: String)
  case missingFile(name: String, event: Int?, sha256: String, lookedIn: [String])
  /// An artifact whose key is made of something that is no task.
  case noTask(path: String, kind: String)
  /// No training of this program leaves such a checkpoint.
  case noCheckpoint(path: String)
  case failed(kind: String, event: Int?, reason: String)

  public var description: String {
    switch self {
    case .unknownKind(let kind, let artifact):
      "this program has no stage kind \"\(kind)\", which made \(artifact.short); use the trackflow"
        + " that made it"
    case .otherVersion(let kind, let wanted, let known):
      "this program has version \(known) of \(kind), which makes other bits than version"
        + " \(wanted), with which this was made; use a trackflow that has version \(wanted)"
    case .otherParameters(let kind, let names):
      "\(kind) of this program takes other parameters than this was made with"
        + " (\(names.joined(separator: ", "))); use the trackflow that made it"
    case .unknownInput(let key, let kind, let cache):
      "how the input \(key.short) (\(kind)) is made is not known to the cache \(cache); choose with"
        + " --cache the one that it was made in"
    case .missingFile(let name, let event, let sha256, let places):
      "no file \(name)\(event.map { " of event \($0)" } ?? "") with SHA-256 \(sha256) was found"
        + (places.isEmpty ? "" : " (looked at \(Self.list(places)))")
        + "; name the folder that holds it with --data"
    case .noTask(let path, let kind):
      "\(path): a \(kind) is no result of a task, and says too little of how it was made"
    case .noCheckpoint(let path):
      "\(path): no training of this program leaves such a checkpoint; use the trackflow that made it"
    case .failed(let kind, let event, let reason):
      "\(kind)\(event.map { ", event \($0)" } ?? "") failed: \(reason)"
    }
  }

  /// Whether something is missing that a person can give.
  public var isMissingInput: Bool {
    switch self {
    case .unknownInput, .missingFile: true
    default: false
    }
  }

  private static func list(_ places: [String]) -> String {
    places.prefix(3).joined(separator: ", ")
      + (places.count > 3 ? " and \(places.count - 3) more" : "")
  }
}
