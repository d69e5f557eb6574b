import JSONDocument

/// What a data set says of itself beside its events, such as its magnetic field.
public enum DatasetProperty: Sendable, Equatable {
  /// Given to the tasks, and put into their keys, as it stands.
  case value(JSONValue)
  /// A file: the tasks are given its path; in their keys stands its content.
  case file(String)
}

/// The properties of the data set that the tasks of one stage are given.
struct StageDataset {
  /// By name, files by their paths, null where the data set has no such property; null for a kind that reads none.
  var given: JSONValue = .null
  /// The same with the SHA-256 of a file's content in the place of its path; nil for a kind that reads none.
  var keyText: JSONValue?

  /// - Throws: what the source throws, `WorkflowError.dataset` for a file that can't be read.
  init(of kind: any StageKind, source: any EventSource, digests: DigestTable) throws {
    guard !kind.datasetProperties.isEmpty else { return }
    var (given, keyed): ([JSONMember], [JSONMember]) = ([], [])
    for name in kind.datasetProperties {
      let (value, inKey): (JSONValue, JSONValue)
      switch try source.datasetProperty(name) {
      case nil: (value, inKey) = (.null, .null)
      case .value(let json): (value, inKey) = (json, json)
      case .file(let path):
        guard let digest = try digests.digest(of: path) else {
          throw WorkflowError.dataset(
            message: "\(path), the \(name) of the data set \(source.name), can't be read")
        }
        (value, inKey) = (.string(path), ["sha256": .string(digest)])
      }
      given.append(JSONMember(name: name, value: value))
      keyed.append(JSONMember(name: name, value: inKey))
    }
    self.given = .object(given)
    keyText = .object(keyed)
  }
}
