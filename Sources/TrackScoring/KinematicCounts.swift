/// The same things counted in bins of four quantities: pT, pseudorapidity, hits and production radius.
///
/// Particles are binned by their own truth. Tracks are binned by that of their majority particle, which
/// a fake has as well (the particle with most hits on it), and by the number of their own hits; those
/// whose hits are mostly noise have no particle and are in the bins of hits alone.
public struct KinematicCounts: Sendable, Equatable {
  /// What is counted.
  public enum Subject: Sendable { case particles, tracks }

  /// Transverse momentum at production.
  public private(set) var pT: BinnedCounts
  /// Pseudorapidity at production.
  public private(set) var eta: BinnedCounts
  /// Hits of the particle in the truth table, or hits on the track.
  public private(set) var hits: BinnedCounts
  /// Distance of the place of birth from the beam line; particles that no table names have none.
  public private(set) var radius: BinnedCounts

  public init(of subject: Subject) {
    let whose = subject == .tracks ? " of the majority particle" : ""
    pT = BinnedCounts(
      quantity: "pT\(whose) (GeV)", edges: [0, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10])
    eta = BinnedCounts(quantity: "eta\(whose)", edges: (-8...8).map { Double($0) / 2 })
    // Whole numbers stand in the middle of their bins.
    hits = BinnedCounts(
      quantity: subject == .tracks ? "hits on the track" : "hits of the particle",
      edges: (0...20).map { Double($0) + 0.5 })
    radius = BinnedCounts(
      quantity: "production radius\(whose) (mm)",
      edges: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])
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
