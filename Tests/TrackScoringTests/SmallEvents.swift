import EventData

extension TruthTable {
  /// Hits 1, 2, 3, … of the given particles, of equal weights that sum to 1 unless given.
  init(_ particleID: [Int64], weight: [Double]? = nil, hitID: [Int32]? = nil) {
    self.init()
    let zero = [Double](repeating: 0, count: particleID.count)
    self.hitID = hitID ?? particleID.indices.map { Int32($0) + 1 }
    self.particleID = particleID
    tx = zero
    ty = zero
    tz = zero
    tpx = zero
    tpy = zero
    tpz = zero
    self.weight = weight ?? particleID.map { _ in 1 / Double(particleID.count) }
  }
}

extension SubmissionTable {
  /// The track of hits 1, 2, 3, …; nil leaves the hit out.
  init(_ tracks: [Int64?], event: Int32 = 7) {
    self.init()
    for (place, track) in tracks.enumerated() {
      guard let track else { continue }
      append(hit: Int32(place) + 1, track: track, event: event)
    }
  }

  mutating func append(hit: Int32, track: Int64, event: Int32 = 7) {
    eventID.append(event)
    hitID.append(hit)
    trackID.append(track)
  }
}

/// True where two numbers agree to one part in 10^12.
func agree(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) <= 1e-12 * abs(b) } ?? false }
