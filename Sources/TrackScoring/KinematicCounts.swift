/// The same things counted in bins of four quantities: pT, pseudorapidity, hits and radius.
///
/// Particles are binned by their truth. Tracks are binned by what their own hits tell (`TrackShape`), since
/// a fake is of no particle, and often of noise alone.
public struct KinematicCounts: Sendable, Equatable {
  /// What is counted.
  public enum Subject: Sendable { case particles, tracks }

  /// Transverse momentum: at production, or of the circle through three of the track's hits.
  public private(set) var pT: BinnedCounts
  /// Pseudorapidity: at production, or of the way from the track's first hit to its last.
  public private(set) var eta: BinnedCounts
  /// Hits of the particle in the truth table, or on the track.
  public private(set) var hits: BinnedCounts
  /// Distance from the beam line of the particle's place of birth, or of the track's first hit.
  ///
  /// Particles that no table names have none.
  public private(set) var radius: BinnedCounts

  public init(of subject: Subject) {
    let isOfTracks = subject == .tracks
    pT = BinnedCounts(
      quantity: isOfTracks ? "pT of the track (GeV)" : "pT (GeV)",
      edges: [0, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10])
    eta = BinnedCounts(
      quantity: isOfTracks ? "eta of the track" : "eta", edges: (-8...8).map { Double($0) / 2 })
    // Whole numbers stand in the middle of their bins.
    hits = BinnedCounts(
      quantity: isOfTracks ? "hits on the track" : "hits of the particle",
      edges: (0...20).map { Double($0) + 0.5 })
    radius = BinnedCounts(
      quantity: isOfTracks ? "radius of the first hit (mm)" : "production radius (mm)",
      edges: isOfTracks
        ? [0, 50, 100, 150, 200, 300, 400, 600, 800, 1000]
        : [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])
  }

  mutating func add(_ track: TrackShape, found isFound: Bool) {
    add(pT: track.pT, eta: track.eta, hits: track.hits, radius: track.radius, found: isFound)
  }

  /// Counts one more; nil where a quantity is not known.
  mutating func add(pT: Double?, eta: Double?, hits: Int, radius: Double?, found isFound: Bool) {
    self.pT.add(pT, found: isFound)
    self.eta.add(eta, found: isFound)
    self.hits.add(Double(hits), found: isFound)
    self.radius.add(radius, found: isFound)
  }

  /// Adds the counts of another event.
  public mutating func add(_ other: KinematicCounts) {
    pT.add(other.pT)
    eta.add(other.eta)
    hits.add(other.hits)
    radius.add(other.radius)
  }
}
