import EventData
import Exchange
import TrackScoring
import Workflow

extension TrackExport {
  /// The tracks of an event for the event display Phoenix, in green where they match a particle by double majority, else in red.
  ///
  /// - Parameter showsParticles: whether to add the true particles, each by its hits.
  /// - Throws: `InputRefused` where a file of the event is not there any more.
  public func phoenixEvent(_ event: Int, showsParticles: Bool) throws -> PhoenixEvent {
    let tables = try results.tables(of: event)
    let submission = try submission(of: event)
    let places = HitPositions(tables.hits)
    let matching = try tables.truth.map {
      try TrackMatching(truth: $0, submission: submission)
    }
    let matched = Dictionary(
      (matching?.tracks ?? []).map { ($0.trackID, $0) }, uniquingKeysWith: { first, _ in first })
    var phoenix = PhoenixEvent(number: event, run: results.run)
    let tracks = places.tracks(hitID: submission.hitID, number: submission.trackID)
    phoenix.tracks = [
      (
        stage,
        tracks.map { number, hits in
          let match = matched[number]
          return PhoenixEvent.Track(
            id: number, hits: hits,
            particle: match.flatMap { $0.majorityParticle == 0 ? nil : $0.majorityParticle },
            purity: match.map { Double($0.majorityHitCount) / Double($0.hitCount) },
            colour: match.map { $0.isMatched ? "2ca02c" : "d62728" } ?? "1f77b4")
        }
      )
    ]
    if showsParticles, let truth = tables.truth {
      let particles = places.tracks(hitID: truth.hitID, number: truth.particleID)
      phoenix.tracks.append(
        (
          "particles",
          particles.filter { $0.number != 0 }.map { number, hits in
            PhoenixEvent.Track(id: number, hits: hits, particle: number, colour: "7f7f7f")
          }
        ))
    }
    let onTracks = Set(submission.hitID)
    phoenix.hits = [
      ("hits on tracks", places.places { onTracks.contains($0) }),
      ("other hits", places.places { !onTracks.contains($0) }),
    ]
    return phoenix
  }
}

/// Where the hits of an event are.
private struct HitPositions {
  private let hitID: [Int32]
  private let places: [SIMD3<Double>]
  private let rowOfHit: [Int32: Int]

  init(_ hits: HitTable) {
    hitID = hits.hitID
    places = hits.hitID.indices.map { SIMD3(hits.x[$0], hits.y[$0], hits.z[$0]) }
    rowOfHit = Dictionary(
      hits.hitID.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func places(where isWanted: (Int32) -> Bool) -> [SIMD3<Double>] {
    zip(hitID, places).compactMap { isWanted($0) ? $1 : nil }
  }

  /// The hits of each number, from the centre of the detector outwards; numbers in rising order, negative ones left out.
  func tracks(hitID: [Int32], number: [Int64]) -> [(number: Int64, hits: [SIMD3<Double>])] {
    var members: [Int64: [Int]] = [:]
    for (hit, number) in zip(hitID, number) where number >= 0 {
      if let row = rowOfHit[hit] { members[number, default: []].append(row) }
    }
    return members.sorted { $0.key < $1.key }.map { number, rows in
      let outwards = rows.sorted { a, b in
        let (first, second) = ((places[a] * places[a]).sum(), (places[b] * places[b]).sum())
        return (first, a) < (second, b)
      }
      return (number, outwards.map { places[$0] })
    }
  }
}
