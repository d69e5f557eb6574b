/// Why events could not be simulated.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
  case invalidConfiguration(field: String, expected: String)
  /// An event number that the files' names cannot carry.
  case eventOutOfRange(first: Int, count: Int)
  case cannotCreate(path: String, reason: String)
  /// The folder's stamp names other settings; `differences` lists them in words.
  case otherSettings(path: String, differences: [String])
  /// The folder holds events, and nothing says how they were made.
  case unknownEvents(path: String)

  public var description: String {
    switch self {
    case .invalidConfiguration(let field, let expected):
      "the simulation's \(field) must be \(expected)"
    case .eventOutOfRange(let first, let count):
      """
      \(count) events from number \(first) on cannot be made: give at least one event, and numbers \
      from 0 to 999999999
      """
    case .cannotCreate(let path, let reason):
      "\(path) cannot be written: \(reason)"
    case .otherSettings(let path, let differences):
      """
      \(path) holds events of other settings (\(differences.joined(separator: ", "))); choose \
      another folder, or remove this one
      """
    case .unknownEvents(let path):
      """
      \(path) holds events that were not simulated here (it has no \(SimulationFolder.stampName)); \
      choose another folder
      """
    }
  }
}
