/// The tracks that a reconstruction proposes: a track's number for each hit that is on one.
public struct SubmissionTable: Sendable, Equatable {
  /// The event of each row; empty for files without the column.
  public var eventID: [Int32] = []
  public var hitID: [Int32] = []
  /// Any number; hits of one event that share it are on one track.
  public var trackID: [Int64] = []

  public init() {}

  public var count: Int { hitID.count }
}
