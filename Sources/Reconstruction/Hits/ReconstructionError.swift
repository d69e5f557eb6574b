/// What is wrong with what the reconstruction was given.
public enum ReconstructionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A hit lies on a module that the detector does not have.
  case unknownModule(hit: Int32, volume: Int32, layer: Int32, module: Int32)
  /// A hit's place is not a number, or nowhere near a detector.
  case impossiblePlace(hit: Int32)
  /// Nothing to learn from.
  case nothingToLearn(what: String)
  /// Parts that were not made for each other.
  case mismatch(what: String)

  public var description: String {
    switch self {
    case .unknownModule(let hit, let volume, let layer, let module):
      "hit \(hit) is on module \(module) of volume \(volume), layer \(layer), which the detector's table"
        + " does not have; check that the table of modules is that of the data"
    case .impossiblePlace(let hit):
      "hit \(hit) has a place that is no number or further than 100 m from the centre; places are in mm"
    case .nothingToLearn(let what): what
    case .mismatch(let what): what
    }
  }
}
