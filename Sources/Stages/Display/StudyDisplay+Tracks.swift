import ArtifactStore
import EventData
import Reporting
import TrackScoring
import Workflow

extension StudyDisplay {
  /// The stages that give tracks of the event, in the order of the workflow.
  var trackStages: [String] {
    let stages = results.stages(giving: "build-tracks") + results.stages(giving: FoundTracks.kind)
    let order = (results.definition["stages"]?.members ?? []).map(\.name)
    return stages.filter { results.key(of: $0, event: event) != nil }
      .sorted { (order.firstIndex(of: $0) ?? 0, $0) < (order.firstIndex(of: $1) ?? 0, $1) }
  }

  /// The stage whose tracks are scored first, or else the last that gives tracks.
  private var mainStage: String? {
    let scoring =
      results.stages(giving: "score-tracks")
      + results.stages(giving: "score-reconstruction")
    let order = (results.definition["stages"]?.members ?? []).map(\.name)
    let first = scoring.min { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) }
    return first.flatMap { results.needs(of: $0).first(where: trackStages.contains) }
      ?? trackStages.last
  }

  func tracks(_ stage: String) throws -> EventDisplay.Tracks {
    guard let artifact = try results.artifact(of: stage, event: event) else {
      return EventDisplay.Tracks(stage: stage, words: "", tracks: [])
    }
    let submission = try ScoreTracks.submission(of: artifact, event: event)
    let matches = try truth?.matches(of: submission)
    let places = try rows.places(of: submission.hitID)
    // Tracks that were searched for have a score and a path; others are nothing but their hits.
    let isFound = artifact.arrays.contains { $0.name == "pathLength" }
    let scores = isFound ? try artifact.float32("score") : nil
    let pathLengths = isFound ? try artifact.int32("pathLength") : nil
    var tracks: [EventDisplay.Track] = []
    for (index, members) in Self.members(of: submission).enumerated() {
      let hits = members.rows.map { places[$0] }
      let ordered =
        pathLengths.map { along(Array(hits), pathLength: Int($0[index])) } ?? outwards(hits)
      tracks.append(
        EventDisplay.Track(
          trackID: members.track, hits: ordered, score: scores?[index],
          match: matches?[members.track]))
    }
    let kind = StageKinds.all.first { $0.name == artifact.kind }
    return EventDisplay.Tracks(
      stage: stage,
      words: kind.map { TrackSummaries.method(of: $0, parameters: results.parameters(of: stage)) }
        ?? "", isMain: stage == mainStage, tracks: tracks)
  }

  /// The rows of each track, in the order in which the tracks come.
  private static func members(of table: SubmissionTable) -> [(track: Int64, rows: [Int])] {
    var places: [Int64: Int] = [:]
    var members: [(track: Int64, rows: [Int])] = []
    for (row, track) in table.trackID.enumerated() {
      let place = places[track] ?? members.count
      if place == members.count {
        places[track] = place
        members.append((track, []))
      }
      members[place].rows.append(row)
    }
    return members
  }

  /// Hits by their distance from the centre, in which order a particle from there meets them.
  private func outwards(_ hits: [Int32]) -> [Int32] {
    func distance(_ hit: Int32) -> Double { squaredDistance(hit, from: .zero) }
    return hits.sorted { (distance($0), $0) < (distance($1), $1) }
  }

  /// A path with its further hits: each stands behind the hit of the path that it is nearest to.
  ///
  /// - Parameter hits: the path, which `pathLength` hits make, then the others.
  private func along(_ hits: [Int32], pathLength: Int) -> [Int32] {
    let path = hits.prefix(pathLength)
    var behind = [[Int32]](repeating: [], count: path.count)
    for hit in hits.dropFirst(pathLength) {
      let nearest = path.indices.min {
        squaredDistance(path[$0], from: place(of: hit))
          < squaredDistance(path[$1], from: place(of: hit))
      }
      if let nearest { behind[nearest].append(hit) }
    }
    return zip(path, behind).flatMap { [$0] + $1 }
  }

  private func place(of hit: Int32) -> SIMD3<Double> {
    SIMD3(hits.x[Int(hit)], hits.y[Int(hit)], hits.z[Int(hit)])
  }

  private func squaredDistance(_ hit: Int32, from point: SIMD3<Double>) -> Double {
    let way = place(of: hit) - point
    return (way * way).sum()
  }
}
