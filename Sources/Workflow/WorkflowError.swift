import JSONDocument

/// What is wrong with a workflow, with the place to mend.
public enum WorkflowError: Error, Equatable, CustomStringConvertible {
  /// The file can't be read.
  case unreadable(path: String, reason: String)
  /// Something in the file is wrong, at a line and column.
  case invalid(JSONError)
  /// A `--set` is wrong.
  case override(text: String, message: String)
  /// The data set does not have what the workflow asks for.
  case dataset(message: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): the workflow can't be read: \(reason)"
    case .invalid(let error): error.description
    case .override(let text, let message): "--set \(text): \(message)"
    case .dataset(let message): message
    }
  }
}
