import ArtifactStore
import EventData
import Workflow

/// The tracks of a run as others take them.
public struct TrackExport: Sendable {
  let results: RunResults
  /// The stage whose tracks they are.
  public let stage: String
  public let events: [Int]

  /// What stages that build tracks give.
  static let kinds = ["build-tracks", FoundTracks.kind]

  /// - Parameters:
  ///   - stage: whose tracks; nil for those that the run's first score is of.
  ///   - events: numbers; none for all that the stage has tracks of.
  /// - Throws: `ExportError`.
  public init(_ results: RunResults, stage: String?, events: [Int]) throws {
    self.results = results
    let scored = results.stages(giving: ["score-tracks", "score-reconstruction"]).lazy
      .compactMap { score in
        results.needs(of: score).first { results.stages(giving: Self.kinds).contains($0) }
      }
    self.stage = try results.stage(
      stage, giving: Self.kinds, what: "tracks", firstChoice: stage == nil ? scored.first : nil)
    self.events = try results.events(events, of: self.stage)
  }

  /// The tracks of all events.
  public func submission() throws -> SubmissionTable {
    try SubmissionTable(
      of: events.compactMap { event in
        results.key(of: stage, event: event).map { (event, $0) }
      }, store: results.store)
  }

  /// The tracks of one event.
  public func submission(of event: Int) throws -> SubmissionTable {
    guard let artifact = try results.artifact(of: stage, event: event) else {
      throw ExportError.unknownEvent(event, stage: stage, events: events)
    }
    return try ScoreTracks.submission(of: artifact, event: event)
  }
}

extension SubmissionTable {
  /// The tracks of several events, one after the other.
  init(of results: [(event: Int, key: ArtifactKey)], store: ObjectStore) throws {
    self.init()
    for (event, key) in results {
      let one = try ScoreTracks.submission(of: store.load(key), event: event)
      eventID += one.eventID
      hitID += one.hitID
      trackID += one.trackID
    }
  }
}
