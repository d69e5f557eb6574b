import ArtifactStore
import EventData
import JSONDocument
import Reconstruction
import Workflow

/// The tracks of an event as an artifact's arrays, and back.
enum FoundTracks {
  static let kind = "reconstructed-tracks"

  static func result(
    _ tracks: [Track], event: Int, hits: DetectorHits, more: [JSONMember] = []
  ) -> StageResult {
    let members: [JSONMember] = [
      JSONMember(name: "event", value: .integer(event)),
      JSONMember(name: "tracks", value: .integer(tracks.count)),
      JSONMember(name: "hits", value: .integer(hits.count)),
      JSONMember(
        name: "hitsOnTracks", value: .integer(tracks.reduce(0) { $0 + $1.hitCount })),
    ]
    let table = SubmissionTable(tracks, hitID: hits.hitID, event: event)
    return StageResult(
      summary: .object(members + more),
      arrays: [
        ArtifactArray(name: "path", values: .int32(tracks.flatMap(\.path))),
        ArtifactArray(name: "pathLength", values: .int32(tracks.map { Int32($0.path.count) })),
        ArtifactArray(name: "companion", values: .int32(tracks.flatMap(\.companions))),
        ArtifactArray(
          name: "companionCount", values: .int32(tracks.map { Int32($0.companions.count) })),
        ArtifactArray(name: "score", values: .float32(tracks.map(\.score))),
        ArtifactArray(name: "hitID", values: .int32(table.hitID)),
        ArtifactArray(name: "trackID", values: .int64(table.trackID)),
      ])
  }

  /// - Throws: `InputRefused` where the tracks are of another event's hits.
  static func tracks(of artifact: Artifact, hits: DetectorHits) throws -> [Track] {
    let tracks = try tracks(of: artifact)
    try refusingBadInput { try tracks.check(hits: hits.count) }
    return tracks
  }

  private static func tracks(of artifact: Artifact) throws -> [Track] {
    let paths = pieces(try artifact.int32("path"), try artifact.int32("pathLength"))
    let companions = pieces(
      try artifact.int32("companion"), try artifact.int32("companionCount"))
    return zip(zip(paths, companions), try artifact.float32("score")).map {
      Track(path: $0.0, companions: $0.1, score: $1)
    }
  }

  private static func pieces(_ values: [Int32], _ counts: [Int32]) -> [[Int32]] {
    var start = 0
    return counts.map { count in
      defer { start += Int(count) }
      return Array(values[start..<start + Int(count)])
    }
  }
}
