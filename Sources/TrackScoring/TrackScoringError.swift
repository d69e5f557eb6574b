/// Why tracks could not be scored.
public enum TrackScoringError: Error, Equatable, CustomStringConvertible {
  case hitTwiceInSubmission(hitID: Int32)
  case hitTwiceInTruth(hitID: Int32)
  /// The submission names a hit that the truth table does not have.
  case hitNotInTruth(hitID: Int32, truthHits: Int)
  /// The submission holds the rows of more than one event.
  case notOneEvent(events: [Int32])
  /// A region's selection leaves no hit of the event.
  case emptyRegion(String)

  public var description: String {
    switch self {
    case .hitTwiceInSubmission(let hitID):
      """
      hit \(hitID) is in the submission more than once; a hit belongs to one track at most, so \
      keep one row of it
      """
    case .hitTwiceInTruth(let hitID):
      "hit \(hitID) is in the truth table more than once; hit numbers must be unique in an event"
    case .hitNotInTruth(let hitID, let truthHits):
      """
      hit \(hitID) of the submission is not among the \(truthHits) hits of the truth table; \
      score against the truth of the same event, whole
      """
    case .notOneEvent(let events):
      """
      the submission holds \(events.count) events \
      (\(events.prefix(8).map(String.init).joined(separator: ", "))\
      \(events.count > 8 ? ", …" : "")); score the rows of one event at a time
      """
    case .emptyRegion(let region):
      "no hit of the event lies in the region to be scored (\(region)); widen it"
    }
  }
}
