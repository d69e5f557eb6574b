import EventData

/// A part of the detector that tracks are scored in.
///
/// Cutting the truth table to a region inflates the score: a particle with one hit there is found
/// by a track of one hit. So only particles with several hits in the region are scored; hits of
/// the others, like noise, weigh nothing but still count against a track that has them.
public struct ScoreRegion: Sendable, Equatable {
  /// The hits that lie in the region.
  public var selection: HitSelection
  /// Particles with fewer hits in the region weigh nothing; 1 is the plain, inflating, cut.
  public var minimumHits: Int

  public init(selection: HitSelection, minimumHits: Int = 4) {
    self.selection = selection
    self.minimumHits = minimumHits
  }

  /// The region in words, as a score of it is named.
  public var words: String {
    var words = "all volumes"
    if !selection.volumes.isEmpty {
      words = selection.volumes.count == 1 ? "volume " : "volumes "
      words += selection.volumes.map(String.init).joined(separator: ", ")
    }
    if let z = selection.zRange {
      words += " with \(Self.figure(z.lower)) < z < \(Self.figure(z.upper)) mm"
    }
    words +=
      minimumHits <= 1
      ? ", all particles (a particle with one hit there is found by a one-hit track)"
      : ", particles with at least \(minimumHits) hits there"
    return words
  }

  /// A number without the ".0" of whole ones.
  private static func figure(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// The truth table of the region: its hits, of which those of sparse particles weigh nothing.
  ///
  /// - Throws: `TrackScoringError` where no hit of the truth is left, or one is named twice.
  public func truth(
    from truth: TruthTable, hits: HitTable
  ) throws(TrackScoringError) -> TruthTable {
    let table = try HitRows(truth: truth)
    var rows: [Int] = []
    for hit in selection.rows(in: hits) {
      if let row = table.row(of: hits.hitID[hit]) { rows.append(row) }
    }
    guard !rows.isEmpty else { throw .emptyRegion(words) }
    var cut = TruthTable()
    cut.hitID = rows.map { truth.hitID[$0] }
    cut.particleID = rows.map { truth.particleID[$0] }
    cut.tx = rows.map { truth.tx[$0] }
    cut.ty = rows.map { truth.ty[$0] }
    cut.tz = rows.map { truth.tz[$0] }
    cut.tpx = rows.map { truth.tpx[$0] }
    cut.tpy = rows.map { truth.tpy[$0] }
    cut.tpz = rows.map { truth.tpz[$0] }
    var particles = NumberIndex(capacity: rows.count / 4)
    var hitCount: [Int] = []
    for particle in cut.particleID {
      let place = particles.place(of: particle)
      if place == hitCount.count { hitCount.append(0) }
      hitCount[place] += 1
    }
    cut.weight = rows.map { row in
      let place = particles.place(of: truth.particleID[row])
      return hitCount[place] >= minimumHits ? truth.weight[row] : 0
    }
    return cut
  }
}

extension TrackMatching {
  /// Matches tracks within a region; their hits outside it are left out of the submission.
  ///
  /// - Throws: `TrackScoringError` as for a whole event, and where the region is empty.
  public init(
    truth: TruthTable, hits: HitTable, submission: SubmissionTable, region: ScoreRegion
  ) throws(TrackScoringError) {
    let cut = try region.truth(from: truth, hits: hits)
    let whole = try HitRows(truth: truth)
    let inside = try HitRows(truth: cut)
    var kept = SubmissionTable()
    for entry in submission.hitID.indices {
      let hit = submission.hitID[entry]
      guard whole.row(of: hit) != nil else {
        throw .hitNotInTruth(hitID: hit, truthHits: truth.count)
      }
      guard inside.row(of: hit) != nil else { continue }
      if !submission.eventID.isEmpty { kept.eventID.append(submission.eventID[entry]) }
      kept.hitID.append(hit)
      kept.trackID.append(submission.trackID[entry])
    }
    try self.init(truth: cut, submission: kept)
  }
}

extension TrackMLScore {
  /// Scores the part of a submission that lies in a region.
  ///
  /// - Throws: `TrackScoringError` as for a whole event, and where the region is empty.
  public init(
    truth: TruthTable, hits: HitTable, submission: SubmissionTable, region: ScoreRegion
  ) throws(TrackScoringError) {
    let matching = try TrackMatching(
      truth: truth, hits: hits, submission: submission, region: region)
    self.init(matching: matching, scoreOf: region.words)
  }
}
