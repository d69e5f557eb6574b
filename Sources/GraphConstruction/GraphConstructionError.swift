/// Why hits could not be made into a graph, or a stored graph cannot be used.
public enum GraphConstructionError: Error, Equatable, CustomStringConvertible {
  /// The selection leaves nothing; with what it was and what the event has.
  case noHitSelected(selection: String, hits: Int, volumes: [Int32], z: ClosedRange<Double>?)
  /// Labels are wanted but the truth table lacks some selected hits.
  case hitsWithoutTruth(first: Int32, count: Int, selected: Int)
  case positionNotFinite(hitID: Int32)
  /// A weight or momentum of the truth is no number of single precision, or a weight is below 0.
  case truthOutOfRange(hitID: Int32, weight: Double, transverseMomentum: Double)
  case tooManyEdges(limit: Int)
  /// A graph breaks one of its invariants: it was damaged or made by something else.
  case invalidGraph(String)

  public var description: String {
    switch self {
    case .noHitSelected(let selection, let hits, let volumes, let z):
      if let z {
        """
        no hit is selected by \(selection): the event has \(hits) hits, in volumes \
        \(volumes.map(String.init).joined(separator: ", ")) with z from \(z.lowerBound) to \
        \(z.upperBound) mm; widen the selection
        """
      } else {
        "no hit is selected by \(selection): the event has no hits at all; check its hits file"
      }
    case .hitsWithoutTruth(let first, let count, let selected):
      """
      \(count) of the \(selected) selected hits are not in the truth table, the first is hit \
      \(first): labels need the truth of the same event, whole; build without truth otherwise
      """
    case .positionNotFinite(let hitID):
      "hit \(hitID) has a position that is not finite; correct the hits file"
    case .truthOutOfRange(let hitID, let weight, let transverseMomentum):
      """
      the truth of hit \(hitID) has weight \(weight) and transverse momentum \(transverseMomentum) \
      GeV/c: finite numbers of at least 0 were expected; correct the truth file
      """
    case .tooManyEdges(let limit):
      "the graph has more than \(limit) edges; take smaller windows in phi or z, or fewer hits"
    case .invalidGraph(let reason):
      "not a valid hit graph: \(reason); build it again"
    }
  }
}
