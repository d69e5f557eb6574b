/// Why an artifact could not be written, read or believed.
public enum ArtifactError: Error, Equatable, CustomStringConvertible {
  /// The file is not whole or not what its name says.
  case damaged(path: String, reason: String)
  case notFound(path: String)
  /// The file was written in a later format than this program knows.
  case newerFormat(path: String, found: Int, known: Int)
  case missingArray(artifact: ArtifactKey, kind: String, array: String, type: String)
  /// The system refused an operation.
  case system(operation: String, path: String, code: Int32, reason: String)
  /// The catalog was made by a later version of the program.
  case newerCatalog(path: String, found: Int, known: Int)
  /// The catalog's file is torn or overwritten.
  case damagedCatalog(path: String, reason: String)

  public var description: String {
    switch self {
    case .damaged(let path, let reason): "\(path): damaged artifact: \(reason)"
    case .notFound(let path): "\(path): no such artifact"
    case .newerFormat(let path, let found, let known):
      "\(path): artifact format \(found), this program reads up to \(known); use a newer trackflow"
    case .missingArray(let artifact, let kind, let array, let type):
      "artifact \(artifact.short) (\(kind)) has no array \"\(array)\" of type \(type)"
    case .system(let operation, let path, _, let reason): "\(path): \(operation): \(reason)"
    case .newerCatalog(let path, let found, let known):
      "\(path): catalog version \(found), this program knows up to \(known); use a newer trackflow, or"
        + " another cache folder (--cache); the artifacts themselves stay readable"
    case .damagedCatalog(let path, let reason):
      "\(path): the catalog is damaged (\(reason)); \"trackflow cache rebuild\" makes it anew"
    }
  }
}
