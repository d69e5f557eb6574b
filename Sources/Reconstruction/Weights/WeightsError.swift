/// Why trained weights could not be read or used.
public enum WeightsError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  /// The file does not start as weights do.
  case notWeights(file: String)
  case newerFormat(file: String, found: Int, known: Int)
  /// The bytes are not those that were written.
  case damaged(file: String, reason: String)
  /// The bytes are whole, but do not make up a chain.
  case contradictory(file: String, reason: String)
  /// There is no such set in the program, and no such file.
  case unknownSet(name: String, known: [String], nearest: String?)
  /// No set was named, and the program carries none.
  case noneShipped
  case otherDetector(set: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .notWeights(let file):
      "\(file): these are no trained weights; a file from trackflow weights export was expected"
    case .newerFormat(let file, let found, let known):
      "\(file): weights of format \(found), this program reads up to \(known); use a newer trackflow"
    case .damaged(let file, let reason): "\(file): the weights are damaged: \(reason)"
    case .contradictory(let file, let reason): "\(file): the weights cannot be used: \(reason)"
    case .unknownSet(let name, let known, let nearest):
      "there is no set of weights and no file \"\(name)\"; "
        + (nearest.map { "did you mean \"\($0)\"?" }
          ?? (known.isEmpty
            ? "this program carries no set, so give a file"
            : "the program carries \(known.joined(separator: ", "))"))
    case .noneShipped: "this program carries no trained weights; give a file with --weights"
    case .otherDetector(let set, let reason):
      "weights \(set) are for another detector: \(reason)"
    }
  }
}
